import { expect, test } from 'vitest';
import { checkMetrics } from '../../../compiler/check/expression.ts';
import type { Registry } from '../../../compiler/registry.ts';
import type { Metric } from '../../../runtime/metrics/metric.ts';
import { openScorers } from '../../../runtime/metrics/score.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { binary, labelled } from '../../support/scored.ts';

const open = (text: string, classes = ['background', 'lesion'], known: Registry = registry) => {
  const { value, diagnostics } = checkMetrics(text, { registry: known });
  expect(diagnostics).toEqual([]);
  return openScorers(value!, known, classes);
};

test('each measure is scored on its own truth, which is asked for once', async () => {
  const scorers = await open('dice, bdice, ece, dice on (raters |> average)');
  expect(scorers.truths.map(({ steps }) => steps.map(({ name }) => name))).toEqual([
    ['majority'],
    ['average'],
  ]);
  const one = binary([0.9, 0.2], []);
  const [hard, soft] = [binary([], [1, 0]).truth, binary([], [0.4, 0.6]).truth];
  const values = scorers.add({ ...one, pixels: 2, keep: [1, 1] }, [hard, soft]);
  expect(values[0]).toBe(1);
  expect(values[3]).toBe(0);
  expect(values[1]).toBeLessThan(1);
});

test('a case gives its own values, null where it says nothing, and all cases give the score', async () => {
  const scorers = await open('dice, extreme(where: all), ece(classes: foreground)');
  const [first, second] = [binary([0.96, 0.2], [1, 0]), binary([0.1, 0.2], [1, 0])];
  expect(scorers.add(first, [first.truth])).toEqual([1, 1 / 2, expect.closeTo(0.04, 12)]);
  expect(scorers.add(second, [second.truth])).toEqual([0, 0, null]);
  expect(scorers.result()).toEqual([{ value: 1 / 2 }, { value: 1 / 4 }, { value: expect.closeTo(0.04, 12) }]);
});

test('without cases no metric has a value', async () => {
  const scorers = await open('dice, nll');
  expect(scorers.result()).toEqual([{}, {}]);
});

test('several classes are told by their names, and what they rest on', async () => {
  const scorers = await open('dice(active: either)', ['background', 'core', 'rim', 'edema']);
  for (const one of [labelled(4, [1, 1, 2], [1, 0, 2]), labelled(4, [0, 0, 2], [0, 0, 2])])
    scorers.add(one, [one.truth]);
  expect(scorers.result()).toEqual([
    {
      value: expect.closeTo((5 / 6 + 1) / 2, 12),
      classes: [
        { class: 'core', value: 2 / 3, count: 1, pixels: 1 },
        { class: 'rim', value: 1, count: 2, pixels: 2 },
        { class: 'edema', count: 0, pixels: 0 },
      ],
    },
  ]);
});

test('an option that does not fit the classes is found before any case is scored', async () => {
  await expect(open('dice(classes: [1, 4])')).rejects.toThrow(
    'The metric dice cannot be computed: there is no class 4 in the data.',
  );
});

test('a metric that gives no number is a fault, not a score', async () => {
  const broken = (): Metric<number> => ({ of: () => 0, value: (parts) => parts.length / 0 });
  const dice = { ...registry.metric.dice!, load: async () => broken };
  const scorers = await open('dice', undefined, { ...registry, metric: { ...registry.metric, dice } });
  const one = binary([0.9], [1]);
  expect(() => scorers.add(one, [one.truth])).toThrow('The metric dice gives Infinity for case case.');
});

test.each(Object.entries(registry.metric))(
  '%s as the language knows it, with its defaults, is the function with none given',
  async (name, component) => {
    const scorers = await open(name);
    const metric = ((await component.load()) as () => Metric)();
    const one = binary([0.9, 0.2, 0.01, 0.6], [1, 0, 0.4, 0], {
      raters: [0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0],
    });
    expect(scorers.add(one, [one.truth])).toEqual([metric.value([metric.of(one)])]);
  },
);
