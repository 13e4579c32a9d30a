import type { Use } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { type Random, random } from '../random.ts';
import type { Transform } from '../transforms/transform.ts';
import type { Batch } from './batch.ts';
import { type BatchPlan, placesOf } from './batch-plan.ts';
import { copyWindow, randomCorner } from './crop.ts';
import { outsideOf, type Sample } from './prepared.ts';
import { sampleReader } from './samples.ts';

/** Writes batch `index` into `batch`, every element of it. */
export type FillBatch = (index: number, batch: Batch) => Promise<void>;

/** Bytes of samples that are kept, so that no case is read and prepared again in every epoch. */
const memory = 1024 ** 3;

/** What the worker does, and a test without one: a pure function of plan and index. */
export async function batchMaker(plan: BatchPlan, registry: Registry): Promise<FillBatch> {
  const augment = await augmentation(plan.augment, registry);
  const keptCase = remember(await sampleReader(plan, registry), ({ bytes }) => bytes, memory);
  return async (index, batch) => {
    blank(batch, plan);
    for (const [k, { id, epoch, repeat }] of placesOf(plan, index).entries()) {
      const keys = [plan.seed, epoch, id, repeat] as const;
      const sample = augment((await keptCase(id)).sample(epoch), random('augment', ...keys));
      place(sample, batch, k, plan, random('crop', ...keys));
    }
  };
}

async function augmentation(
  uses: readonly Use[],
  registry: Registry,
): Promise<(sample: Sample, r: Random) => Sample> {
  const transforms = await Promise.all(
    uses.map(async ({ name, options }) => {
      const component = registry.transform[name];
      if (!component) throw new Error(`The registry has no transform ${name}.`);
      return { apply: (await component.load()) as Transform<Use['options']>, options };
    }),
  );
  return (sample, r) =>
    transforms.reduce((changed, { apply, options }) => apply(changed, r, options), sample);
}

/** As if every pixel lay outside: lower end of the window, background, not kept. */
function blank({ image, labels, keep }: Batch, { batch, size, data }: BatchPlan): void {
  image.fill(outsideOf(data.window));
  for (const target of labels) target.fill(0).fill(1, 0, batch * size[0] * size[1]);
  keep.fill(0);
}

function place(sample: Sample, to: Batch, k: number, { batch, size }: BatchPlan, r: Random): void {
  const { height, width, channels } = sample;
  const pixels = size[0] * size[1];
  const corner = randomCorner(sample, size, r);
  const planes = (n: number) => ({ planes: n, height, width, depth: 1 });
  const image = { planes: 1, height, width, depth: channels };
  copyWindow(sample.image, image, corner, to.image, size, () => k * pixels * channels);
  for (const [t, labels] of sample.labels.entries()) {
    const classes = labels.length / (height * width);
    copyWindow(labels, planes(classes), corner, to.labels[t]!, size, (c) => (c * batch + k) * pixels);
  }
  copyWindow(sample.keep, planes(1), corner, to.keep, size, () => k * pixels);
}

/** `make`, whose results are kept while they fit into so many bytes; those unused longest go first. */
export function remember<T>(
  make: (key: string) => Promise<T>,
  bytesOf: (value: T) => number,
  limit: number,
): (key: string) => Promise<T> {
  const kept = new Map<string, T>();
  let bytes = 0;
  return async (key) => {
    const value = kept.get(key) ?? (await make(key));
    // Put in again at the end: a Map iterates in the order of insertion.
    if (!kept.delete(key)) bytes += bytesOf(value);
    kept.set(key, value);
    for (const [oldest, other] of kept) {
      if (bytes <= limit || oldest === key) break;
      kept.delete(oldest);
      bytes -= bytesOf(other);
    }
    return value;
  };
}
