import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyse } from '../../../compiler/laws/analyse.ts';
import { isAlone } from '../../../compiler/laws/decide.ts';
import { lossAt, slopeAt } from '../../../compiler/laws/evaluate.ts';
import { lossGraph, type Setting } from '../../../compiler/laws/loss-graph.ts';
import type { OptionValue, Parameter, ParameterType } from '../../../compiler/registry.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { term } from './support.ts';

/** Values of an option, from its type in the registry. */
function values(
  type: ParameterType,
  { default: usual }: Parameter,
  classes: number,
): fc.Arbitrary<OptionValue> {
  switch (type.kind) {
    case 'number': {
      const {
        minimum = type.exclusiveMinimum === undefined ? 0 : 0.25,
        maximum = minimum + 3,
        integer,
      } = type;
      if (integer) return fc.integer({ min: minimum, max: maximum });
      return fc
        .constantFrom(minimum, typeof usual === 'number' ? usual : 1, 1, 0.3, 0.7, 2, 1.5)
        .map((n) => Math.min(maximum, Math.max(minimum, n)));
    }
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...type.values);
    case 'mix':
      return fc.oneof(
        fc.constantFrom(...type.of),
        fc.constant({ mix: Object.fromEntries(type.of.map((name, i) => [name, i + 0.5])) }),
      );
    case 'list':
      return fc.array(fc.constantFrom(0, 0.5, 1, 2), { minLength: classes, maxLength: classes });
    case 'union':
      return fc.oneof(
        ...type.of.map((part) => values(part, { name: '', doc: '', type: part, default: usual! }, classes)),
      );
    default:
      return fc.constant(usual!);
  }
}

const options = (name: string, classes: number) =>
  fc.record(
    Object.fromEntries(registry.loss[name]!.parameters.map((p) => [p.name, values(p.type, p, classes)])),
  );

/** Shares of the classes at each pixel, [class, pixel]; many of them 0, 1 or equal. */
const shares = ({ classes, images, pixels }: Setting, soft: boolean) =>
  fc
    .array(
      soft
        ? fc
            .array(fc.constantFrom(0, 0, 1, 2, 3, 0.01), { minLength: classes, maxLength: classes })
            .filter((row) => row.some((x) => x > 0))
        : fc
            .nat(classes - 1)
            .map((chosen) => Array.from({ length: classes }, (_, c) => Number(c === chosen))),
      { minLength: images * pixels, maxLength: images * pixels },
    )
    .map((rows) => {
      const totals = rows.map((row) => row.reduce((a, b) => a + b));
      return Array.from({ length: classes }, (_, c) => rows.map((row, i) => row[c]! / totals[i]!)).flat();
    });

const cases = (name: string) =>
  fc
    .record({
      classes: fc.constantFrom(2, 3),
      images: fc.constantFrom(1, 2),
      pixels: fc.constantFrom(1, 2, 3),
      soft: registry.loss[name]!.tags.requires === 'hard' ? fc.constant(false) : fc.boolean(),
    })
    .chain(({ soft, ...setting }) =>
      fc.record({
        setting: fc.constant(setting),
        soft: fc.constant(soft),
        options: options(name, setting.classes),
        label: shares(setting, soft),
        prediction: shares(setting, true),
      }),
    )
    .filter(({ options: { fp, fn } }) => fp !== 0 || fn !== 0);

describe.each(Object.keys(registry.loss))('what is proved of %s', (name) => {
  test('holds for random options, labels and predictions', async () => {
    await fc.assert(
      fc.asyncProperty(cases(name), async ({ setting, soft, options: chosen, label, prediction }) => {
        const terms = [await term(name, chosen, { soft })];
        const facts = analyse(
          lossGraph(terms, { classes: setting.classes, images: 2, pixels: 2 }).value,
          soft ? 'soft' : 'hard',
        );
        const graph = lossGraph(terms, setting);
        const atLabel = lossAt(graph, { prediction: label, labels: [label] });
        const { loss, gradient } = slopeAt(graph, { prediction, labels: [label] });
        if (facts.atTarget?.atoms.size === 0) expect(atLabel).toBeCloseTo(facts.atTarget.constant, 9);
        if (facts.least) expect(loss).toBeGreaterThanOrEqual(atLabel - 1e-9);
        expect(loss < facts.low - 1e-9 || loss > facts.high + 1e-9).toBe(false);
        if (facts.bounded) expect(Number.isFinite(loss)).toBe(true);
        if (facts.steady) expect(Math.max(...gradient.map(Math.abs))).toBeLessThan(1e6);
        const distance = Math.max(...prediction.map((p, i) => Math.abs(p - label[i]!)));
        if (facts.least && distance > 1e-3 && isAlone(facts.least, soft, setting.classes))
          expect(loss).toBeGreaterThan(atLabel);
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});
