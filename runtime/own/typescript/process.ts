/**
 * The process that holds TypeScript, started for one request (`runtime/own/ask.ts`): it reads files and answers, and
 * never runs what is in them.
 */
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import type { CompileAnswer, Failed, ReadAnswer, Request } from '../protocol.ts';
import { compile } from './compile.ts';
import { openProgram } from './program.ts';
import { readSignatures } from './signatures.ts';

/** Written by the build, beside the bundle. */
const types = new URL(
  import.meta.url.endsWith('.ts') ? '../../../dist/api.d.ts' : './api.d.ts',
  import.meta.url,
);

function answer(request: Request): ReadAnswer | CompileAnswer | Failed {
  try {
    const program = openProgram(request, readFileSync(types, 'utf8'));
    return request.job === 'read' ? readSignatures(program) : compile(program);
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

process.stdout.write(JSON.stringify(answer(JSON.parse(await text(process.stdin)) as Request)));
