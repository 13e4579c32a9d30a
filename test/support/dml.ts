import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

export const root = path.resolve(import.meta.dirname, '../..');
const bundle = path.join(root, 'dist/dml.js');

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Call {
  /** An empty folder of its own otherwise. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Sends SIGINT as soon as this is in what was printed. */
  readonly interruptAt?: RegExp;
  readonly nodeFlags?: readonly string[];
}

/** What tests hand on of their own environment. Several run at a time, so each engine computes on one thread. */
export const environment: Readonly<Record<string, string | undefined>> = {
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NO_COLOR: '1',
  DML_THREADS: '1',
};

/** Starts `dml` the way a user does, and waits for its end. */
export function dml(words: readonly string[], call: Call = {}): Promise<Ended> {
  if (!existsSync(bundle)) throw new Error('dist/dml.js is missing: npm run build');
  const { cwd = temporaryFolder(), env = {}, input = '', interruptAt, nodeFlags = [] } = call;
  const child = spawn(process.execPath, [...nodeFlags, bundle, ...words], {
    cwd,
    env: { ...environment, ...env },
  });
  const written = { out: '', err: '' };
  let interrupted = false;
  const keep = (name: 'out' | 'err') => (text: string) => {
    written[name] += text;
    if (interruptAt && !interrupted && interruptAt.test(written[name])) {
      interrupted = true;
      child.kill('SIGINT');
    }
  };
  child.stdout.setEncoding('utf8').on('data', keep('out'));
  child.stderr.setEncoding('utf8').on('data', keep('err'));
  child.stdin.on('error', () => {}).end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, ...written }));
  });
}

/** A folder that goes when the test is over. */
export function temporaryFolder(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dml-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

/** An experiment that takes a moment, with changes of its fields. */
export const tiny = (
  fields: Readonly<Record<string, string>> = {},
  dataset = 'source: phantom(cases: 6, raters: 3, size: 32)',
) => {
  const all = {
    data: 'shapes',
    labels: 'raters |> average',
    model: 'unet(depth: 1, width: 4)',
    loss: '0.25 ce + 0.75 dml1',
    optimizer: 'sgd(rate: 1e-2)',
    train: '3 steps',
    batch: '2',
    evaluate: 'dice, bdice',
    ...fields,
  };
  const lines = Object.entries(all).map(([name, value]) => `  ${name}: ${value}`);
  return `dml 1\ndataset shapes {\n  ${dataset}\n}\nexperiment tiny {\n${lines.join('\n')}\n}\n`;
};
