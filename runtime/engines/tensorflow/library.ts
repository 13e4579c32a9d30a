import { createRequire } from 'node:module';
import util from 'node:util';
import { isMainThread } from 'node:worker_threads';
import type { EngineClass } from '../engine.ts';
import { EngineError } from '../error.ts';
import { addonFile, type Manifest } from './manifest.ts';
import { settingsFor } from './settings.ts';

/** What we call of `@tensorflow/tfjs-node-gpu`. */
export interface TensorflowLibrary {
  tensor(data: Float32Array, shape: readonly number[], dtype: 'float32'): TensorflowTensor;
  memory(): { readonly numTensors: number };
  backend(): {
    readonly isUsingGpuDevice: boolean;
    readonly binding: { readonly TF_Version: string };
  };
  readonly node: {
    loadSavedModel(folder: string, tags: readonly string[], signature: string): Promise<TensorflowFunction>;
  };
}

export interface TensorflowTensor {
  dataSync(): Float32Array;
  dispose(): void;
}

/** A loaded signature; all of one folder share a session and with it their variables. */
export interface TensorflowFunction {
  predict(inputs: Readonly<Record<string, TensorflowTensor>>): Readonly<Record<string, TensorflowTensor>>;
  dispose(): void;
}

/** Loads the package with the settings of an engine class, without a word on the terminal. */
export function loadLibrary(manifest: Manifest, engine: EngineClass): TensorflowLibrary {
  if (!isMainThread)
    throw new Error('TensorFlow reads its settings from the environment of the main thread only');
  const require = createRequire(import.meta.url);
  const settings = settingsFor(engine);
  if (require.cache[addonFile(manifest.package)]) demandSettings(settings);
  Object.assign(process.env, settings);
  restoreUtilities();
  const silencer: { mute(): number; restore(saved: number): void } = require(manifest.silencer);
  const { noDeprecation } = process;
  const stderr = silencer.mute();
  try {
    process.noDeprecation = true;
    return require(manifest.package);
  } catch (error) {
    throw new EngineError(
      `TensorFlow cannot be loaded: ${error instanceof Error ? error.message : error}`,
      'Run `dml setup tensorflow` again.',
    );
  } finally {
    process.noDeprecation = noDeprecation ?? false;
    silencer.restore(stderr);
  }
}

/** Settings hold for the life of the process, so a second engine in it must want the same. */
function demandSettings(settings: Readonly<Record<string, string>>): void {
  const other = Object.entries(settings).find(([name, value]) => process.env[name] !== value);
  if (other)
    throw new EngineError(
      `TensorFlow already runs in this process with ${other[0]}=${process.env[other[0]]}, and needs ${other[1]} now.`,
      'Use a process of its own for each engine.',
    );
}

/** tfjs-node 4.22 calls these functions, which newer versions of Node warn of (22) or have no more (23). */
function restoreUtilities(): void {
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
}
