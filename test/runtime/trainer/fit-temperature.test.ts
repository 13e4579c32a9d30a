import { expect, test } from 'vitest';
import { random } from '../../../runtime/random.ts';
import { softmax } from '../../../runtime/softmax.ts';
import { fitTemperature, type Judged, temperatureBounds } from '../../../runtime/trainer/fit-temperature.ts';

const pixels = 20_000;

/** Labels drawn from softmax(z), and what a network says that is `certainty` times as sure. */
function judged(id: string, certainty: number, classes = 3): Judged {
  const stream = random('temperature', id);
  const logits = Float64Array.from({ length: classes * pixels }, () => 2 * stream.normal());
  const honest = softmax(logits, classes, 1);
  const hard = new Float64Array(classes * pixels);
  for (let i = 0; i < pixels; i++) {
    let left = stream.uniform();
    let c = 0;
    while (c < classes - 1 && left > honest[c * pixels + i]!) left -= honest[c++ * pixels + i]!;
    hard[c * pixels + i] = 1;
  }
  return {
    probabilities: softmax(logits, classes, 1 / certainty),
    hard,
    keep: new Uint8Array(pixels).fill(1),
  };
}

test.each([0.5, 1, 3])(
  'a network that is %f times as sure as it may be gets this temperature',
  async (certainty) => {
    const cases = new Map(['a', 'b'].map((id) => [id, judged(id, certainty)]));
    const temperature = await fitTemperature([...cases.keys()], async (id) => cases.get(id)!);
    expect(temperature / certainty).toBeGreaterThan(0.97);
    expect(temperature / certainty).toBeLessThan(1.03);
  },
);

test('it has the least negative log-likelihood of all', async () => {
  const one = judged('a', 2);
  const likelihood = (temperature: number) => {
    let sum = 0;
    const logits = one.probabilities.map(Math.log);
    for (const [i, q] of softmax(logits, 3, temperature).entries()) sum -= one.hard[i]! * Math.log(q);
    return sum;
  };
  const best = await fitTemperature(['a'], async () => one);
  for (const other of [0.9, 0.999, 1.001, 1.1])
    expect(likelihood(best)).toBeLessThan(likelihood(best * other));
});

test('ignored pixels have no say', async () => {
  const one = judged('a', 2);
  const wrong = one.hard
    .slice()
    .fill(1, 0, 1000)
    .fill(0, pixels, pixels + 1000);
  const keep = one.keep.slice().fill(0, 0, 1000);
  const clean = await fitTemperature(['a'], async () => ({ ...one, keep }));
  expect(await fitTemperature(['a'], async () => ({ ...one, hard: wrong, keep }))).toBe(clean);
});

test('a network that is right everywhere ends at the sharper bound, and zeros are no obstacle', async () => {
  const probabilities = Float64Array.of(1, 0, 0, 1);
  const sure: Judged = { probabilities, hard: probabilities, keep: Uint8Array.of(1, 1) };
  const wrong: Judged = { ...sure, hard: Float64Array.of(0, 1, 1, 0) };
  expect(await fitTemperature(['a'], async () => sure)).toBeCloseTo(temperatureBounds.low, 9);
  expect(await fitTemperature(['a'], async () => wrong)).toBeCloseTo(temperatureBounds.high, 9);
});
