import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Session } from '../../runtime/engines/engine.ts';
import { registry } from '../../runtime/registry.generated.ts';
import type { TrainerEvent } from '../../runtime/trainer/events.ts';
import type { RunOptions } from '../../runtime/trainer/run.ts';
import { referenceEngine } from './reference-session.ts';

/** Options of a run into `out`, on `reference`, that collect the events. */
export function runOptions(out: string, changes: Partial<RunOptions> = {}) {
  const events: TrainerEvent[] = [];
  const all: RunOptions = {
    version: '1.2.3',
    registry,
    source: { path: 'small.dml', text: 'dml 1\n# as written\n' },
    out,
    data: out,
    engines: [referenceEngine()],
    on: (event) => void events.push(event),
    ...changes,
  };
  return { ...all, events };
}

/** Kinds of the events in their order, each once, without progress. */
export const kinds = (events: readonly TrainerEvent[]) => [
  ...new Set(events.map(({ kind }) => kind).filter((kind) => kind !== 'progress')),
];

/** An engine that pulls the plug during the given call of a function, counted over all its sessions. */
export function interrupting(
  call: number,
  of: 'train' | 'infer' = 'train',
): Pick<RunOptions, 'engines' | 'signal'> {
  const controller = new AbortController();
  let calls = 0;
  const wrap = (session: Session): Session => ({
    ...session,
    call: (name, inputs) => {
      if (name === of && calls++ === call) controller.abort();
      return session.call(name, inputs);
    },
  });
  return { engines: [referenceEngine(wrap)], signal: controller.signal };
}

/** What a finished run has left, but for times. */
export const readRun = async (folder: string) => {
  const names = ['weights.safetensors', 'metrics.jsonl', 'predictions.safetensors'];
  const [weights, metrics, predictions] = await Promise.all(
    names.map((name) => readFile(path.join(folder, name), 'hex')),
  );
  const text = await readFile(path.join(folder, 'result.json'), 'utf8');
  const { seconds: _, scoring: __, ...result } = JSON.parse(text);
  return { weights, metrics, predictions, result };
};
