import { createHash } from 'node:crypto';
import { createReadStream, existsSync, statSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { homeFolder } from '../../home.ts';
import { EngineError } from '../error.ts';
import { buildNative, findCompiler, installPackages, packageFolder } from './install.ts';
import { type Manifest, removeManifest, writeManifest } from './manifest.ts';
import { selfTest } from './self-test.ts';
import { missingSymbols } from './symbols.ts';
import { findWheel, type Wheel } from './wheel.ts';

export interface SetupOptions {
  /** Where TensorFlow is: a virtual environment, a site-packages, a `tensorflow` folder or an unpacked wheel. */
  readonly from?: string;
  /** Where to put what is built; the folder of `dml` by default. */
  readonly home?: string;
  /** Is told each step as it begins. */
  readonly log?: (line: string) => void;
}

/**
 * Makes the engines `tensorflow` and `cuda` ready: gets tfjs-node-gpu, builds its native part against a TensorFlow
 * wheel that is there, tests it and notes it down. Doing it again is harmless, and takes another wheel where one is named.
 * @throws EngineError with what to do
 */
export async function setupTensorflow(options: SetupOptions = {}): Promise<Manifest> {
  const { from, log = () => {} } = options;
  if (process.platform !== 'linux')
    throw new EngineError(
      `The engine tensorflow is set up on Linux only, and this is ${process.platform}.`,
      'Use the engine native, which needs nothing.',
    );
  const wheel = await findWheel(from);
  log(`TensorFlow: ${wheel.folder}`);
  await demandComplete(wheel);
  const compiler = await findCompiler();
  await mkdir(options.home ?? homeFolder(), { recursive: true });
  // Node knows loaded modules by their real path.
  const home = await realpath(options.home ?? homeFolder());
  // From here on the old one is changed: if anything fails, there is none.
  await removeManifest(home);
  const folder = await installPackages(home, log);
  const silencer = await buildNative(folder, wheel, compiler, log);
  log('Testing a convolution and its gradients …');
  const { version, gpu } = await selfTest(packageFolder(folder));
  const [file] = wheel.libraries;
  return writeManifest(home, {
    version,
    library: { file, sha256: await sha256(file), bytes: statSync(file).size },
    package: packageFolder(folder),
    silencer,
    gpu,
  });
}

async function demandComplete({ folder, libraries, headers }: Wheel): Promise<void> {
  const help = 'Use the wheel of TensorFlow 2.21.0, which is known to work.';
  const gone = [...libraries, path.join(headers, 'tensorflow', 'c', 'c_api.h')].find(
    (file) => !existsSync(file),
  );
  if (gone) throw new EngineError(`The TensorFlow in ${folder} is not complete: ${gone} is missing.`, help);
  const missing = await missingSymbols(libraries);
  if (missing.length > 0)
    throw new EngineError(
      `The TensorFlow in ${folder} lacks ${missing.length} functions of its C API: ${missing.join(', ')}.`,
      help,
    );
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest('hex');
}
