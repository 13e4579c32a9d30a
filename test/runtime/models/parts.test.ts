import { describe, expect, test } from 'vitest';
import { headsOf } from '../../../compiler/check/heads.ts';
import { isPart, partsByClasses, partsOf } from '../../../compiler/check/model-parts.ts';
import type { Experiment, Use } from '../../../compiler/experiment.ts';
import type { OptionValue } from '../../../compiler/registry.ts';
import { partOf } from '../../../compiler/weight-parts.ts';
import { predictionGraph } from '../../../runtime/prediction-graph.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { smallExperiment, use } from '../../support/experiment.ts';

const dimensions = { height: 16, width: 16, channels: 1 };

/** Another value of every option of every model. */
const others: Readonly<Record<string, Readonly<Record<string, OptionValue>>>> = {
  unet: { depth: 2, width: 4, norm: 'batch', up: 'bilinear', aux: true },
  convnet: { channels: [8], kernel: 5 },
};

const models = Object.values(registry.model).map(({ name, parameters }) => ({
  name,
  parameters,
  usual: use(name, Object.fromEntries(parameters.map((each) => [each.name, each.default!]))),
}));
const small = { ...smallExperiment.data };

/** Shapes of weights and statistics, by their names. */
async function shapesOf(model: Use, classes = 2): Promise<Readonly<Record<string, string>>> {
  const names = Array.from({ length: classes }, (_, i) => ({ name: `c${i}`, values: [i] }));
  const experiment: Experiment = { ...smallExperiment, data: { ...small, classes: names }, model };
  const { variables } = await predictionGraph(experiment, dimensions, headsOf(model, registry), registry);
  return Object.fromEntries(variables.map(({ name, shape }) => [name, shape.join()]));
}

describe.each(models)('$name', ({ name, parameters, usual }) => {
  test('says all parts that its weights fall into, with each head', async () => {
    for (const options of [{}, others[name]!]) {
      const model = { ...usual, options: { ...usual.options, ...options } };
      const said = partsOf(model, registry)!;
      const found = [...new Set(Object.keys(await shapesOf(model)).map(partOf))];
      expect(found.filter((part) => !isPart(part, said))).toEqual([]);
      const literal = said.filter((part) => !part.endsWith('#'));
      expect(literal.filter((part) => !found.includes(part))).toEqual([]);
    }
  });

  test('says which parts hang on the number of classes', async () => {
    const [two, three] = [await shapesOf(usual), await shapesOf(usual, 3)];
    const changed = Object.keys(two).filter((weight) => two[weight] !== three[weight]);
    expect(changed.length).toBeGreaterThan(0);
    const said = partsByClasses(usual, registry);
    expect(changed.map(partOf).filter((part) => !isPart(part, said))).toEqual([]);
  });

  test.each(parameters)(
    'says whether $name decides about weights',
    async ({ name: option, shapes, head }) => {
      const value = others[name]![option]!;
      expect(value).not.toEqual(usual.options[option]);
      const before = await shapesOf(usual);
      const after = await shapesOf({ ...usual, options: { ...usual.options, [option]: value } });
      const isOwn = (weight: string) => partOf(weight) === head;
      const rest = Object.fromEntries(Object.entries(after).filter(([weight]) => !isOwn(weight)));
      if (shapes === 'none') expect(after).toEqual(before);
      else if (head === undefined) expect(after).not.toEqual(before);
      else expect([rest, Object.keys(after).some(isOwn)]).toEqual([before, true]);
    },
  );
});
