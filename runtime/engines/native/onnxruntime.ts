import { availableParallelism, cpus } from 'node:os';
import type { InferenceSession } from 'onnxruntime-node';

export type Onnxruntime = typeof import('onnxruntime-node');

/** Loads the library: some 70 ms, once. */
export const loadOnnxruntime = (): Promise<Onnxruntime> => import('onnxruntime-node');

/** Cores that this process may use, or what `DML_THREADS` says. */
export function wantedThreads(environment: NodeJS.ProcessEnv = process.env): number {
  const asked = Number(environment.DML_THREADS);
  return Number.isInteger(asked) && asked > 0 ? asked : availableParallelism();
}

/** The processor decides which kernels run, so it is part of what decides the bits. */
export const processor = () => `${process.arch} ${cpus()[0]?.model.trim() ?? 'unknown'}`;

/**
 * Measured on the U-Net of the benchmark: without the arena a step takes 40 % longer, with two inter-op threads 150 %;
 * the library's own graph optimizer costs 3 % (our models leave it nothing to do, and it reorders).
 */
export const sessionOptions = (threads: number): InferenceSession.SessionOptions => ({
  executionProviders: ['cpu'],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'disabled',
  enableCpuMemArena: true,
  enableMemPattern: true,
  logSeverityLevel: 3,
  extra: { session: { intra_op: { allow_spinning: '1' } } },
});
