import fc from 'fast-check';
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

test('whatever two edits make of a word, it is near', () => {
  const letter = fc.constantFrom(...'abcxyz_01ä');
  const word = fc.array(letter, { minLength: 5, maxLength: 12 }).map((letters) => letters.join(''));
  const edit = fc.record({ at: fc.nat(11), removed: fc.nat(1), added: fc.option(letter, { nil: '' }) });
  fc.assert(
    fc.property(word, fc.array(edit, { minLength: 1, maxLength: 2 }), (meant, edits) => {
      const written = edits.reduce(
        (text, { at, removed, added }) => text.slice(0, at) + added + text.slice(at + removed),
        meant,
      );
      expect(nearest(written, ['q', meant])).toBe(meant);
    }),
  );
});
