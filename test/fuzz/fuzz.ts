/**
 * Generated programs and what mutations make of them, against parser, checker, formatter, differ and linter.
 *
 *     npm run fuzz -- --count 1000000 [--seed 1] [--workers 1] [--from 0]
 *
 * Input N of a seed is always the same text. A worker that dies, needs too much memory or stands still for a minute is
 * told of, and the others go on behind that input. Exit 1 if something failed.
 */
import { fork } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Task, Told } from './worker.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    workers: { type: 'string', default: '1' },
  },
});
const [count, start, seed, workers] = [values.count, values.from, values.seed, values.workers].map(
  Number,
) as [number, number, number, number];

const block = 10_000;
const megabytes = 1024;
const stillSeconds = 120;

const failures = new Map<string, { readonly number: number; readonly text: string; times: number }>();
let next = start;
let done = 0;
const began = performance.now();

await Promise.all(Array.from({ length: workers }, work));
for (const [why, { number, text, times }] of failures)
  console.log(
    `\n${why}\n  ${times} times, first at --seed ${seed} --from ${number} --count 1\n  ${JSON.stringify(text)}`,
  );
console.log(`\n${done} inputs of seed ${seed} in ${seconds()} s, ${failures.size} faults`);
if (failures.size > 0) process.exitCode = 1;

async function work(): Promise<void> {
  while (next < start + count) {
    const from = next;
    next = Math.min(start + count, from + block);
    await take({ seed, from, to: next, each: false });
    console.error(`${done} inputs, ${seconds()} s, ${failures.size} faults`);
  }
}

/** A stretch of inputs to its end; behind an input that a worker did not survive, with another worker. */
async function take(task: Task): Promise<void> {
  const { at, lost } = await run(task);
  if (lost === undefined) return;
  if (task.each) {
    fail(at, lost, '');
    done += 1;
    if (at + 1 < task.to) await take({ ...task, from: at + 1, each: false });
  } else {
    const to = Math.min(task.to, at + 100);
    await take({ ...task, from: at, to, each: true });
    if (to < task.to) await take({ ...task, from: to });
  }
}

/** How far a worker came, and what became of it if it did not come to its end. */
function run(task: Task): Promise<{ readonly at: number; readonly lost: string | undefined }> {
  const child = fork(path.join(import.meta.dirname, 'worker.ts'), [JSON.stringify(task)], {
    execArgv: ['--import', 'tsx', `--max-old-space-size=${megabytes}`],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let at = task.from;
  let isStill = false;
  const stop = () => {
    isStill = true;
    child.kill('SIGKILL');
  };
  let watch = setTimeout(stop, stillSeconds * 1000);
  return new Promise((resolve) => {
    child.on('message', (told: Told) => {
      clearTimeout(watch);
      watch = setTimeout(stop, stillSeconds * 1000);
      if (told.kind === 'failed') fail(told.number, told.why, told.text);
      else {
        if (told.kind === 'done') done += told.number - at;
        at = told.number;
      }
    });
    child.on('exit', (code, signal) => {
      clearTimeout(watch);
      const lost = isStill ? `nothing for ${stillSeconds} s` : `the worker ended with ${signal ?? code}`;
      resolve({ at, lost: code === 0 ? undefined : lost });
    });
  });
}

function fail(number: number, why: string, text: string): void {
  const known = failures.get(why);
  if (known) known.times += 1;
  else {
    failures.set(why, { number, text, times: 1 });
    console.error(`FAILED ${number}: ${why}\n  ${JSON.stringify(text.slice(0, 500))}`);
  }
}

function seconds(): number {
  return Math.round((performance.now() - began) / 1000);
}
