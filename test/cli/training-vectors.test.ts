import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { encodeNpy } from '../../runtime/arrays/npy.ts';
import { logitsTensor } from '../../runtime/data/teacher.ts';
import { decodeTensors, encodeTensors } from '../../runtime/store/safetensors.ts';
import { dml, root, temporaryFolder } from '../support/dml.ts';
import { oracle } from '../support/oracle.ts';
import type { StoredTensor } from '../support/stored-tensor.ts';

/** A trajectory of 10 steps on a network of two convolutions: see the README of the reference vectors. */
interface TrainingCase {
  readonly loss: string;
  readonly image: StoredTensor;
  readonly initial: Readonly<Record<string, StoredTensor>>;
  readonly final: Readonly<Record<string, StoredTensor>>;
  readonly steps: readonly Readonly<Record<string, number>>[];
  readonly target: StoredTensor;
  readonly target_hard: StoredTensor;
  readonly logits_teacher: StoredTensor;
  readonly keep_mask: StoredTensor;
}

const cases = oracle<{ cases: TrainingCase[] }>('training')?.cases;
const given = (loss: string) => cases!.find((one) => one.loss === loss)!;
const skipped = cases === undefined;
const tolerance = 1e-5;
vi.setConfig({ testTimeout: 120_000 });

/** Writes each image of a batch as an array of its own: `images/case1.npy` … */
function save(folder: string, { shape, data }: StoredTensor): void {
  mkdirSync(folder, { recursive: true });
  const [batch, ...rest] = shape as [number, ...number[]];
  const length = data.length / batch;
  for (let i = 0; i < batch; i++) {
    const one = Float64Array.from(data.slice(i * length, (i + 1) * length));
    writeFileSync(path.join(folder, `case${i + 1}.npy`), encodeNpy({ shape: rest, data: one }));
  }
}

const float32 = ({ shape, data }: StoredTensor) => ({ shape, data: Float32Array.from(data) });

/** The data root of a case, and the file that trains on it. */
function prepared({ image, initial }: TrainingCase, masks: StoredTensor, text: string): string {
  const cwd = temporaryFolder({ 'vectors.dml': text });
  save(path.join(cwd, 'data/images'), image);
  save(path.join(cwd, 'data/masks'), masks);
  const tensors = new Map(Object.entries(initial).map(([name, value]) => [name, float32(value)]));
  writeFileSync(path.join(cwd, 'data/initial.safetensors'), encodeTensors({ tensors, metadata: {} }));
  return cwd;
}

const fields = `
  model:     convnet(channels: [4])
  start:     weights("initial.safetensors")
  optimizer: sgd(rate: 0.2, momentum: 0.9, decay: 5e-4)
  schedule:  warmup(20%, from: 1e-6) then poly(power: 0.9)
  train:     10 steps
  batch:     2
  fold:      none`;

/** The file that the documentation shows for arrays, with the name of its experiment changed. */
const documented = readFileSync(path.join(root, 'docs/training-on-arrays.md'), 'utf8')
  .match(/^```dml\n([\s\S]*?)^```$/m)![1]!
  .replace('experiment small', 'experiment vectors');

const run = (cwd: string, words: readonly string[]) =>
  dml(['run', 'vectors.dml#vectors', '--engine', 'native', ...words], { cwd });

/** The folder of the run of an experiment. */
const runOf = (cwd: string, experiment: string) => {
  const [key] = readdirSync(path.join(cwd, 'runs', experiment));
  return path.join(cwd, 'runs', experiment, key!, 'fold-none-seed0');
};

