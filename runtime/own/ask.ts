import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import packageJson from '../../package.json' with { type: 'json' };
import { OwnError } from './own-error.ts';
import type { Answers, Failed, Request } from './protocol.ts';

const isBundled = !import.meta.url.endsWith('.ts');
const entry = fileURLToPath(
  new URL(isBundled ? './signatures.js' : './typescript/process.ts', import.meta.url),
);

/** Far more than TypeScript needs for a component; a type that never ends must not hold a command for ever. */
const limitSeconds = 120;

/** Changes whenever answers may: what is kept of older ones is not believed. */
export function readerVersion(): string {
  const { size, mtimeMs } = statSync(entry);
  return `${packageJson.version} ${size} ${mtimeMs}`;
}

/** Starts the process that holds TypeScript, and waits for its answer. Nothing that it reads is run. */
export function ask<Job extends Request['job']>(request: Request & { readonly job: Job }): Answers[Job] {
  const flags = isBundled ? [] : ['--import', import.meta.resolve('tsx')];
  const { stdout, error, signal } = spawnSync(process.execPath, [...flags, entry], {
    input: JSON.stringify(request),
    encoding: 'utf8',
    maxBuffer: 1024 ** 3,
    timeout: limitSeconds * 1000,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const answer = parse<Answers[Job] | Failed>(stdout);
  if (answer && !('failure' in answer)) return answer;
  const late = (error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT';
  const reason = answer?.failure ?? (late ? `it took more than ${limitSeconds} seconds` : error?.message);
  throw new OwnError(
    `TypeScript could not read this file: ${reason ?? `its process ended${signal ? ` by ${signal}` : ''}`}.`,
    request.main,
    'Write it simpler: a component is a function with declared types.',
  );
}

function parse<T>(text: string | null): T | undefined {
  try {
    return JSON.parse(text ?? '') as T;
  } catch {
    return undefined;
  }
}
