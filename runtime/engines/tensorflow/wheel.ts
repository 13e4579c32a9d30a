import { execFile } from 'node:child_process';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { EngineError } from '../error.ts';

/** The folder `tensorflow` of an installed or unpacked wheel, with its libraries and headers. */
export interface Wheel {
  readonly folder: string;
  /** Both are linked: the C API lies in the first, what it stands on in the second. */
  readonly libraries: readonly [api: string, framework: string];
  readonly headers: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const install =
  'Install it with `pip install tensorflow-cpu==2.21.0` (for an NVIDIA card `pip install "tensorflow[and-cuda]==2.21.0"`), ' +
  'in a virtual environment if you like, and name its folder with --from.';

/**
 * Finds TensorFlow: in `from` (a virtual environment, a site-packages, a `tensorflow` folder, an unpacked wheel),
 * else in `$VIRTUAL_ENV`, else where the Python on the path has it. Nothing is imported.
 */
export async function findWheel(from?: string, env: Environment = process.env): Promise<Wheel> {
  if (from !== undefined) {
    const wheel = wheelIn(path.resolve(from));
    if (wheel) return wheel;
    throw new EngineError(
      `${from} holds no TensorFlow: no ${API} in it, in a folder tensorflow, or in lib/python…/site-packages.`,
      install,
    );
  }
  const wheel = (env.VIRTUAL_ENV && wheelIn(env.VIRTUAL_ENV)) || (await wheelOfPython(env));
  if (wheel) return wheel;
  throw new EngineError(
    'No TensorFlow was found: neither in $VIRTUAL_ENV nor by the Python on the path.',
    install,
  );
}

const API = 'libtensorflow_cc.so.2';
const FRAMEWORK = 'libtensorflow_framework.so.2';

function wheelIn(folder: string): Wheel | undefined {
  const candidates = [folder, path.join(folder, 'tensorflow'), ...sitePackages(folder)];
  const found = candidates.find((candidate) => existsSync(path.join(candidate, API)));
  if (!found) return undefined;
  const real = realpathSync(found);
  return {
    folder: real,
    libraries: [path.join(real, API), path.join(real, FRAMEWORK)],
    headers: path.join(real, 'include'),
  };
}

/** `tensorflow` in each site-packages of a virtual environment. */
const sitePackages = (environment: string): string[] =>
  ['lib', 'lib64'].flatMap((lib) => {
    const folder = path.join(environment, lib);
    const pythons = existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('python')) : [];
    return pythons.map((python) => path.join(folder, python, 'site-packages', 'tensorflow'));
  });

/** Asks for the place of the package, which does not import it. */
const question = `
import importlib.util
spec = importlib.util.find_spec('tensorflow')
print(next(iter(spec.submodule_search_locations), '') if spec and spec.submodule_search_locations else '')
`;

async function wheelOfPython(env: Environment): Promise<Wheel | undefined> {
  for (const python of ['python3', 'python']) {
    const folder = await answer(python, env);
    const wheel = folder ? wheelIn(folder) : undefined;
    if (wheel) return wheel;
  }
  return undefined;
}

async function answer(python: string, env: Environment): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)(python, ['-c', question], { env: { ...env } });
    return stdout.trim();
  } catch {
    return undefined;
  }
}