/** Compares the losses of every step, the rates and the trained weights. `terms` are the names in the metrics, in the order of these. */
function check(cwd: string, { steps, final }: TrainingCase, terms: Readonly<Record<string, string>>): void {
  const folder = runOf(cwd, 'vectors');
  const lines = readFileSync(path.join(folder, 'metrics.jsonl'), 'utf8').trim().split('\n');
  const found = lines.map((line) => JSON.parse(line)).filter((line) => 'loss' in line);
  expect(found).toHaveLength(steps.length);
  for (const [i, expected] of steps.entries()) {
    const { loss, rate, terms: own } = found[i];
    expect(Math.abs(loss / expected.loss! - 1), `loss of step ${i}`).toBeLessThan(tolerance);
    expect(rate).toBeCloseTo(expected.lr!, 12);
    for (const [name, term] of Object.entries(terms))
      expect(Math.abs(own[name] / expected[term]! - 1), `${name} of step ${i}`).toBeLessThan(tolerance);
  }
  const weights = decodeTensors(readFileSync(path.join(folder, 'weights.safetensors')));
  if ('reason' in weights) throw new Error(weights.reason);
  for (const [name, { data }] of Object.entries(final))
    for (const [i, value] of weights.tensors.get(name)!.data.entries())
      expect(Math.abs(value - data[i]!), `${name}[${i}]`).toBeLessThan(tolerance);
}

test.skipIf(skipped)(
  'arrays and weights from elsewhere are trained on as the documentation shows, and every loss is that of the vectors',
  async () => {
    const one = given('dml1');
    const cwd = prepared(one, one.target, documented);
    const ended = await run(cwd, []);
    expect(ended.exit, ended.err + ended.out).toBe(0);
    check(cwd, one, { ce: 'ce', dml1: 'dml1' });
  },
);

test.skipIf(skipped)(
  'a student learns from hard masks with ignored pixels and from a teacher as the vectors say',
  async () => {
    const one = given('dml2+distillation');
    const { target_hard: hard, keep_mask: keep } = one;
    const masks = { shape: keep.shape, data: keep.data.map((kept, i) => (kept ? hardClass(hard, i) : 255)) };
    const cwd = prepared(
      one,
      masks,
      `dml 1
dataset arrays {
  source:  folder(".", images: "images/{case}.npy", masks: "masks/{case}.npy")
  classes: (background: 0, object: 1)
  ignore:  255
  window:  none
}
experiment teacher {
  data:      arrays
  labels:    mask
  loss:      ce${fields.replace('10 steps', 'none')}
}
experiment vectors {
  data:      arrays
  labels:    mask
  teacher:   distill(teacher, temperature: 2)
  loss:      0.5 (0.25 ce + 0.75 dml2(smooth: 1e-3)) + 0.5 (0.25 kl(temperature: 2) + 0.75 dml2(smooth: 1e-3)) on teacher${fields}
}
`,
    );
    const first = await run(cwd, []);
    expect(first.exit, first.err + first.out).toBe(0);
    // What the vectors' teacher says is given as logits: they take the place of those that ours predicts.
    const logits = path.join(runOf(cwd, 'teacher'), 'logits');
    const folder = path.join(logits, readdirSync(logits)[0]!, 'main');
    for (const [i, name] of readdirSync(folder).sort().entries()) {
      const tensors = new Map([[logitsTensor, classesFirst(one.logits_teacher, i)]]);
      writeFileSync(path.join(folder, name), encodeTensors({ tensors, metadata: {} }));
    }
    const ended = await run(cwd, ['--force']);
    expect(ended.exit, ended.err + ended.out).toBe(0);
    check(cwd, one, { ce: 'ce_hard', kl: 'kl_teacher' });
  },
);

/** Class of a pixel of one-hot labels, or of a map of classes. */
const hardClass = ({ shape, data }: StoredTensor, pixel: number) =>
  shape.length === 4 ? data.slice(pixel * shape[3]!, (pixel + 1) * shape[3]!).indexOf(1) : data[pixel]!;

/** Image i of [batch, height, width, class] as [class, height, width]. */
function classesFirst({ shape, data }: StoredTensor, i: number) {
  const [, height, width, classes] = shape as [number, number, number, number];
  const pixels = height * width;
  const out = new Float32Array(classes * pixels);
  for (let p = 0; p < pixels; p++)
    for (let c = 0; c < classes; c++) out[c * pixels + p] = data[(i * pixels + p) * classes + c]!;
  return { shape: [classes, height, width], data: out };
}
