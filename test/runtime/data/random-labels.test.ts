import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LabelSource } from '../../../compiler/experiment.ts';
import type { Batch } from '../../../runtime/data/batch.ts';
import { batchMaker } from '../../../runtime/data/batch-maker.ts';
import { type BatchPlan, batchBytes, batchIn, placesOf } from '../../../runtime/data/batch-plan.ts';
import { openBatches } from '../../../runtime/data/batches.ts';
import { openSource } from '../../../runtime/data/open.ts';
import { preparation } from '../../../runtime/data/prepare.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { dataSet, labelSource, use } from '../../support/data.ts';

const data = dataSet(use('phantom', { cases: 6, raters: 4, seed: 1, size: 16 }));
const { cases, raters, soft, read } = await openSource(data, '.', registry);
const anyone: LabelSource = { ...labelSource('raters', use('random')), soft: false };
const plan: BatchPlan = {
  data,
  root: '.',
  cases,
  targets: [anyone, labelSource('raters', use('average'))],
  teachers: {},
  size: [16, 16],
  channels: 1,
  batch: 2,
  augment: [],
  seed: 0,
};

/** [case][rater] → the mask of each rater, class-first. */
const masks = new Map(
  await Promise.all(
    cases.map(async (id) => {
      const sources = Array.from({ length: raters }, (_, i) =>
        labelSource('raters', use('one', { rater: i + 1 })),
      );
      const prepare = await preparation(data, { raters, soft }, sources, registry);
      return [id, (await prepare(await read(id))).labels] as const;
    }),
  ),
);

/** Which rater each case of a batch got, in the order of the batch, with its epoch: `shape3@1`. */
async function drawn(
  of: BatchPlan,
  index: number,
  fill = batchMaker(of, registry),
): Promise<Map<string, number>> {
  const batch = batchIn(new ArrayBuffer(batchBytes(of)), 0, of);
  await (await fill)(index, batch);
  return ratersIn(of, index, batch);
}

function ratersIn(of: BatchPlan, index: number, { labels }: Batch): Map<string, number> {
  const pixels = 16 * 16;
  return new Map(
    placesOf(of, index).map(({ id, epoch }, k) => {
      const own = [0, 1].flatMap((c) => {
        const start = (c * of.batch + k) * pixels;
        return [...labels[0]!.subarray(start, start + pixels)];
      });
      const found = masks.get(id)!.findIndex((mask) => mask.every((value, i) => value === own[i]));
      return [`${id}@${epoch}`, found] as const;
    }),
  );
}

/** Of two epochs. */
async function drawnInTwoEpochs(of: BatchPlan): Promise<Map<string, number>> {
  const fill = batchMaker(of, registry);
  const batches = Math.floor(cases.length / of.batch);
  const all: [string, number][] = [];
  for (let index = 0; index < 2 * batches; index++) all.push(...(await drawn(of, index, fill)));
  return new Map(all);
}

const sorted = (found: ReadonlyMap<string, number>) => [...found].sort(([a], [b]) => (a < b ? -1 : 1));
const expected = await drawnInTwoEpochs(plan);

test('every label is the mask of one rater, all raters come, and an epoch draws anew', () => {
  expect(expected.size).toBe(2 * cases.length);
  expect(new Set(expected.values())).toEqual(new Set([0, 1, 2, 3]));
  const epoch = (n: number) => cases.map((id) => expected.get(`${id}@${n}`));
  expect(epoch(0)).not.toEqual(epoch(1));
});

test('who is drawn depends neither on the batch size nor on what else is trained on', async () => {
  expect(sorted(await drawnInTwoEpochs({ ...plan, batch: 3 }))).toEqual(sorted(expected));
  expect(sorted(await drawnInTwoEpochs({ ...plan, batch: 1 }))).toEqual(sorted(expected));
  const fewer = await drawnInTwoEpochs({ ...plan, cases: cases.slice(2, 4), batch: 2 });
  for (const [key, rater] of fewer) if (expected.has(key)) expect(rater).toBe(expected.get(key));
  expect(fewer.size).toBeGreaterThan(0);
});

test('another seed draws others', async () => {
  expect(sorted(await drawnInTwoEpochs({ ...plan, seed: 1 }))).not.toEqual(sorted(expected));
});

test('in whatever order batches are asked for, each is the same', async () => {
  const fill = batchMaker(plan, registry);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), async (order) => {
      for (const index of order)
        for (const [key, rater] of await drawn(plan, index, fill)) expect(rater).toBe(expected.get(key));
    }),
    { numRuns: 5 },
  );
});

test('the worker draws the same, and what is not random stays as it is', async () => {
  const batches = openBatches(plan);
  try {
    for (const index of [4, 0]) {
      const batch = structuredClone(await batches.get(index));
      for (const [key, rater] of ratersIn(plan, index, batch)) expect(rater).toBe(expected.get(key));
      const alone = batchIn(new ArrayBuffer(batchBytes(plan)), 0, plan);
      await (await batchMaker({ ...plan, targets: [plan.targets[1]!, plan.targets[1]!] }, registry))(
        index,
        alone,
      );
      expect(batch.labels[1]).toEqual(alone.labels[1]);
    }
  } finally {
    await batches.close();
  }
});

test('inside of a sum the draw is its own, and changes from epoch to epoch as well', async () => {
  const half = { weight: 0.5, source: anyone };
  const sum: LabelSource = {
    ...anyone,
    root: { kind: 'sum', terms: [half, { weight: 0.5, source: labelSource('raters', use('majority')) }] },
    steps: [],
    soft: true,
  };
  const fill = await batchMaker({ ...plan, targets: [sum], cases: [cases[0]!], batch: 1 }, registry);
  const labels: string[] = [];
  for (let epoch = 0; epoch < 12; epoch++) {
    const batch = batchIn(new ArrayBuffer(batchBytes(plan)), 0, { ...plan, targets: [sum], batch: 1 });
    await fill(epoch, batch);
    labels.push(batch.labels[0]!.join());
  }
  expect(new Set(labels).size).toBeGreaterThan(1);
});
