import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Graph } from '../../../compiler/graph/graph.ts';
import { replicas } from '../../../compiler/graph/passes/replicas.ts';
import { homeFolder } from '../../home.ts';
import { processor, wantedThreads } from '../device.ts';
import type { Engine, EngineClass, EngineProvider, Missing } from '../engine.ts';
import { EngineError } from '../error.ts';
import { loadLibrary } from './library.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { openSession } from './session.ts';

type Name = 'tensorflow' | 'cuda';

const setUp = 'Run `dml setup tensorflow`.';
const withoutCard = [
  'TensorFlow was set up without its CUDA libraries or without the card',
  'Install the wheel with CUDA (`pip install "tensorflow[and-cuda]==2.21.0"`), then run `dml setup tensorflow`.',
] as const;

/** TensorFlow on the processor. */
export const tensorflow: EngineProvider = provider('tensorflow', async () => ({ device: processor() }));

/** The same graph on an NVIDIA card. */
export const cuda: EngineProvider = provider('cuda', async () => {
  const device = await graphicsCard();
  return device === undefined
    ? { reason: 'no NVIDIA card is visible', help: 'See what `nvidia-smi` says.' }
    : { device };
});

type Located = { readonly device: string } | Omit<Missing, 'engine'>;

function provider(name: Name, locate: () => Promise<Located>): EngineProvider {
  const missing = (reason: string, help: string) => ({ missing: { engine: name, reason, help } });
  return {
    name,
    async find(wanted) {
      if (process.platform !== 'linux')
        return missing(`it runs on Linux, and this is ${process.platform}`, 'Use the engine native.');
      const located = await locate();
      if ('reason' in located) return missing(located.reason, located.help);
      const state = readManifest(homeFolder());
      if ('problem' in state) return missing(state.problem, setUp);
      if (name === 'cuda' && !state.manifest.gpu) return missing(...withoutCard);
      const cores = wantedThreads();
      const own: EngineClass = {
        engine: name,
        version: versionOf(state.manifest),
        device: located.device,
        block: 1,
        // One stream runs everything on a card; a processor is filled by the parts of the batch.
        replicas: name === 'cuda' ? 1 : cores,
        threads: cores,
      };
      if (!wanted) return { found: own };
      // Any number of threads computes any number of parts of the batch, and gives the same bits.
      const met =
        wanted.version === own.version && wanted.device === own.device && wanted.block === own.block;
      if (met) return { found: wanted };
      return missing(
        `the run was begun with ${describe(wanted)}, and here is ${describe(own)}`,
        'Resume it where it was begun, or start it anew with --force.',
      );
    },
    async open(engine) {
      const state = readManifest(homeFolder());
      if ('problem' in state)
        throw new EngineError(`The engine ${name} is not there: ${state.problem}.`, setUp);
      if (versionOf(state.manifest) !== engine.version)
        throw new EngineError(
          `TensorFlow ${engine.version} has been replaced since it was chosen.`,
          'Run again.',
        );
      const library = loadLibrary(state.manifest, engine);
      if (name === 'cuda' && !library.backend().isUsingGpuDevice)
        throw new EngineError(
          'TensorFlow does not use the NVIDIA card.',
          'See what `dml setup tensorflow` says.',
        );
      return {
        class: engine,
        load: (graph: Graph) => openSession(library, replicas(engine.replicas)(graph)),
      } satisfies Engine;
    },
  };
}

/** A wheel for processors and one for cards have the same version, so the library's hash tells them apart. */
const versionOf = ({ version, library }: Manifest): string => `${version}-${library.sha256.slice(0, 8)}`;

const describe = ({ version, device }: EngineClass): string => `TensorFlow ${version} on ${device}`;

/** The card that TensorFlow takes, which is the last that it may see. */
async function graphicsCard(): Promise<string | undefined> {
  const visible = process.env.CUDA_VISIBLE_DEVICES?.split(',').map((index) => index.trim());
  const names = await installedCards();
  if (!visible) return names.at(-1);
  const last = visible.at(-1)!;
  return /^\d+$/.test(last) ? names[Number(last)] : last && last !== '-1' ? names.at(-1) : undefined;
}

async function installedCards(): Promise<readonly string[]> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', ['--query-gpu=name', '--format=csv,noheader']);
    return stdout
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  } catch {
    return [];
  }
}
