/**
 * One training step of the same U-Net with every engine that is there and with PyTorch, in turn, in one run:
 * `npm run bench:step -- [--size 128] [--width 16] [--batch 4] [--depth 4] [--rounds 6] [--steps 15] [--python python3]`.
 * Reported are the median of each, and the median over rounds of its ratio to PyTorch in the same round.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: '128' },
    width: { type: 'string', default: '16' },
    batch: { type: 'string', default: '4' },
    depth: { type: 'string', default: '4' },
    rounds: { type: 'string', default: '6' },
    steps: { type: 'string', default: '15' },
    python: { type: 'string', default: process.env.DML_BENCH_PYTHON ?? 'python3' },
  },
});
const setting = {
  size: Number(values.size),
  width: Number(values.width),
  batch: Number(values.batch),
  depth: Number(values.depth),
};
const threads = os.availableParallelism();

interface Contender {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  /** `step` alone, and the trainer's whole `loop`, which has no counterpart in the peer. */
  readonly measures: readonly string[];
}

const peer = (mode: string): Contender => ({
  name: `pytorch ${mode}`,
  command: values.python,
  arguments: [
    path.join(import.meta.dirname, 'peer.py'),
    ...Object.entries({ ...setting, threads, mode }).flatMap(([key, value]) => [`--${key}`, String(value)]),
  ],
  measures: ['step'],
});
const ours = (name: string): Contender => ({
  name,
  command: process.execPath,
  arguments: ['--import', 'tsx', path.join(import.meta.dirname, 'worker.ts'), name, JSON.stringify(setting)],
  measures: ['step', 'loop'],
});
const contenders = [peer('channels-last'), peer('compile'), ours('native'), ours('tensorflow'), ours('cuda')];

interface Running {
  readonly name: string;
  readonly ask: (measure: string, steps: number) => Promise<readonly number[]>;
  readonly measures: readonly string[];
  readonly child: ChildProcessWithoutNullStreams;
}

/** A contender that is ready to be asked; nothing, and a line that says why, where it cannot run here. */
async function start({ name, command, arguments: parts, measures }: Contender): Promise<Running | undefined> {
  const child = spawn(command, parts);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors = `${errors}${chunk}`.slice(-400);
  });
  const ended = new Promise<undefined>((resolve) => {
    child.once('error', (error) => {
      errors = error.message;
      resolve(undefined);
    });
    child.once('exit', () => resolve(undefined));
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = () => Promise.race([ended, lines.next().then(({ value }) => value as string | undefined)]);
  const first = await next();
  const greeting = first ? (JSON.parse(first) as { ready?: string; missing?: string }) : undefined;
  if (!greeting?.ready) {
    console.log(
      `${name}: not here (${greeting?.missing ?? errors.trim().split('\n').at(-1) ?? 'it did not start'})`,
    );
    return undefined;
  }
  console.log(`${name}: ${greeting.ready}`);
  const ask = async (measure: string, steps: number) => {
    child.stdin.write(`${measure} ${steps}\n`);
    return (JSON.parse((await next()) ?? '{"times":[]}') as { times: number[] }).times;
  };
  return { name, ask, measures, child };
}

const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

console.log(
  `U-Net ${setting.size} x ${setting.size}, width ${setting.width}, batch ${setting.batch}, depth ${setting.depth}`,
);
const running: Running[] = [];
for (const contender of contenders) {
  const started = await start(contender);
  if (started) running.push(started);
}
const rows = running.flatMap(({ name, ask, measures }) =>
  measures.map((measure) => ({ name: measure === 'step' ? name : `${name}, whole loop`, measure, ask })),
);
const rounds = new Map<string, number[]>(rows.map(({ name }) => [name, []]));
for (let round = 0; round < Number(values.rounds); round++)
  for (const { name, measure, ask } of rows)
    rounds.get(name)!.push(median(await ask(measure, Number(values.steps))));
for (const { child } of running) child.kill();

const base = rounds.get('pytorch channels-last');
console.log(
  `\n${'engine'.padEnd(24)}${'ms a step'.padStart(12)}${'min … max'.padStart(18)}${'to PyTorch'.padStart(14)}`,
);
for (const [name, times] of rounds) {
  const ratio = base ? median(times.map((time, i) => time / base[i]!)).toFixed(2) : '–';
  const spread = `${Math.min(...times).toFixed(1)} … ${Math.max(...times).toFixed(1)}`;
  console.log(
    `${name.padEnd(24)}${median(times).toFixed(1).padStart(12)}${spread.padStart(18)}${ratio.padStart(14)}`,
  );
}
