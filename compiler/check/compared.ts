import { nearest } from '../../grammar/nearest.ts';
import type { Span } from '../../grammar/source.ts';
import type { Argument, Block, Identifier, Tuple } from '../../grammar/syntax.ts';
import type { ComparedArm, Experiment } from '../experiment.ts';
import { suggestion } from './blame.ts';
import type { Context, FileContext } from './context.ts';
import { describe, textOf } from './describe.ts';
import { findCondition, handlesOf, holds } from './except.ts';
import type { SweepFactor } from './factors.ts';
import { messages } from './messages.ts';
import type { Scope, Written } from './scope.ts';
import { referredBlock } from './settings.ts';
import type { Arm, ReadSweep } from './sweep.ts';

/** What a comparison is made of. */
export interface Compared {
  readonly factors: readonly string[];
  readonly arms: readonly MemberArm[];
  /** Factors by what they may be called. */
  readonly handles: ReadonlyMap<string, string>;
}

/** An arm, and what it may be called by. */
export interface MemberArm extends ComparedArm {
  /** The reference after `of`, and the experiment where its sweep has several. */
  readonly names: readonly string[];
  /** Of a sweep: what the arm was made of. */
  readonly made?: { readonly arm: Arm; readonly factors: readonly SweepFactor[] };
}

/** Reads sweeps, each once. */
export type SweepReader = (block: Block, scope: Scope) => ReadSweep | undefined;

/** The factor that tells experiments apart, as in a sweep of several. */
export const experimentFactor = 'experiment';

interface Member {
  readonly text: string;
  readonly experiment?: Experiment;
  readonly read?: ReadSweep;
}

/** The experiments and sweeps after `of`, with all their arms; `undefined` once reported. */
export function readCompared(
  { bases, name }: Block,
  scope: Scope,
  readSweep: SweepReader,
  context: FileContext,
): Compared | undefined {
  const members = bases.map((reference): Member | undefined => {
    const found = referredBlock(reference, ['experiment', 'sweep'], scope, context);
    if (!found) return undefined;
    const text = textOf(reference.span);
    if (found.block.keyword.text === 'sweep') {
      const read = readSweep(found.block, found.scope);
      return read && { text, read };
    }
    const experiment = context.experiment(found.block, found.scope);
    return experiment && { text, experiment };
  });
  const again = bases.filter(({ span }, i) =>
    bases.slice(0, i).some((other) => textOf(other.span) === textOf(span)),
  );
  for (const { span } of again) context.report(messages.at(span, 'DML1370', { name: textOf(span) }));
  const known = members.filter((member) => member !== undefined);
  if (known.length < members.length || known.length === 0 || again.length > 0) return undefined;
  const compared = comparedOf(known);
  if (compared.arms.length === 1)
    context.report(messages.at(name.span, 'DML1371', { name: name.text, arm: known[0]!.text }));
  return compared;
}

function comparedOf(members: readonly Member[]): Compared {
  const all = members.flatMap(({ read }) => read?.factors ?? []);
  const varied = [...new Set(all.map(({ name }) => name))].filter((name) => name !== experimentFactor);
  const tellsApart = members.length > 1 || all.some(({ name }) => name === experimentFactor);
  const factors = [...(tellsApart ? [experimentFactor] : []), ...varied];
  return {
    factors,
    arms: members.flatMap((member) => armsOf(member, factors)),
    handles: handlesIn(all, factors),
  };
}

function armsOf({ text, experiment, read }: Member, factors: readonly string[]): readonly MemberArm[] {
  if (experiment)
    return [
      {
        experiment,
        names: [text],
        values: factors.map((factor) => (factor === experimentFactor ? text : undefined)),
      },
    ];
  const { sweep, arms, factors: varied } = read!;
  return sweep.arms.map(({ number, values, experiment: one }, i) => {
    const own = (factor: string) => values[sweep.factors.indexOf(factor)];
    const base = own(experimentFactor);
    return {
      experiment: one,
      arm: { number, values },
      names: [text, ...(base === undefined ? [] : [base])],
      values: factors.map((factor) => own(factor) ?? (factor === experimentFactor ? text : undefined)),
      made: { arm: arms[i]!, factors: varied },
    };
  });
}

