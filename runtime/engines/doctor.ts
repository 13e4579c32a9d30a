import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { homeFolder } from '../home.ts';
import { processor, wantedThreads } from './device.ts';
import type { EngineProvider } from './engine.ts';
import { enginesFor } from './index.ts';
import { findCompiler } from './tensorflow/install.ts';
import { findWheel } from './tensorflow/wheel.ts';

/** One thing that `dml` needs or can use, and how it stands. */
export interface Finding {
  readonly name: string;
  /** `missing`: something that can be had is not there; `broken`: something that is needed does not work. */
  readonly status: 'ok' | 'missing' | 'broken';
  /** What was found: a version, a path, or why it is not there. */
  readonly detail: string;
  /** What to do; present unless all is well. */
  readonly help?: string;
}

/** Looks at the machine: Node, the processor, memory, each engine, and what would be needed to set one up. */
export async function examine(): Promise<Finding[]> {
  const engines = await Promise.all((await enginesFor('auto')).map(examineEngine));
  const isReady = engines.some(({ name, status }) => name === 'engine tensorflow' && status === 'ok');
  // What setting up needs is of interest only as long as that has not been done.
  const ingredients = isReady || process.platform !== 'linux' ? [] : [examineWheel(), examineCompiler()];
  return [
    examineNode(),
    examineMachine(),
    ...engines,
    ...(await Promise.all([...ingredients, examineHome()])),
  ];
}

const oldestNode = 20;

function examineNode(): Finding {
  const detail = `${process.version} on ${process.platform} ${process.arch}`;
  return Number(process.versions.node.split('.')[0]) >= oldestNode
    ? { name: 'Node', status: 'ok', detail }
    : { name: 'Node', status: 'broken', detail, help: `Install Node ${oldestNode} or later.` };
}

const examineMachine = (): Finding => ({
  name: 'processor',
  status: 'ok',
  detail: `${processor()}, ${wantedThreads()} threads, ${(os.totalmem() / 2 ** 30).toFixed(1)} GiB of memory`,
});

async function examineEngine(provider: EngineProvider): Promise<Finding> {
  const name = `engine ${provider.name}`;
  const answer = await provider.find();
  if ('missing' in answer)
    return { name, status: 'missing', detail: answer.missing.reason, help: answer.missing.help };
  const { version, device, block, replicas, threads } = answer.found;
  const shape = [
    `${threads} threads`,
    ...(block > 1 ? [`blocks of ${block}`] : []),
    ...(replicas > 1 ? [`${replicas} replicas`] : []),
  ];
  return { name, status: 'ok', detail: `${version} on ${device} (${shape.join(', ')})` };
}

const examineWheel = (): Promise<Finding> => attempt('TensorFlow', async () => (await findWheel()).folder);

const examineCompiler = (): Promise<Finding> => attempt('C++ compiler', () => findCompiler());

const examineHome = (): Promise<Finding> =>
  attempt('folder of dml', async () => {
    const folder = homeFolder();
    await access(nearestExisting(folder), constants.W_OK);
    return folder;
  });

const nearestExisting = (folder: string): string =>
  existsSync(folder) ? folder : nearestExisting(path.dirname(folder));

/** What a search gives, or the message and advice of its error. */
async function attempt(name: string, find: () => Promise<string>): Promise<Finding> {
  try {
    return { name, status: 'ok', detail: await find() };
  } catch (error) {
    const { message } = error as Error;
    const help =
      error instanceof Error && 'help' in error ? String(error.help) : 'Name another with $DML_HOME.';
    return { name, status: 'missing', detail: message, help };
  }
}
