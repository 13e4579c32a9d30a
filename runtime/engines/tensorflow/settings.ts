import type { EngineClass } from '../engine.ts';

/**
 * TensorFlow reads these from the environment when it starts, and no call sets them later. What the user has set
 * for reasons of their own (`CUDA_VISIBLE_DEVICES`) is kept where it does not decide the bits.
 */
export function settingsFor({
  engine,
  threads,
}: Pick<EngineClass, 'engine' | 'threads'>): Readonly<Record<string, string>> {
  return { ...common, TF_NUM_INTEROP_THREADS: String(threads), ...(engine === 'cuda' ? cuda : cpu) };
}

const common = {
  // The number of threads inside an operation changes the bits; with one, the parts of the batch fill the cores.
  TF_NUM_INTRAOP_THREADS: '1',
  TF_CPP_MIN_LOG_LEVEL: '2',
};

const cpu = {
  // By default only processors with instructions for networks have oneDNN. Without it a step takes more than twice as long,
  // and dilated convolutions have no gradient.
  TF_ENABLE_ONEDNN_OPTS: '1',
  // Kept primitives saved 2 ms of a step of 52 ms (U-Net, 128 × 128, width 16, batch 4).
  TF_MKL_OPTIMIZE_PRIMITIVE_MEMUSE: 'false',
  CUDA_VISIBLE_DEVICES: '-1',
};

const cuda = {
  TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  // Same bits twice: no atomics, and no choice of kernels by timing.
  TF_DETERMINISTIC_OPS: '1',
  TF_CUDNN_USE_AUTOTUNE: '0',
  // TF32 keeps 10 bits of the mantissa, too few for the promised tolerances.
  NVIDIA_TF32_OVERRIDE: '0',
};
