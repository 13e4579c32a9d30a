import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Experiment } from '../../../compiler/experiment.ts';
import type { EngineProvider } from '../../../runtime/engines/engine.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { decodeTensors } from '../../../runtime/store/safetensors.ts';
import { type RunOptions, runExperiment } from '../../../runtime/trainer/run.ts';
import { engines } from '../../support/evaluators.ts';
import { average, smallExperiment, use } from '../../support/experiment.ts';
import { referenceEngine } from '../../support/reference-session.ts';

// Several whole runs each, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

const { span } = smallExperiment;
const experiment: Experiment = {
  ...smallExperiment,
  augment: [use('flip', { axis: 'horizontal' })],
  model: use('unet', { depth: 2, width: 4, norm: 'batch' }),
  schedule: [use('warmup', { duration: 0.2, from: 1e-6 }), use('poly', { power: 0.9, duration: 'rest' })],
  train: { value: 20, unit: 'steps' },
  evaluate: [{ metric: use('bdice', { levels: 9 }), on: average, span }],
};

describe.each(engines)('with the engine $name', ({ name, missing, engine }) => {
  describe.skipIf(missing)(missing ?? 'which is there', () => {
    const provider: EngineProvider = {
      name,
      find: async () => ({ found: engine().class }),
      open: async () => engine(),
    };
    let out: string;
    beforeAll(async () => {
      out = await mkdtemp(path.join(tmpdir(), 'dml-engine-'));
    });
    afterAll(() => rm(out, { recursive: true }));

    const run = (name: string, changes: Partial<RunOptions> = {}, changed: Partial<Experiment> = {}) =>
      runExperiment(
        { ...experiment, ...changed },
        {
          version: '1.2.3',
          registry,
          source: { path: 'small.dml', text: '' },
          out: path.join(out, name),
          data: out,
          engines: [provider],
          on: () => {},
          ...changes,
        },
      );
    const weights = async ({ runs }: Awaited<ReturnType<typeof run>>) =>
      await readFile(path.join(runs[0]!.folder, 'weights.safetensors'), 'hex');

    test('the same run gives the same bytes twice in a row, and after two interruptions', async () => {
      const whole = await run('whole');
      expect(await weights(await run('again'))).toBe(await weights(whole));
      for (const last of [4, 12]) {
        const controller = new AbortController();
        const end = await run('cut', {
          signal: controller.signal,
          checkpointSeconds: 0,
          on: (event) => {
            if (event.kind === 'checkpoint' && event.step === last) controller.abort();
          },
        });
        expect(end.status).toBe('interrupted');
      }
      const resumed = await run('cut');
      expect(await weights(resumed)).toBe(await weights(whole));
      expect(resumed.runs[0]!.result.cases).toEqual(whole.runs[0]!.result.cases);
    });

    test('windows that slide and are mirrored are predicted as by `reference`, and to the same bytes twice', async () => {
      const sliding: Partial<Experiment> = {
        crop: [8, 12],
        train: { value: 4, unit: 'steps' },
        predict: [use('sliding', { stride: 0.5, blend: 'gaussian' }), use('flips', { directions: 'all' })],
      };
      const predictions = async ({ runs }: Awaited<ReturnType<typeof run>>) =>
        await readFile(path.join(runs[0]!.folder, 'predictions.safetensors'));
      const found = await predictions(await run('sliding', {}, sliding));
      expect(await predictions(await run('sliding-again', {}, sliding))).toEqual(found);
      const usual = await predictions(await run('reference', { engines: [referenceEngine()] }, sliding));
      const values = (bytes: Buffer) => {
        const file = decodeTensors(bytes);
        return 'reason' in file ? [] : [...file.tensors.values()].flatMap(({ data }) => [...data]);
      };
      const [ours, theirs] = [values(found), values(usual)];
      expect(ours).toHaveLength(2 * 2 * 16 * 16);
      expect(Math.max(...ours.map((value, i) => Math.abs(value - theirs[i]!)))).toBeLessThan(1e-4);
    });
  });
});
