import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { constant } from '../../../runtime/schedules/constant.ts';
import { poly } from '../../../runtime/schedules/poly.ts';
import { warmup } from '../../../runtime/schedules/warmup.ts';
import { learningRate } from '../../../runtime/trainer/schedule.ts';
import { oracle } from '../../support/oracle.ts';

interface ScheduleRecord {
  readonly about: string;
  readonly base_lr: number;
  readonly start_lr: number;
  readonly power: number;
  readonly total_steps: number;
  readonly warmup_ratio: number;
  readonly lr: Readonly<Record<string, number>>;
}
const records = oracle<{ readonly schedules: readonly ScheduleRecord[] }>('optim')?.schedules;

describe.skipIf(!records)('warm-up, then poly, gives the rates of the reference', () => {
  test.each(records ?? [])('$about', (record) => {
    const phases = [
      warmup({ duration: record.warmup_ratio, from: record.start_lr }),
      poly({ power: record.power }),
    ];
    const course = { steps: record.total_steps, stepsPerEpoch: 1, rate: record.base_lr };
    const rate = learningRate(phases, course);
    const steps = Object.keys(record.lr).map(Number);
    expect(steps.length).toBeGreaterThan(5);
    for (const step of steps) expect(Math.abs(rate(step) - record.lr[step]!)).toBeLessThanOrEqual(1e-12);
  });
});

const course = { steps: 100, stepsPerEpoch: 10, rate: 0.5 };

test('A constant schedule leaves the rate of the optimizer', () => {
  const rate = learningRate([constant()], course);
  expect([0, 50, 99].map(rate)).toEqual([0.5, 0.5, 0.5]);
});

test('Durations are epochs, steps, shares, and the rest', () => {
  const phases = [
    warmup({ duration: { value: 2, unit: 'epochs' }, from: 0 }),
    constant({ duration: { value: 30, unit: 'steps' } }),
    constant({ duration: 0.1 }),
    poly({ power: 1 }),
  ];
  const rate = learningRate(phases, course);
  expect(rate(0)).toBe(0);
  expect(rate(10)).toBe(0.25);
  expect(rate(20)).toBe(0.5);
  expect(rate(59)).toBe(0.5);
  expect(rate(60)).toBe(0.5);
  expect(rate(80)).toBe(0.25);
});

test('Two phases without a duration share the rest', () => {
  const rate = learningRate([poly({ power: 1 }), poly({ power: 1 })], course);
  expect(rate(25)).toBe(0.25);
  expect(rate(50)).toBe(0.5);
  expect(rate(75)).toBe(0.25);
});

test('After the last phase its final factor stays', () => {
  const rate = learningRate([warmup({ duration: 0.1, from: 0 })], course);
  expect(rate(5)).toBe(0.25);
  expect([10, 11, 99].map(rate)).toEqual([0.5, 0.5, 0.5]);
});

test('What lasts longer than the run is cut off', () => {
  const phases = [
    constant({ duration: { value: 90, unit: 'steps' } }),
    poly({ power: 1, duration: { value: 20, unit: 'steps' } }),
  ];
  expect(learningRate(phases, course)(99)).toBe(0.5 * (1 - 9 / 20));
});

test('A floor above the first values of the ramp is a maximum, not an offset', () => {
  const rate = learningRate([warmup({ duration: 0.1, from: 0.2 }), poly()], course);
  expect([0, 4, 5].map(rate)).toEqual([0.2, 0.2, 0.25]);
});

test('Every rate of a run lies between 0 and that of the optimizer', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const power = fc.double({ min: 0, max: 4, noNaN: true });
  fc.assert(
    fc.property(share, share, power, fc.integer({ min: 1, max: 200 }), (first, second, exponent, steps) => {
      const phases = [warmup({ duration: first }), constant({ duration: second }), poly({ power: exponent })];
      const rate = learningRate(phases, { steps, stepsPerEpoch: 7, rate: 0.01 });
      for (let step = 0; step < steps; step++) {
        expect(rate(step)).toBeGreaterThanOrEqual(0);
        expect(rate(step)).toBeLessThanOrEqual(0.01);
      }
    }),
  );
});

test('A rate of 0 stays 0, whatever a warm-up starts from', () => {
  const rate = learningRate([warmup(), poly()], { ...course, rate: 0 });
  expect([0, 1, 99].map(rate)).toEqual([0, 0, 0]);
});
