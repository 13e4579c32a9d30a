import { UsageError } from '../errors.ts';

/** `2`, `0,2` or `0..4`, as `--fold` and `--seed` take them; `undefined` for all. */
export function parseNumbers(flag: string, text: string | undefined): readonly number[] | undefined {
  if (text === undefined || text === 'all') return undefined;
  const numbers = text.split(',').flatMap((part) => {
    const range = /^\s*(\d+)\s*(?:\.\.\s*(\d+)\s*)?$/.exec(part);
    if (!range)
      throw new UsageError(
        `--${flag} does not take ${text}.`,
        `Write --${flag} 0, --${flag} 0,2 or --${flag} 0..4`,
      );
    const [low, high] = [Number(range[1]), Number(range[2] ?? range[1])];
    return Array.from({ length: Math.max(0, high - low + 1) }, (_, i) => low + i);
  });
  if (numbers.length > 0) return numbers;
  throw new UsageError(`--${flag} ${text} holds no number.`, `Write the lower end first: --${flag} 0..4`);
}
