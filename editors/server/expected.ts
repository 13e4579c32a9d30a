import { possibleHeads } from '../../compiler/check/heads.ts';
import { sourceTakes, targetTakes } from '../../compiler/check/labels.ts';
import type { Takes } from '../../compiler/check/takes.ts';
import type { Family } from '../../compiler/registry.ts';
import * as token from '../../grammar/tokens.ts';
import { type Called, calledIn, type Option, ofCall, ofComponent } from './called.ts';
import { allFields, describeField } from './fields.ts';
import { fieldDoc } from './markdown.ts';
import type { Within } from './place.ts';
import { type FactorName, factorsAt, modelPartsAt, usedIn } from './used.ts';
import type { View } from './view.ts';

/** What may be written at a place of a value. */
export interface Expected {
  readonly takes: Takes;
  /** Of the option or field whose value it is. */
  readonly doc: string | undefined;
  readonly example: string | undefined;
  /** The call whose options are written there. */
  readonly called: Called | undefined;
  /** Where keys of a record are written: the factors that they may be. */
  readonly keys: readonly FactorName[] | undefined;
}

const nothing: Expected = {
  takes: {},
  doc: undefined,
  example: undefined,
  called: undefined,
  keys: undefined,
};

/** By the field, then by every bracket around the place, from outside in. */
export function expectedAt(place: Within, view: View, offset: number): Expected {
  return place.brackets.reduce<Expected>(
    (around, { callee, isList, option: name, index }) => {
      if (callee !== undefined) {
        const called = calledIn(around.takes, callee, view.registry);
        const unnamed = index === 0 ? called?.options[0] : undefined;
        const option = name === undefined ? unnamed : called?.options.find((each) => each.name === name);
        return { ...nothing, ...(option ? ofOption(option) : {}), called };
      }
      // Around a group or list what is expected is what is expected in it.
      if (isList || !around.takes.records) return around;
      const factors = factorsAt(view, offset);
      if (name === undefined) return { ...nothing, doc: around.doc, keys: factors };
      const found = factors.filter((each) => each.name === name);
      const values = found.flatMap((factor) => factor.values);
      const of =
        found[0] && found[0].path.length > 0 ? atPath('sweep', found[0].path, view, offset) : nothing;
      const words = [...new Set([...values, ...(of.takes.words ?? [])])];
      return { ...of, takes: { ...of.takes, words } };
    },
    outermost(place, view, offset),
  );
}

function outermost({ target, field, block }: Within, view: View, offset: number): Expected {
  if (target) return { ...nothing, takes: targetTakes };
  if (field.length === 0) return { ...nothing, takes: anything() };
  return atPath(block ?? '', field, view, offset);
}

/** In a `let`. */
const anything = (): Takes => ({
  ...sourceTakes,
  calls: allFields().flatMap(({ calls = [] }) => calls),
});

/** `model`, or `model.width`. */
function atPath(block: string, path: readonly string[], view: View, offset: number): Expected {
  const [name, ...rest] = path;
  const field = describeField(block, name!);
  if (!field) return nothing;
  if (rest.length === 0)
    return { ...nothing, takes: field, doc: fieldDoc(name!, field), example: field.example };
  const option = optionAt(block, path, view, offset);
  return option ? { ...nothing, ...ofOption(option) } : nothing;
}

const ofOption = ({ takes, doc, example }: Option) => ({ takes, doc, example });

/** What a path such as `loss.dml1` may go through: the components and calls of its field. */
function partsAt(block: string, [name, part]: readonly string[], { registry }: View): readonly Called[] {
  const field = name === undefined ? undefined : describeField(block, name);
  const components = field?.family ? Object.values(registry[field.family]) : [];
  const parts = [...components.map(ofComponent), ...(field?.calls ?? []).map(ofCall)];
  return part === undefined ? parts : parts.filter((each) => each.name === part);
}

/** The same, less what the field is not made of, where that is known. */
export function usedPartsAt(
  block: string,
  path: readonly string[],
  view: View,
  offset: number,
): readonly Called[] {
  const parts = partsAt(block, path, view);
  const names = usedIn(path[0]!, view, offset);
  const used = parts.filter(({ name }) => names.includes(name));
  return used.length > 0 ? used : parts;
}

/** `model.width`, `loss.dml1.smooth`: the option at the end of a path, of what the field is made of or may be. */
export function optionAt(
  block: string,
  path: readonly string[],
  view: View,
  offset: number,
): Option | undefined {
  const way = path.slice(0, path.length > 2 ? 2 : 1);
  const parts = [...usedPartsAt(block, way, view, offset), ...partsAt(block, way, view)];
  return parts.flatMap(({ options }) => options).find(({ name }) => name === path.at(-1));
}

/** Whether a label source goes on with a step, begins, or anything may stand there. */
export function familiesAt(
  { last, field, target }: Within,
  { family }: Takes,
  view: View,
): readonly Family[] {
  const isFlow = last?.tokenType === token.Flow;
  if (field.length === 0 && !target && !isFlow) return Object.keys(view.registry) as Family[];
  if (family === 'label') return isFlow ? ['label'] : [];
  return family ? [family] : [];
}

type NameKind = NonNullable<Takes['names']>;

/** Names that hang on the model, or on the sweeps of a comparison. */
export const namesAt = (kind: NameKind, view: View, offset: number): readonly string[] =>
  namesOf[kind](view, offset);

const namesOf: Readonly<Record<NameKind, (view: View, offset: number) => readonly string[]>> = {
  part: modelPartsAt,
  head: ({ registry }) => [...new Set(Object.values(registry.model).flatMap(possibleHeads))],
  factor: (view, offset) => factorsAt(view, offset).map(({ name }) => name),
};
