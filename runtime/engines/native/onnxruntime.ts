import type { InferenceSession } from 'onnxruntime-node';

export type Onnxruntime = typeof import('onnxruntime-node');

/** Loads the library: some 80 ms, once. */
export const loadOnnxruntime = (): Promise<Onnxruntime> => import('onnxruntime-node');

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
