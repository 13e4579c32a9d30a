import { expect, test } from 'vitest';
import { describe as describeError } from '../../cli/errors.ts';
import { wantsColor } from '../../cli/terminal.ts';

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { TERM: 'dumb' }, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
])('colour on a terminal (%s) with %j: %s', (isTerminal, env, expected) => {
  expect(wantsColor(isTerminal, env)).toBe(expected);
});

test('errors of the system are said in words, with the file', () => {
  const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC', path: '/runs/x' });
  expect(describeError(full)).toMatchObject({ message: 'The disk is full.', file: '/runs/x' });
});

test('errors that know what to do keep it; others are bugs and have a stack', () => {
  const known = Object.assign(new Error('No image.'), { help: 'Add one.', file: 'a.png' });
  expect(describeError(known)).toEqual({ message: 'No image.', help: 'Add one.', file: 'a.png' });
  expect(describeError(new TypeError('x is undefined')).stack).toContain('terminal.test.ts');
  expect(describeError('thrown text')).toMatchObject({ message: 'thrown text' });
});
