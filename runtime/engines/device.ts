import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * The processor as it is recorded with a run: `x64 AMD EPYC avx512`. Libraries choose their kernels by instruction set
 * and cache sizes, so equal bits are promised only for the same model.
 */
export function processor(): string {
  const model = os.cpus()[0]?.model.replace(/\s+/g, ' ').trim() || 'unknown';
  return [process.arch, model, vectorUnit()].filter(Boolean).join(' ');
}

/** Best first, by the name of the flag that Linux shows. A virtual machine may hide what its model could do. */
const vectorUnits = { avx512f: 'avx512', avx2: 'avx2', asimd: 'neon' };

function vectorUnit(): string | undefined {
  try {
    const flags = new Set(
      /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' '),
    );
    return Object.entries(vectorUnits).find(([flag]) => flags.has(flag))?.[1];
  } catch {
    return undefined;
  }
}

/** Cores that this process may use, or what `$DML_THREADS` says. */
export function wantedThreads(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const asked = Number(env.DML_THREADS);
  return Number.isInteger(asked) && asked > 0 ? asked : os.availableParallelism();
}
