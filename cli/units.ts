/** Numbers and paths for people. */
import path from 'node:path';

/** A path below the working directory relative to it, any other as it is. */
export function shownPath(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative.startsWith('..') ? file : relative;
}

/** `0.9241` as `92.4`. */
export const percent = (fraction: number) => (100 * fraction).toFixed(1);

/** A score: a fraction in percent, anything else as it is: `92.4` and `0.3512`. */
export const score = (value: number, unit: string | undefined) =>
  unit === undefined ? percent(value) : value.toFixed(4);

/** What stands behind a score of this unit: ` %`, ` nats`, nothing behind a plain number. */
export const scoreUnit = (unit: string | undefined) =>
  unit === undefined ? ' %' : unit === 'number' ? '' : ` ${unit}`;

/** `4 s`, `3:07`, `1:02:09`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** `28,434` */
export const integer = (n: number) => Math.round(n).toLocaleString('en-US');

/** `1.4 MiB` */
export const bytes = (n: number) => scaled(n, 1024, ['B', 'KiB', 'MiB', 'GiB', 'TiB']);

/** `3.2 GFLOP` */
export const flops = (n: number) => scaled(n, 1000, ['FLOP', 'kFLOP', 'MFLOP', 'GFLOP', 'TFLOP']);

/** Significant digits that a reader can follow: `0.2310`, `12.84`, `3.1e-7`. */
export function loss(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(1);
  return value.toFixed(size >= 10 ? 2 : 4);
}

function scaled(n: number, base: number, units: readonly string[]): string {
  const power = Math.min(units.length - 1, n < 1 ? 0 : Math.floor(Math.log(n) / Math.log(base)));
  const value = n / base ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}
