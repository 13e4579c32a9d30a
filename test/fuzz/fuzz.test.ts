import { expect, test } from 'vitest';
import { random } from '../../runtime/random.ts';
import { examine, examineLint } from './examine.ts';
import { inputsOf } from './inputs.ts';
import { mutated } from './mutations.ts';
import { shrunk } from './shrink.ts';

// Many more: npm run fuzz -- --count 1000000.
test('three hundred generated and mutated inputs: no crash, no finding outside of the text, the same after formatting', async () => {
  const inputOf = inputsOf(20260);
  for (let number = 0; number < 300; number += 1) {
    examine(inputOf(number));
    if (number % 100 === 0) await examineLint(inputOf(number));
  }
}, 60_000);

test('an input depends on its seed and number alone', () => {
  const inputOf = inputsOf(3);
  const all = [0, 1, 2, 503, 2].map(inputOf);
  expect(inputsOf(3)(503)).toBe(all[3]);
  expect(all[4]).toBe(all[2]);
  expect(inputsOf(4)(2)).not.toBe(all[2]);
});

test('mutations change nearly every text', () => {
  const texts = Array.from({ length: 200 }, (_, i) => mutated('let a = 1 # b\n', random(i)));
  expect(new Set(texts).size).toBeGreaterThan(150);
});

test('what is found is made small', () => {
  const fails = (text: string) => text.includes('a') && text.includes('zz');
  expect(shrunk(`${'xyz'.repeat(50)}a${'b\n'.repeat(70)}zz`, fails)).toBe('azz');
});