/** Full paths before last words, which may be those of several. */
function handlesIn(all: readonly SweepFactor[], factors: readonly string[]): ReadonlyMap<string, string> {
  const handles = new Map<string, string>(factors.map((factor) => [factor, factor]));
  for (const place of [0, -1])
    for (const factor of all)
      for (const { names } of handlesOf(factor)) {
        const handle = names.at(place)!;
        if (!handles.has(handle)) handles.set(handle, factor.name);
      }
  return handles;
}

/** Some arms, and the factors by which they were named. */
export interface Chosen {
  readonly arms: readonly number[];
  readonly by: readonly string[];
}

/** The arms that are called by a name; none is reported. */
export function armsByName(
  path: readonly Identifier[],
  span: Span,
  { arms }: Compared,
  context: Context,
): Chosen | undefined {
  const name = path.map(({ text }) => text).join('.');
  const found = arms.flatMap(({ names }, i) => (names.includes(name) ? [i] : []));
  if (found.length > 0) return { arms: found, by: [experimentFactor] };
  const known = [...new Set(arms.flatMap(({ names }) => names))];
  const extra = suggestion(span, nearest(name, known), known);
  context.report(messages.at(span, 'DML1203', { family: 'arm of this comparison', name }, extra));
  return undefined;
}

/** The arms that a record such as `(labels: voted)` matches, by meaning; none is reported. */
export function armsByRecord(
  { expression, scope }: Written<Tuple>,
  compared: Compared,
  context: Context,
): Chosen | undefined {
  const by = expression.items.map((item) => factorOf(item, compared, scope, context));
  if (!by.every((factor) => factor !== undefined)) return undefined;
  let isWrong = false;
  const watched: Context = {
    ...context,
    report(diagnostic) {
      isWrong = true;
      context.report(diagnostic);
    },
  };
  const isMet = (arm: MemberArm) =>
    expression.items.every((item, i) => hasValue(arm, item, by[i]!, { compared, scope }, watched));
  const arms = compared.arms.flatMap((arm, i) => (isMet(arm) ? [i] : []));
  if (arms.length > 0) return { arms, by };
  if (!isWrong) reportNone(expression, by, compared, context);
  return undefined;
}

/** The factor that an item of a record names. */
function factorOf(
  { name, value, span }: Argument,
  { handles }: Compared,
  scope: Scope,
  { report }: Context,
): string | undefined {
  const found = name && handles.get(name.text);
  if (found) return found;
  const place = name?.span ?? span;
  const known = [...handles.keys()];
  const extra = suggestion(place, name && nearest(name.text, known), known);
  const written = name?.text ?? describe({ expression: value, scope });
  report(messages.at(place, 'DML1372', { name: written }, extra));
  return undefined;
}

function hasValue(
  { made, values }: MemberArm,
  item: Argument,
  factor: string,
  { compared, scope }: { readonly compared: Compared; readonly scope: Scope },
  context: Context,
): boolean {
  if (factor === experimentFactor)
    return values[compared.factors.indexOf(factor)] === textOf(item.value.span);
  const condition = made && findCondition(item, made.factors, scope);
  return condition !== undefined && holds(made!.arm, condition, context);
}

/** What the factors of a record have instead. */
function reportNone(
  { span }: Tuple,
  by: readonly string[],
  { arms, factors }: Compared,
  { report }: Context,
): void {
  const values = by.map((factor) => {
    const own = arms.flatMap((arm) => arm.values[factors.indexOf(factor)] ?? []);
    return `\`${factor}\`: ${[...new Set(own)].map((value) => `\`${value}\``).join(', ')}`;
  });
  const help = `There are ${values.join('; ')}.`;
  report(messages.at(span, 'DML1375', { record: textOf(span) }, { help }));
}
