import { type LossLaws, lawsOf } from '../compiler/laws/laws.ts';
import { lawTitles, type Verdicts } from '../compiler/laws/verdict.ts';
import type { Context } from './command.ts';
import { keptVerdicts } from './kept-verdicts.ts';
import type { Opened } from './program.ts';

/** The laws of the losses of one file. */
export interface FileLaws extends Omit<LossLaws, 'verdicts'> {
  readonly file: string;
  readonly verdicts: readonly Verdicts[keyof Verdicts][];
}

/** The laws of every experiment that a file declares; a loss that several have, in whatever file, is decided once. */
export function openLaws({ env }: Pick<Context, 'env'>): (opened: Opened) => Promise<readonly FileLaws[]> {
  const kept = keptVerdicts(env);
  const decided = new Map<string, Promise<Verdicts>>();
  return async ({ source, program }) => {
    const laws = program ? await lawsOf(program, { registry: program.components, kept, decided }) : [];
    return laws.map(({ verdicts, ...loss }) => ({
      file: source.path,
      ...loss,
      verdicts: Object.values(verdicts),
    }));
  };
}

/** A few lines a loss: what it is, and a line for each law. */
export function printLaws(laws: readonly FileLaws[]): string {
  return laws
    .map(({ experiments, loss, labels, verdicts }) => {
      const lines = verdicts.map(({ law, verdict, alone, because }) => {
        const shown = law === 'minimum' && verdict === 'proved' && alone === false ? 'not alone' : verdict;
        return `  ${lawTitles[law].padEnd(width)}  ${shown.padEnd('not decided'.length)}  ${because}\n`;
      });
      return `${names(experiments)}: ${loss}, ${labels} labels\n${lines.join('')}`;
    })
    .join('\n');
}

const width = Math.max(...Object.values(lawTitles).map(({ length }) => length));

/** Many arms of a sweep are counted. */
const names = (experiments: readonly string[]): string =>
  experiments.length <= 4
    ? experiments.join(', ')
    : `${experiments.slice(0, 3).join(', ')} and ${experiments.length - 3} more`;
