import { expect, test } from 'vitest';
import { build } from '../../../runtime/build.ts';
import { networkCost } from '../../../runtime/network-cost.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { openOutlooks } from '../../../runtime/trainer/outlook.ts';
import { smallExperiment, use } from '../../support/experiment.ts';

test('the outlook of an experiment: folds, seeds, steps of a run, and what its training graph costs', async () => {
  const outlook = openOutlooks(registry);
  const experiment = {
    ...smallExperiment,
    data: { ...smallExperiment.data, folds: use('contiguous', { count: 4 }) },
    fold: 'all' as const,
    seed: [0, 1],
    train: { value: 5, unit: 'epochs' },
  };
  const { graph } = await build(experiment, { height: 16, width: 16, channels: 1 }, registry);
  expect(await outlook(experiment, '/nowhere')).toEqual({
    folds: 4,
    seeds: 2,
    // 6 of 8 cases in batches of 2.
    steps: 15,
    network: networkCost(graph),
  });
  expect(await outlook(experiment, '/nowhere', 'runs')).toEqual({ folds: 4, seeds: 2, steps: 15 });
});

test('where there are no data, or the network cannot be built, nothing is said', async () => {
  const outlook = openOutlooks(registry);
  const source = use('folder', { folder: 'gone', images: '{case}.png', masks: '{case}.png', raters: '' });
  const data = { ...smallExperiment.data, source };
  expect(await outlook({ ...smallExperiment, data }, '/nowhere')).toBeUndefined();
  expect(await outlook({ ...smallExperiment, crop: [15, 15] }, '/nowhere')).toBeUndefined();
});

test('of a network with code of a user the runs alone are told: nothing of it is run', async () => {
  const model = { ...use('own.model'), code: '1' };
  expect(await openOutlooks(registry)({ ...smallExperiment, model }, '/nowhere')).toEqual({
    folds: 1,
    seeds: 1,
    steps: 4,
  });
});
