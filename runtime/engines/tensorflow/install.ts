import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from '../error.ts';
import { addonFile } from './manifest.ts';
import { lastLines, runProgram } from './process.ts';
import { silencerSource } from './silencer.ts';
import type { Wheel } from './wheel.ts';

/** The last versions that were released; `node-api-headers` has what the native part includes of Node. */
const packages = { '@tensorflow/tfjs-node-gpu': '4.22.0', 'node-api-headers': '1.9.0' } as const;

type Log = (line: string) => void;

/** Folder into which npm installs; the version in its name keeps a later `dml` from meeting an older one's. */
const installFolder = (home: string): string =>
  path.join(home, `tfjs-node-gpu-${packages['@tensorflow/tfjs-node-gpu']}`);

/**
 * Gets the packages by npm, without their install scripts: the one of tfjs-node-gpu downloads a library of 2022.
 * @returns the folder that npm installed into
 */
export async function installPackages(home: string, log: Log): Promise<string> {
  const folder = installFolder(home);
  if (Object.entries(packages).every(([name, version]) => installedVersion(folder, name) === version))
    return folder;
  log(`Getting @tensorflow/tfjs-node-gpu ${packages['@tensorflow/tfjs-node-gpu']} by npm …`);
  const draft = `${folder}.${process.pid}.tmp`;
  mkdirSync(draft, { recursive: true });
  try {
    writeFileSync(
      path.join(draft, 'package.json'),
      JSON.stringify({ private: true, dependencies: packages }),
    );
    const npm = await runProgram(
      process.platform === 'win32' ? 'npm.cmd' : 'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
      { cwd: draft },
    );
    if (npm.absent)
      throw new EngineError('npm was not found on the path.', 'Install it; it comes with Node.');
    if (npm.code !== 0)
      throw new EngineError(
        `npm could not get @tensorflow/tfjs-node-gpu:\n${lastLines(npm.stderr)}`,
        'Check the network and the registry that `npm config get registry` names, then run this again.',
      );
    rmSync(folder, { recursive: true, force: true });
    renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

export const packageFolder = (folder: string): string =>
  path.join(folder, 'node_modules', '@tensorflow', 'tfjs-node-gpu');

function installedVersion(folder: string, name: string): string | undefined {
  const file = path.join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return undefined;
  const { version }: { version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return version;
}

/**
 * Compiles the native part of the package against the wheel, and the silencer.
 * @returns file of the silencer
 */
export async function buildNative(folder: string, wheel: Wheel, compiler: string, log: Log): Promise<string> {
  log(`Compiling its native part with ${compiler} against ${wheel.folder} …`);
  const own = packageFolder(folder);
  const headers = path.join(folder, 'node_modules', 'node-api-headers', 'include');
  const addon = addonFile(own);
  mkdirSync(path.dirname(addon), { recursive: true });
  // The wheel's libraries find each other and CUDA by paths relative to where they lie, so they are left there.
  await compile(compiler, addon, [
    '-O2',
    '-std=c++17',
    '-DNAPI_VERSION=8',
    `-I${headers}`,
    `-I${wheel.headers}`,
    `-I${own}`,
    path.join(own, 'binding', 'tfjs_backend.cc'),
    path.join(own, 'binding', 'tfjs_binding.cc'),
    ...wheel.libraries,
    `-Wl,--disable-new-dtags,-rpath,${wheel.folder}`,
  ]);
  const silencer = path.join(folder, 'silencer.node');
  const source = path.join(folder, 'silencer.cc');
  writeFileSync(source, silencerSource);
  await compile(compiler, silencer, ['-O2', '-DNAPI_VERSION=8', `-I${headers}`, source]);
  return silencer;
}

async function compile(compiler: string, output: string, args: readonly string[]): Promise<void> {
  const draft = `${output}.${process.pid}.tmp`;
  const { code, stderr } = await runProgram(compiler, ['-shared', '-fPIC', ...args, '-o', draft]);
  if (code !== 0)
    throw new EngineError(
      `${compiler} could not compile ${path.basename(output)}:\n${lastLines(stderr, 10)}`,
      'A C++17 compiler is needed: g++ 8 or later, or clang++ 7 or later; name it in $CXX.',
    );
  renameSync(draft, output);
}

/** `$CXX`, else the first of the usual C++ compilers that answers. */
export async function findCompiler(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<string> {
  const candidates = env.CXX ? [env.CXX] : ['g++', 'c++', 'clang++'];
  for (const candidate of candidates) {
    const { code } = await runProgram(candidate, ['--version'], { env: { ...env } });
    if (code === 0) return candidate;
  }
  throw new EngineError(
    env.CXX ? `The C++ compiler ${env.CXX}, named by $CXX, was not found.` : 'No C++ compiler was found.',
    'Install one: `apt-get install g++` on Debian and Ubuntu, `dnf install gcc-c++` on Fedora, `conda install gxx` with conda.',
  );
}
