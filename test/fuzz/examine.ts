import { check } from '../../compiler/check/check.ts';
import { diffCompares } from '../../compiler/diff/compares.ts';
import { diff, retrains } from '../../compiler/diff/diff.ts';
import type { Experiment, Program } from '../../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../../compiler/identity.ts';
import { lint } from '../../compiler/lint/lint.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import { render } from '../../grammar/render.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { witnessOf } from '../../runtime/witness.ts';
import { commentTexts } from '../grammar/corpus.ts';

/** What a text may use; the file itself among them, so that circles are found. */
const shared = 'dml 1\nlet stored = mask\n';

/** Processor time for a text, in milliseconds: it grows with its size, by a generous factor. */
const limit = (text: string): number => 3000 + text.length / 2;

/**
 * Reads, checks, formats and compares a text as the commands do, and throws if what must hold does not: nothing crashes;
 * places are in the text; what is no program has an error; the layout of a right text is stable and keeps meaning and
 * comments; nothing differs from itself; and none of it takes long.
 */
export function examine(text: string): void {
  const start = process.cpuUsage();
  const source = { path: 'main.dml', text };
  const { value, diagnostics } = checked(text);
  demand(diagnostics.every(isInside), 'a finding lies outside of the text');
  demand(
    (value === undefined) === diagnostics.some(isError),
    'a program has an error, or none has no program',
  );
  render(diagnostics.slice(0, 5), { colour: false });
  const { value: tree, diagnostics: faults } = parse(source);
  if (tree && !faults.some(isError)) {
    const layout = format(tree);
    const again = parse({ path: 'main.dml', text: layout });
    demand(again.value !== undefined && !again.diagnostics.some(isError), 'the layout cannot be read');
    demand(format(again.value!) === layout, 'the layout is not stable');
    demand(
      commentTexts(again.value!).join('\n') === commentTexts(tree).join('\n'),
      'the layout loses a comment',
    );
    if (value) demandSame(value, checked(layout).value);
  }
  const { user, system } = process.cpuUsage(start);
  demand((user + system) / 1000 < limit(text), `${Math.round((user + system) / 1000)} ms`);
}

/** The same for the linter, which takes longer. */
export async function examineLint(text: string): Promise<void> {
  const { diagnostics } = await lint({ path: 'main.dml', text }, { registry, read: readShared, witness });
  demand(diagnostics.every(isInside), 'a finding of the linter lies outside of the text');
}

const witness = witnessOf(registry);

const readShared = (path: string) =>
  path === 'shared.dml' || path === 'main.dml' ? { path, text: shared } : undefined;

const checked = (text: string) => check({ path: 'main.dml', text }, { registry, read: readShared });

const isError = ({ severity }: Diagnostic): boolean => severity === 'error';

const isInside = ({ span: { source, start, end } }: Diagnostic): boolean =>
  0 <= start && start <= end && end <= source.text.length;

/** Everything that a program declares has the same hashes in both, and no difference. */
function demandSame(program: Program, other: Program | undefined): void {
  demand(other !== undefined, 'the layout is no program');
  const tables = other!.compares;
  demand(program.compares.length === tables.length, 'the layout compares something else');
  for (const [i, table] of program.compares.entries())
    demand(
      diffCompares(table, tables[i]!, registry).length === 0,
      'the layout of a comparison is a difference',
    );
  const [before, after] = [allOf(program), allOf(other!)];
  demand(before.length === after.length, 'the layout declares something else');
  for (const [i, experiment] of before.entries()) {
    const same = after[i]!;
    demand(trainingHash(experiment) === trainingHash(same), 'the layout trains something else');
    demand(evaluationHash(experiment) === evaluationHash(same), 'the layout is scored otherwise');
    demand(diff(experiment, same, registry).length === 0, 'the layout is a difference');
    const next = before[i + 1];
    const isSame = next && trainingHash(next) === trainingHash(experiment);
    if (next)
      demand(
        isSame === !diff(experiment, next, registry).some(({ effect }) => retrains(effect)),
        'hash and difference disagree',
      );
  }
}

/** Enough of many arms. */
const allOf = ({ experiments, sweeps }: Program): readonly Experiment[] => [
  ...experiments,
  ...sweeps.flatMap(({ arms }) => arms.slice(0, 5).map(({ experiment }) => experiment)),
];

function demand(holds: boolean, broken: string): asserts holds {
  if (!holds) throw new Error(broken);
}
