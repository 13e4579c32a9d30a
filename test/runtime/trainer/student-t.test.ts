import { expect, test } from 'vitest';
import { studentQuantile } from '../../../runtime/trainer/student-t.ts';

test.each([
  [0.95, 1, 12.7062047362],
  [0.95, 2, 4.3026527297],
  [0.95, 3, 3.1824463053],
  [0.95, 4, 2.7764451052],
  [0.95, 9, 2.2621571629],
  [0.95, 14, 2.144786688],
  [0.95, 30, 2.0422724563],
  [0.95, 100, 1.9839715185],
  [0.5, 1, 1],
  [0.99, 5, 4.0321429836],
])('Student’s t that has %d inside, with %d degrees of freedom, is as in tables', (inside, freedom, t) => {
  expect(studentQuantile(inside, freedom)).toBeCloseTo(t, 7);
});

test('with many degrees of freedom it is that of the normal distribution', () => {
  expect(studentQuantile(0.95, 100_000)).toBeCloseTo(1.959964, 4);
});
