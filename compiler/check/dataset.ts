import type { Block } from '../../grammar/syntax.ts';
import type { DataSet, Use } from '../experiment.ts';
import { blame } from './blame.ts';
import { defaultUse, isComplete, readUse, withOption } from './component.ts';
import { type Context, once } from './context.ts';
import { describe } from './describe.ts';
import {
  type Fields,
  one,
  option,
  plain,
  readFields,
  reportLater,
  reportMissing,
  reportUnknown,
  takesOf,
} from './fields.ts';
import { messages } from './messages.ts';
import { amountOf } from './numbers.ts';
import { resolve, type Scope, type Written } from './scope.ts';
import { type Settings, settingsOf, settingsWithin } from './settings.ts';
import type { Takes } from './takes.ts';
import { intervalOf, wordOf } from './values.ts';

type Classes = DataSet['classes'];

interface Draft {
  readonly source: Use;
  readonly classes: Classes;
  readonly ignore: number | 'none';
  readonly size: readonly [height: number, width: number] | 'stored';
  readonly window: DataSet['window'];
  readonly folds: Use;
}

/** Masks of one object, as most sets have them: 0 and 1, or 0 and 255. */
const usualClasses: Classes = [
  { name: 'background', values: [0] },
  { name: 'foreground', values: 'others' },
];

const fields: Fields<Draft> = {
  source: {
    takes: { family: 'source' },
    read: one((written, context) => readUse('source', written, context)),
    part: option((use, name, written, context) => withOption('source', use, name, written, context)),
  },
  classes: { takes: { words: ['others'] }, read: one(readClasses) },
  ignore: { ...plain('a number', numberOf, { words: ['none'] }), off: 'none' },
  size: { ...plain('a size such as `256 x 256`', sizeOf, { words: ['none'] }), off: 'stored' },
  window: {
    ...plain('a range such as `-60 .. 140`, `image` or `none`', windowOf, { words: ['image', 'none'] }),
    off: 'none',
  },
  folds: {
    takes: { family: 'folds' },
    read: one((written, context) => readUse('folds', written, context)),
    part: option((use, name, written, context) => withOption('folds', use, name, written, context)),
  },
};

/** Fields of the language that this version reads only as they are by default. */
const later = {
  spacing: {
    accepted: 'none',
    help: 'Images and masks are resampled to a size in pixels: `size: 256 x 256`.',
  },
} as const;

/** What every field takes, those of later versions included. */
export const datasetTakes: Readonly<Record<string, Takes>> = {
  ...takesOf(fields),
  ...Object.fromEntries(Object.entries(later).map(([name, { accepted }]) => [name, { words: [accepted] }])),
};

const required = { source: 'phantom(cases: 60, raters: 4)' };

/** A data set block with what it extends; `undefined` once reported. */
export const readDataSet = (block: Block, scope: Scope, context: Context): DataSet | undefined =>
  once(context.known?.dataSets, block, () => readBlock(block, scope, context));

function readBlock(block: Block, scope: Scope, context: Context): DataSet | undefined {
  const known = [...Object.keys(fields), ...Object.keys(later)];
  reportUnknown('data set', known, settingsWithin(block.statements, scope), context);
  const settings = settingsOf(block, scope, context);
  if (!settings) return undefined;
  for (const [name, { accepted, help }] of Object.entries(later))
    reportLater(name, accepted, settings.get(name), context, help);
  reportMissing('data set', block.name, { known, required }, settings, context);
  return assemble(block, settings, context);
}

function assemble(block: Block, settings: Settings, context: Context): DataSet | undefined {
  const { draft, isWhole } = readFields(fields, settings, context);
  const folds = draft.folds ?? defaultUse('folds', 'contiguous', block.name.span, context);
  const uses = [['source', draft.source] as const, ['folds', folds] as const];
  const complete = uses.map(([family, use]) => use !== undefined && isComplete(family, use, context));
  const { source, classes = usualClasses, ignore, size, window = 'image' } = draft;
  if (!isWhole || !complete.every(Boolean) || !source || !folds) return undefined;
  const clash =
    typeof ignore === 'number' &&
    classes.find(({ values }) => values !== 'others' && values.includes(ignore));
  if (clash) {
    const span = settings.get('ignore')!.whole!.span;
    context.report(messages.at(span, 'DML1303', { value: String(ignore), name: clash.name }));
    return undefined;
  }
  return {
    name: block.name.text,
    source,
    classes,
    ignore: typeof ignore === 'number' ? ignore : undefined,
    size: size === 'stored' ? undefined : size,
    window,
    folds,
    span: block.name.span,
  };
}

function numberOf(written: Written): number | undefined {
  const amount = amountOf(written);
  return amount?.unit === undefined ? amount?.value : undefined;
}

/** Height and width, whole and at least 1. */
export function sizeOf(written: Written): readonly [height: number, width: number] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken' || resolved.expression.kind !== 'size') return undefined;
  const { values } = resolved.expression;
  const [height, width] = values;
  if (values.length !== 2 || !values.every((value) => Number.isSafeInteger(value) && value >= 1))
    return undefined;
  return [height!, width!];
}

function windowOf(written: Written): DataSet['window'] | undefined {
  const resolved = resolve(written);
  if (resolved !== 'broken' && wordOf(resolved.expression) === 'image') return 'image';
  const interval = intervalOf(written);
  return interval && interval.low < interval.high ? interval : undefined;
}

const classesExpected =
  'a record such as `(background: 0, tumour: [1, 2])`: at least two classes, background first; `others` is every value that no other class has';

/** At least two classes, each with a number, a list of numbers or `others`, none of which two of them share. */
function readClasses(written: Written, context: Context): Classes | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { scope, expression } = resolved;
  const items = expression.kind === 'tuple' ? expression.items : [];
  const classes = items.map(({ name, value }) => ({
    name: name?.text ?? '',
    values: classValuesOf({ expression: value, scope }),
  }));
  const isWhole = classes.length >= 2 && classes.every(({ name, values }) => name && values.length > 0);
  if (!isWhole) {
    if (blame(written, { kind: 'choice', values: ['others'] }, context)) return undefined;
    const values = { expected: classesExpected, found: describe(written) };
    context.report(messages.at(expression.span, 'DML1301', values));
    return undefined;
  }
  const names = classes.map(({ name }) => name);
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice >= 0) {
    context.report(messages.at(items[twice]!.span, 'DML1202', { name: names[twice]! }));
    return undefined;
  }
  const owners = classes.flatMap(({ name, values }) =>
    (values === 'others' ? ['others'] : values).map((value) => ({ name, value })),
  );
  const second = owners.find(({ value }, i) => owners.findIndex((other) => other.value === value) < i);
  if (!second) return classes;
  const first = owners.find(({ value }) => value === second.value)!;
  const values = { value: String(second.value), first: first.name, second: second.name };
  context.report(messages.at(expression.span, 'DML1305', values));
  return undefined;
}

function classValuesOf(written: Written): readonly number[] | 'others' {
  const resolved = resolve(written);
  if (resolved !== 'broken' && wordOf(resolved.expression) === 'others') return 'others';
  return numbersOf(written) ?? [];
}

function numbersOf(written: Written): readonly number[] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  const items = expression.kind === 'list' ? expression.items.map((item) => item.value) : [expression];
  const numbers = items.map((item) => numberOf({ expression: item, scope }));
  return numbers.every((value) => value !== undefined) ? numbers : undefined;
}
