import { meaningOf } from '../check/meaning.ts';
import type { Distilled, Experiment, LabelRoot, LabelSource, Trained } from '../experiment.ts';
import { type Plain, type PlainRecord, useForm } from './value-form.ts';

/** Networks of another experiment. */
export type Networks = Pick<Distilled, 'experiment' | 'pick'> &
  Partial<Pick<Distilled, 'predict'> & Pick<Trained, 'fold'>>;

/** What stands for another experiment where it is named: all of it, or a hash. */
export type Embed = (networks: Networks) => PlainRecord;

/** `[raters, average]`, with all that a teacher is asked for. */
export const sourceForm = (source: LabelSource, embed: Embed): readonly Plain[] =>
  formWith(source, (distilled) => {
    const { temperature, head } = distilled;
    return { ...embed(distilled), temperature, head };
  });

/** A source as a field holds it. Where no head is named, a term takes its own: so `main` is left out. */
export const fieldForm = (source: LabelSource, embed: Embed): readonly Plain[] =>
  formWith(source, (distilled) => {
    const { temperature, head } = distilled;
    return { ...embed(distilled), temperature, ...(head === 'main' ? {} : { head }) };
  });

/**
 * What a term or a metric at some head is measured against: the name of the field that it is, else all of it. What
 * steps make of a teacher begins with its name, because the whole of it is long.
 */
export function targetForm(on: LabelSource, head: string, fields: SourceFields, embed: Embed): Plain {
  const field = fieldOf(on, head, fields);
  if (!field) return sourceForm(on, embed);
  const rest = on.steps.slice(field.steps);
  return rest.length === 0 ? field.name : [field.name, ...rest.map(useForm)];
}

export type SourceFields = Pick<Experiment, 'labels' | 'teacher'>;

/**
 * The field of the experiment that a target at some head is, and how many of its steps are those of the field; what
 * steps make of a field counts only where the field learns from another experiment.
 */
export function fieldOf(
  on: LabelSource,
  head: string,
  { labels, teacher }: SourceFields,
): { readonly name: 'labels' | 'teacher'; readonly steps: number } | undefined {
  const all = [
    { name: 'labels' as const, field: labels },
    ...(teacher ? [{ name: 'teacher' as const, field: teacher }] : []),
  ];
  const found = all.find(({ field }) => {
    const { root, steps } = atHead(field, head);
    const shared = meaningOf({ root: on.root, steps: on.steps.slice(0, steps.length) });
    const isWhole = on.steps.length === steps.length || isTaught(field);
    return isWhole && shared === meaningOf({ root, steps });
  });
  return found && { name: found.name, steps: found.field.steps.length };
}

/** A source as a term at this head takes it: of teachers the same head, unless another one is named. */
const atHead = (source: LabelSource, head: string): LabelSource => ({
  ...source,
  root: mapDistilled(source.root, (distilled) =>
    distilled.head === 'main' ? { ...distilled, head } : distilled,
  ),
});

function mapDistilled(root: LabelRoot, change: (distilled: Distilled) => Distilled): LabelRoot {
  if (typeof root === 'string') return root;
  if (root.kind === 'distill') return change(root);
  const terms = root.terms.map(({ weight, source }) => ({
    weight,
    source: { ...source, root: mapDistilled(source.root, change) },
  }));
  return { ...root, terms };
}

/** Whether a source learns from another experiment. */
export const isTaught = ({ root }: LabelSource): boolean =>
  typeof root === 'object' && (root.kind === 'distill' || root.terms.some(({ source }) => isTaught(source)));

const formWith = (
  { root, steps }: LabelSource,
  distill: (distilled: Distilled) => PlainRecord,
): readonly Plain[] => [rootForm(root, distill), ...steps.map(useForm)];

function rootForm(root: LabelRoot, distill: (distilled: Distilled) => PlainRecord): Plain {
  if (typeof root === 'string') return root;
  if (root.kind === 'distill') return { distill: distill(root) };
  return { sum: root.terms.map(({ weight, source }) => ({ weight, labels: formWith(source, distill) })) };
}
