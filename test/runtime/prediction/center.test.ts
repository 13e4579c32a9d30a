import { expect, test } from 'vitest';
import { center } from '../../../runtime/prediction/center.ts';

test('one window lies in the middle of an image, or the image in the middle of it', () => {
  expect(center([9, 8], [4, 4])).toEqual({ corners: [{ top: 2, left: 2 }] });
  expect(center([4, 20], [8, 8])).toEqual({ corners: [{ top: -2, left: 6 }] });
});
