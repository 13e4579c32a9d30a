import os from 'node:os';

/**
 * The processor as it is recorded with a run. Libraries choose their kernels by instruction set and cache sizes,
 * so equal bits are promised only for the same model.
 */
export const processorName = (): string => os.cpus()[0]?.model.replace(/\s+/g, ' ').trim() || os.arch();

/** Cores that this process may use. */
export const processorCores = (): number => os.availableParallelism();
