import { createHash } from 'node:crypto';
import { toYaml } from '../../compiler/canonical/write.ts';
import { contentKey } from '../../compiler/identity.ts';
import { readCheckpoint } from '../store/checkpoint.ts';
import { files, readEnvironment, startRun } from '../store/run-folder.ts';
import type { Network } from './network.ts';
import type { Place } from './run-task.ts';
import { firstWeights } from './start-weights.ts';
import type { State } from './train.ts';
import { initialWeights } from './weights.ts';

/** A state between two steps, and the part of the metrics that belongs to it. */
export interface Start {
  readonly state: State;
  readonly metricsBytes: number;
}

/** The newest checkpoint of this run, or its beginning in a folder that is made ready for it. */
export async function startOrResume(place: Place, { graph, flops }: Network): Promise<Start> {
  const { folder, identity, options, run, engine, arm, isForced, teaching } = place;
  const before = isForced ? undefined : await readEnvironment(folder);
  if (before?.identity.key === identity.key) {
    const owner = { key: identity.key, variables: graph.variables };
    const { checkpoint, damaged } = await readCheckpoint(files(folder).checkpoints, owner);
    const notice = (message: string) => options.on({ kind: 'notice', run: run.name, message });
    for (const { file, reason } of damaged)
      notice(`${file} cannot be used: ${reason}. The run goes on from the checkpoint before it.`);
    if (checkpoint && before.dml !== options.version)
      notice(
        `The run was begun by dml ${before.dml}, this is ${options.version}: its weights may differ in the last bits.`,
      );
    if (checkpoint) return { state: checkpoint, metricsBytes: checkpoint.metricsBytes };
  }
  const first = await firstWeights(place, graph);
  await startRun(folder, {
    source: options.source.text,
    experiment: toYaml(arm.experiment),
    environment: {
      dml: options.version,
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      engine,
      identity,
      set: options.set ?? [],
      inputs: {
        source: createHash('sha256').update(options.source.text).digest('hex'),
        data: arm.data.hash,
        ...(first ? { start: first.hash } : {}),
        ...Object.fromEntries(
          arm.teachers
            .filter(({ trains, scores }) => trains || scores)
            .map((teacher) => [
              `teacher ${teacher.arm.experiment.name}`,
              contentKey([teacher.arm.training, teacher.arm.content]),
            ]),
        ),
      },
      ...(Object.keys(teaching.temperatures).length > 0 ? { temperatures: teaching.temperatures } : {}),
      flops,
      started: new Date().toISOString(),
    },
  });
  const variables = new Map([...initialWeights(graph, identity.seed), ...(first?.tensors ?? [])]);
  return { state: { step: 0, variables, seconds: 0, loss: undefined }, metricsBytes: 0 };
}
