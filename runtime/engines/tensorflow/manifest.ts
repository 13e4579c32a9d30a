import { readFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { writeJson } from '../../store/files.ts';

/** What `dml setup tensorflow` has built, in `tensorflow.json` of the folder of `dml`. Paths are absolute. */
export interface Manifest {
  readonly format: typeof FORMAT;
  /** Version of TensorFlow, as the library itself says. */
  readonly version: string;
  /** `libtensorflow_cc.so.2` in the wheel, which stays where it is. */
  readonly library: { readonly file: string; readonly sha256: string; readonly bytes: number };
  /** Folder of `@tensorflow/tfjs-node-gpu`, its native part built. */
  readonly package: string;
  /** Native module that silences what TensorFlow writes while it loads. */
  readonly silencer: string;
  /** The self-test ran on a graphics card. */
  readonly gpu: boolean;
}

const FORMAT = 1;

const manifestFile = (home: string): string => path.join(home, 'tensorflow.json');

export async function writeManifest(home: string, manifest: Omit<Manifest, 'format'>): Promise<Manifest> {
  const complete: Manifest = { format: FORMAT, ...manifest };
  await writeJson(manifestFile(home), complete);
  return complete;
}

export const removeManifest = (home: string): Promise<void> => rm(manifestFile(home), { force: true });

/** Why what was set up cannot be used, as the end of a sentence. */
export type ManifestState = { readonly manifest: Manifest } | { readonly problem: string };

/** Reads what was set up, and looks whether it is still there; nothing is loaded. */
export function readManifest(home: string): ManifestState {
  const file = manifestFile(home);
  const text = readOptional(file);
  if (text === undefined) return { problem: 'it has not been set up' };
  const manifest = parse(text);
  if (!manifest) return { problem: `${file} was written by another version of dml` };
  const { library } = manifest;
  const bytes = statSync(library.file, { throwIfNoEntry: false })?.size;
  if (bytes === undefined) return { problem: `${library.file} is no longer there` };
  if (bytes !== library.bytes) return { problem: `${library.file} has been replaced since it was set up` };
  const gone = [addonFile(manifest.package), manifest.silencer].find(
    (part) => !statSync(part, { throwIfNoEntry: false }),
  );
  return gone ? { problem: `${gone} is no longer there` } : { manifest };
}

/** Where `@mapbox/node-pre-gyp` looks for the native part of the package, on every Node from 20 on. */
export const addonFile = (packageFolder: string): string =>
  path.join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');

function readOptional(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest: Manifest = JSON.parse(text);
    return manifest.format === FORMAT ? manifest : undefined;
  } catch {
    return undefined;
  }
}
