import type { LabelSource } from '../../compiler/experiment.ts';
import { type Graph, inputsOf } from '../../compiler/graph/graph.ts';
import { openBatches } from '../../runtime/data/batches.ts';
import { foldOf, openSource } from '../../runtime/data/open.ts';
import type { Session } from '../../runtime/engines/engine.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { train } from '../../runtime/trainer/train.ts';
import { experimentOf, type Setting } from './setting.ts';

/** The trainer's whole loop on `phantom`, without disk: batches from the worker, rate, step, bookkeeping. */
export async function openLoop(
  setting: Setting,
  session: Session,
  graph: Graph,
  targets: readonly LabelSource[],
) {
  const { data, batch, augment } = experimentOf(setting);
  const source = await openSource(data, '.', registry);
  const { train: cases } = await foldOf(data, source.cases, 0, '.', registry);
  const size = [setting.size, setting.size] as const;
  const batches = openBatches({
    data,
    root: '.',
    cases,
    targets,
    teachers: {},
    size,
    channels: 1,
    batch,
    augment,
    seed: 0,
  });
  return {
    /** Milliseconds a step, over this many. */
    async run(steps: number): Promise<readonly number[]> {
      const variables = await session.read();
      const start = performance.now();
      await train({
        session,
        inputs: Object.keys(inputsOf(graph, 'train')),
        batches,
        rate: () => 1e-2,
        steps,
        batch,
        terms: [],
        from: { step: 0, variables, seconds: 0, loss: undefined },
        search: undefined,
        log: { append: () => {}, flush: async () => 0, close: async () => {} },
        save: async () => {},
        checkpointSeconds: Number.POSITIVE_INFINITY,
        signal: undefined,
        report: () => {},
      });
      return [(performance.now() - start) / steps];
    },
    close: () => batches.close(),
  };
}
