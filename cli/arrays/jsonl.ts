import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Context, Report } from '../command.ts';
import { describe, UsageError } from '../errors.ts';
import { demandEnds } from '../files.ts';

/** Answers one question; what it throws becomes the error of that line. */
export type Answer = (question: unknown) => Promise<object>;

/**
 * Answers a file of JSON objects, one a line, with one object a line in the same order; `-` is standard input. A line
 * that cannot be answered gets `{"error": {"message", …}}` and the others go on. Empty lines are passed over. What a
 * question has as `id` stands in its answer. Exit 1 if a line failed.
 */
export async function answerLines(file: string, context: Context, answer: Answer): Promise<Report> {
  let failed = 0;
  let line = 0;
  for await (const text of await linesOf(file, context)) {
    line += 1;
    if (text.trim() === '') continue;
    const reply = await replyTo(text, line, answer);
    if ('error' in reply) failed += 1;
    context.terminal.out.write(`${JSON.stringify(reply)}\n`);
  }
  return { exit: failed > 0 ? 1 : 0, data: {}, text: '', printed: true };
}

async function replyTo(text: string, line: number, answer: Answer): Promise<object> {
  let id: { readonly id?: unknown } = {};
  try {
    const { id: own, ...question } = objectOf(text);
    if (own !== undefined) id = { id: own };
    return { ...id, ...(await answer(question)) };
  } catch (error) {
    const { stack, ...failure } = describe(error);
    return { ...id, error: { line, ...failure, ...(stack ? { bug: true } : {}) } };
  }
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(
      `This line is no JSON: ${(error as Error).message}.`,
      'Write one JSON object a line.',
    );
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UsageError('This line is no JSON object.', 'Write one JSON object a line: {"…": …}');
}

async function linesOf(file: string, { cwd, inputLines }: Context): Promise<AsyncIterable<string>> {
  if (file === '-') return inputLines();
  const place = path.resolve(cwd, file);
  demandEnds(place, file, `Give it to standard input: --jsonl - < ${file}`);
  if ((await stat(place)).isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR', path: file });
  return createInterface({ input: createReadStream(place), crlfDelay: Number.POSITIVE_INFINITY });
}
