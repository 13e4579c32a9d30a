/** Takes the inputs of a seed from one number to another; tells its parent how far it is, and what failed. */
import { examine, examineLint } from './examine.ts';
import { inputsOf } from './inputs.ts';
import { shrunk } from './shrink.ts';

export interface Task {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** Tells of each input before it begins, so that the one is known that never ends. */
  readonly each: boolean;
}

export type Told =
  | { readonly kind: 'at' | 'done'; readonly number: number }
  | { readonly kind: 'failed'; readonly number: number; readonly why: string; readonly text: string };

/** The linter takes one in so many. */
const perLint = 50;

const { seed, from, to, each } = JSON.parse(process.argv[2]!) as Task;
const inputOf = inputsOf(seed);
for (let number = from; number < to; number += 1) {
  if (each) tell({ kind: 'at', number });
  const text = inputOf(number);
  const why = failure(text);
  if (why !== undefined)
    tell({ kind: 'failed', number, why, text: shrunk(text, (each) => failure(each) === why) });
  else if (number % perLint === 0)
    await examineLint(text).catch((error: Error) =>
      tell({ kind: 'failed', number, why: first(error), text }),
    );
  if ((number + 1) % 100 === 0 || number + 1 === to) tell({ kind: 'done', number: number + 1 });
}

function failure(text: string): string | undefined {
  try {
    examine(text);
    return undefined;
  } catch (error) {
    return first(error as Error);
  }
}

/** What is thrown, and where: equal for the same fault, whatever the text. Times are all alike. */
function first({ message, stack }: Error): string {
  const place = stack?.split('\n').find((line) => /^\s+at .*(grammar|compiler|runtime)\//.test(line));
  return `${message.replace(/^\d+ ms$/, 'it takes too long')} ${place?.trim() ?? ''}`.trim();
}

function tell(told: Told): void {
  process.send!(told);
}
