import { expect, test } from 'vitest';
import { nearest } from '../../grammar/nearest.ts';

const losses = ['ce', 'dml1', 'dml2', 'sdl', 'kl'];

test.for([
  ['dlm1', 'dml1'],
  ['DML2', 'dml2'],
  ['sld', 'sdl'],
  ['dml', 'dml1'],
])('%s was probably meant to be %s', ([name, meant]) => {
  expect(nearest(name!, losses)).toBe(meant);
});

test('an exchange of two neighbours is one edit', () => {
  expect(nearest('dcie', ['dcxx', 'dice'])).toBe('dice');
});

test('of equally near names it is one as long, then one that begins alike', () => {
  expect(nearest('bice', ['bdice', 'dice'])).toBe('dice');
  expect(nearest('ede', ['ade', 'ece'])).toBe('ece');
});

test('a long name may be wrong in three places, a short one in two', () => {
  expect(nearest('tempratr', ['temperature'])).toBe('temperature');
  expect(nearest('evalut', ['evaluated'])).toBeUndefined();
});

test('a name with nothing in common with any other has no neighbour', () => {
  expect(nearest('ab', losses)).toBeUndefined();
  expect(nearest('', losses)).toBeUndefined();
  expect(nearest('dice', [])).toBeUndefined();
});
