import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Experiment } from '../../../compiler/experiment.ts';
import { runExperiment } from '../../../runtime/trainer/run.ts';
import { engines } from '../../support/evaluators.ts';
import { smallExperiment, use } from '../../support/experiment.ts';
import { runOptions } from '../../support/runs.ts';

const experiment: Experiment = {
  ...smallExperiment,
  augment: [use('flip', { axis: 'horizontal' })],
  model: use('unet', { depth: 2, width: 4, norm: 'batch' }),
  train: { value: 1000, unit: 'steps' },
};

test.for(engines)(
  'memory is flat over 1,000 steps of a run with the engine $name',
  { timeout: 120_000 },
  async ({ name, missing, engine }, { skip }) => {
    skip(missing !== undefined, missing);
    const out = await mkdtemp(path.join(tmpdir(), 'dml-memory-'));
    onTestFinished(() => rm(out, { recursive: true }));
    const measured: number[] = [];
    const { status } = await runExperiment(
      experiment,
      runOptions(out, {
        engines: [{ name, find: async () => ({ found: engine().class }), open: async () => engine() }],
        checkpointSeconds: 0.2,
        on: (event) => {
          if (event.kind === 'progress') measured.push(process.memoryUsage.rss());
        },
      }),
    );
    expect(status).toBe('done');
    const half = measured.slice(Math.floor(measured.length / 2));
    const third = Math.floor(half.length / 3);
    const grown = Math.max(...half.slice(-third)) - Math.max(...half.slice(0, third));
    expect(grown / 1e6).toBeLessThan(20);
  },
);
