import { expect, test } from 'vitest';
import { bytes, duration, flops, integer, loss, percent, score, scoreUnit } from '../../cli/units.ts';

test('durations', () => {
  expect([0.4, 59.4, 60, 187, 3729].map(duration)).toEqual(['0 s', '59 s', '1:00', '3:07', '1:02:09']);
});

test('bytes, operations and counts', () => {
  expect([0, 1023, 1536, 200 * 1024 ** 2].map(bytes)).toEqual(['0 B', '1023 B', '1.5 KiB', '200 MiB']);
  expect([999, 3.21e9].map(flops)).toEqual(['999 FLOP', '3.2 GFLOP']);
  expect(integer(28434)).toBe('28,434');
});

test('losses keep digits that can be followed', () => {
  expect([0, 0.231, 12.844, 3.14e-7, 1e6].map(loss)).toEqual([
    '0.0000',
    '0.2310',
    '12.84',
    '3.1e-7',
    '1.0e+6',
  ]);
  expect(percent(0.9241)).toBe('92.4');
});

test('scores are in percent if they are fractions, and in their own unit if not', () => {
  const text = (unit: string | undefined) => score(0.35124, unit) + scoreUnit(unit);
  expect([undefined, 'nats', 'number'].map(text)).toEqual(['35.1 %', '0.3512 nats', '0.3512']);
});
