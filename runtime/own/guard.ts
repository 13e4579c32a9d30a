import type { Value } from '../../compiler/graph/builder.ts';
import type { Component, Family } from '../../compiler/registry.ts';
import type { LabelContext, LabelMap } from '../labels/step.ts';
import type { LossInputs } from '../losses/loss.ts';
import type { Metric, ScoredCase } from '../metrics/metric.ts';
import type { ModelInputs } from '../models/model.ts';
import { blame } from './blame.ts';
import type { OwnProgram } from './compile.ts';
import { OwnError } from './own-error.ts';

type Callable = (...inputs: readonly unknown[]) => unknown;

/** A component of a user's file: what it throws, and what it returns that is not what it should, is told as its own. */
export function guarded(
  component: Pick<Component, 'family' | 'name'>,
  program: OwnProgram,
  fn: unknown,
): Callable {
  const { family, name } = component;
  const guard: Guard = {
    call: (run) => blame(program, name, run),
    wrong: (expected, found) =>
      new OwnError(
        `\`${name}\` must return ${expected}; it returned ${typeof found === 'string' ? found : describe(found)}.`,
        program.file,
        'The file is your own: correct it there.',
      ),
  };
  return wrap[family](fn as Callable, guard);
}

interface Guard {
  readonly call: <T>(run: () => T) => T;
  /** @param found a value, or what is said of it */
  readonly wrong: (expected: string, found: unknown) => OwnError;
}

const asItIs = (fn: Callable): Callable => fn;

const wrap: Readonly<Record<Family, (fn: Callable, guard: Guard) => Callable>> = {
  loss: guardLoss,
  model: guardModel,
  label: guardStep,
  metric: guardMetric,
  // A user's file brings none of these.
  source: asItIs,
  folds: asItIs,
  transform: asItIs,
  optimizer: asItIs,
  schedule: asItIs,
  prediction: asItIs,
  statistic: asItIs,
};

function guardLoss(fn: Callable, { call, wrong }: Guard): Callable {
  return (inputs, options) => {
    const value = call(() => fn(inputs, options));
    const { builder } = (inputs as LossInputs).probabilities;
    const expected = 'one number as a node of the graph, of shape []';
    if (!isValue(value, builder)) throw wrong(expected, value);
    if (value.shape.length > 0) throw wrong(expected, `one of shape [${value.shape.join(', ')}]`);
    return value;
  };
}

function guardModel(fn: Callable, { call, wrong }: Guard): Callable {
  return (given, options) => {
    const { image, classes } = given as ModelInputs;
    const [batch, height, width] = image.shape as [number, number, number];
    const shape = [classes, batch, height * width];
    const heads = call(() => fn(given, options));
    const expected = `heads, at least \`main\`, each a node of shape [${shape.join(', ')}]`;
    if (typeof heads !== 'object' || heads === null || !Object.hasOwn(heads, 'main'))
      throw wrong(expected, heads);
    for (const [head, value] of Object.entries(heads)) {
      if (!isValue(value, image.builder)) throw wrong(expected, `${describe(value)} as \`${head}\``);
      if (value.shape.join() !== shape.join())
        throw wrong(expected, `[${value.shape.join(', ')}] as \`${head}\``);
    }
    return heads;
  };
}

/** Shares of a pixel may miss 1 by so much. */
const tolerance = 1e-6;

function guardStep(fn: Callable, { call, wrong }: Guard): Callable {
  return (given, context, options) => {
    const { classes, height, width, keep } = context as LabelContext;
    const pixels = height * width;
    // Its own copies: what is given is kept, and goes to other steps as well.
    const copy = Array.isArray(given)
      ? (given as readonly LabelMap[]).map((each) => each.slice())
      : (given as LabelMap).slice();
    const labels = call(() => fn(copy, context, options));
    const expected = `labels as a Float64Array of ${classes} × ${pixels} numbers, [class, pixel]`;
    if (!(labels instanceof Float64Array)) throw wrong(expected, labels);
    if (labels.length !== classes * pixels) throw wrong(expected, `${labels.length} numbers`);
    for (let i = 0; i < pixels; i++) {
      if (!keep[i]) continue;
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        const share = labels[c * pixels + i]!;
        if (!(share >= -tolerance && share <= 1 + tolerance))
          throw wrong('shares from 0 to 1', `${share} for class ${c} at ${placeOf(i, width)}`);
        sum += share;
      }
      if (Math.abs(sum - 1) > tolerance)
        throw wrong('shares that add up to 1 over the classes', `a sum of ${sum} at ${placeOf(i, width)}`);
    }
    return labels;
  };
}

const placeOf = (pixel: number, width: number): string =>
  `row ${Math.floor(pixel / width)}, column ${pixel % width}`;

function guardMetric(fn: Callable, { call, wrong }: Guard): Callable {
  return (options) => {
    const metric = call(() => fn(options)) as Partial<Metric> | undefined;
    const [of, value] = [metric?.of?.bind(metric), metric?.value?.bind(metric)];
    if (!of || !value) throw wrong('a metric, { of(scored), value(parts) }', metric);
    return {
      ...metric,
      of: (scored: ScoredCase) => call(() => of(scored)),
      value(parts: readonly unknown[]) {
        const score = call(() => value(parts));
        if (score === undefined || (typeof score === 'number' && Number.isFinite(score))) return score;
        throw wrong('a finite number from `value`, or undefined where the cases say nothing', score);
      },
    };
  };
}

const isValue = (value: unknown, builder: Value['builder']): value is Value =>
  typeof value === 'object' && value !== null && 'builder' in value && value.builder === builder;

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'object') return `an object (${value.constructor?.name ?? 'without a prototype'})`;
  return `a ${typeof value}`;
}
