import { nearest } from '../../grammar/nearest.ts';
import type { Argument, Field, Reference } from '../../grammar/syntax.ts';
import { suggestion } from './blame.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { fields } from './experiment-fields.ts';
import type { SweepFactor } from './factors.ts';
import { type FieldKind, readField } from './fields.ts';
import { meaningOf } from './meaning.ts';
import { messages } from './messages.ts';
import { amountOf } from './numbers.ts';
import { resolve, type Scope, type Written } from './scope.ts';
import { fieldOf, layer, pathText, type Setting } from './settings.ts';
import type { Arm } from './sweep.ts';

/** One condition of a record: this factor has this value. */
export interface Condition {
  readonly factor: number;
  /** Absent for a factor that is a let, or the experiments of the sweep. */
  readonly setting: Setting | undefined;
  readonly written: Written;
}

/** Records of `except`; an arm is left out if all conditions of one of them hold. */
export type Exceptions = readonly (readonly Condition[])[];

export function readExceptions(
  statements: readonly Field[],
  factors: readonly SweepFactor[],
  scope: Scope,
  context: Context,
): Exceptions | undefined {
  const records = statements
    .flatMap((field) => field.values)
    .map((expression) => {
      const resolved = resolve({ expression, scope });
      if (resolved === 'broken') return undefined;
      if (resolved.expression.kind !== 'tuple') {
        const expected = 'a record such as `(labels: voted, loss: ce)`';
        context.report(messages.at(expression.span, 'DML1301', { expected, found: describe(resolved) }));
        return undefined;
      }
      const conditions = resolved.expression.items.map((item) =>
        conditionOf(item, factors, resolved.scope, context),
      );
      return conditions.every((condition) => condition !== undefined) ? conditions : undefined;
    });
  return records.every((record) => record !== undefined) ? records : undefined;
}

/** A factor is named by its path, or by the last word of it: `width` for `model.width`. */
function conditionOf(
  item: Argument,
  factors: readonly SweepFactor[],
  scope: Scope,
  context: Context,
): Condition | undefined {
  const found = findCondition(item, factors, scope);
  if (found) return found;
  const { name, value, span } = item;
  const known = factors.flatMap(handlesOf).map(({ names }) => names.at(-1)!);
  const place = name?.span ?? span;
  const extra = suggestion(place, name && nearest(name.text, known), known);
  const written = { expression: value, scope };
  context.report(messages.at(place, 'DML1356', { name: name?.text ?? describe(written) }, extra));
  return undefined;
}

/** The condition that an item of a record is, `undefined` if it names no factor. */
export function findCondition(
  { name, value, span }: Argument,
  factors: readonly SweepFactor[],
  scope: Scope,
): Condition | undefined {
  const targets = factors.flatMap((factor, index) =>
    handlesOf(factor).map((handle) => ({ index, ...handle })),
  );
  const found = targets.find(({ names }) => name && names.includes(name.text));
  if (!found) return undefined;
  const setting = found.target && { target: found.target, values: [value], scope, span };
  return { factor: found.index, setting, written: { expression: value, scope } };
}

interface Handle {
  /** Its path, then the last word of it. */
  readonly names: readonly string[];
  readonly target: Reference | undefined;
}

/** What a factor may be called by: each of its paths. */
export const handlesOf = ({ name, targets }: Pick<SweepFactor, 'name' | 'targets'>): readonly Handle[] =>
  targets.length === 0
    ? [{ names: [name], target: undefined }]
    : targets.map((target) => ({ names: [pathText(target), target.path.at(-1)!.text], target }));

export const isExcepted = (arm: Arm, exceptions: Exceptions, context: Context): boolean =>
  exceptions.some(
    (record) => record.length > 0 && record.every((condition) => holds(arm, condition, context)),
  );

/** Whether an arm has what a condition asks for, equal by meaning. */
export function holds(arm: Arm, { factor, setting, written }: Condition, context: Context): boolean {
  if (!setting) return isSameName(arm.choices[factor]!.text, written) || isSameNumber(arm, factor, written);
  const field = fieldOf(setting);
  const kind = (fields as Readonly<Record<string, FieldKind<unknown>>>)[field];
  if (!kind) return false;
  const changed = layer(arm.settings, [setting], context);
  const ours = readField(kind, arm.settings.get(field), context);
  return ours !== undefined && meaningOf(ours) === meaningOf(readField(kind, changed.get(field), context));
}

const isSameName = (text: string, { expression }: Written): boolean =>
  expression.kind === 'name' && expression.path.map((part) => part.text).join('.') === text;

function isSameNumber({ choices }: Arm, factor: number, written: Written): boolean {
  const [chosen] = choices[factor]!.names.values();
  const ours = chosen?.kind === 'value' ? amountOf(chosen) : undefined;
  const theirs = amountOf(written);
  return (
    ours !== undefined && theirs !== undefined && ours.value === theirs.value && ours.unit === theirs.unit
  );
}
