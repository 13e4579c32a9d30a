/**
 * Whole processes, from start to end: what commands that only read files take, beside `node -e 0` and beside other
 * checkers on files of like size, all in turn in one run; and how time grows with the size of a file.
 *
 *     npm run bench:tools [-- --rounds 7] [--no-peers]
 *
 * The peers are installed from npm into a temporary folder. Prints medians, their ratios, and the exponent e of
 * seconds = a + b · linesᵉ above what an empty file takes.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fileOf, languages, type Peer } from './files.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, 'no-peers': { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'dml-bench-'));
/** `prisma` would load engines that `validate` does not use. */
const env = {
  ...process.env,
  DATABASE_URL: 'postgresql://localhost/none',
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_QUERY_ENGINE_LIBRARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
  DML_HOME: path.join(folder, 'home'),
};
const dml = [process.execPath, path.join(root, 'dist/dml.js')];

try {
  growth();
  sideBySide();
  thousand();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Seconds that a process takes; one that fails is no measurement. */
function secondsOf(words: readonly string[]): number {
  const [file, ...rest] = words as [string, ...string[]];
  const start = performance.now();
  const { status, stdout, stderr, error } = spawnSync(file, rest, { cwd: folder, env, encoding: 'utf8' });
  if (error) throw error;
  // A linter that finds something has done its work.
  const done = rest.includes('lint') ? status === 0 || status === 1 : status === 0;
  if (!done) throw new Error(`${words.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return (performance.now() - start) / 1000;
}

/** Medians of some commands, each run once a round, after a first run that is not counted; `before` comes before each. */
function mediansOf<Name extends string>(
  commands: Record<Name, readonly string[]>,
  before: (name: Name) => void = () => {},
): Record<Name, number> {
  const names = Object.keys(commands) as Name[];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  const timed = (name: Name) => {
    before(name);
    return secondsOf(commands[name]);
  };
  for (const name of names) timed(name);
  for (let round = 0; round < rounds; round += 1)
    for (const name of names) times.get(name)!.push(timed(name));
  return Object.fromEntries(
    names.map((name) => [name, times.get(name)!.sort((a, b) => a - b)[rounds >> 1]!]),
  ) as Record<Name, number>;
}

function write(peer: Peer, lines: number): string {
  const file = path.join(folder, `lines${lines}.${peer.extension}`);
  writeFileSync(file, fileOf(peer, lines));
  return file;
}

function growth(): void {
  const sizes = [100, 300, 1_000, 3_000, 10_000];
  console.log('lines of a file       check      lint       fmt');
  const rows = [0, ...sizes].map((lines) => {
    const file = write(languages.dml, lines);
    secondsOf([...dml, 'fmt', file]);
    const { check, lint, fmt } = mediansOf({
      check: [...dml, 'check', file],
      lint: [...dml, 'lint', '--format', 'json', file],
      fmt: [...dml, 'fmt', '--check', file],
    });
    console.log(`${`${lines}`.padStart(15)}${[check, lint, fmt].map(shown).join('')}`);
    return { lines, check, lint, fmt };
  });
  const exponents = (['check', 'lint', 'fmt'] as const).map((command) => {
    const [empty, ...rest] = rows as [(typeof rows)[number], ...typeof rows];
    const points = rest
      .filter((row) => row.lines >= 1_000)
      .map((row) => [Math.log(row.lines), Math.log(Math.max(1e-3, row[command] - empty[command]))] as const);
    return slopeOf(points).toFixed(2);
  });
  console.log(
    `exponent, from 1,000 lines on: check ${exponents[0]}, lint ${exponents[1]}, fmt ${exponents[2]}\n`,
  );
}

function shown(seconds: number): string {
  return `${(1000 * seconds).toFixed(0)} ms`.padStart(10);
}

/** Of the straight line with the least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0);
  return covariance / points.reduce((sum, point) => sum + (point[0] - x) ** 2, 0);
}

function peerCommands(): Readonly<Record<'tsp' | 'biome' | 'prisma', readonly string[]>> {
  const packages = ['@typespec/compiler@1.8.0', 'prisma@6.19.0'];
  const installed = spawnSync(
    'npm',
    ['install', '--silent', '--no-save', '--ignore-scripts', '--prefix', folder, ...packages],
    { encoding: 'utf8' },
  );
  if (installed.status !== 0) throw new Error(`The peers cannot be installed: ${installed.stderr}`);
  const bin = (name: string) => path.join(folder, 'node_modules/.bin', name);
  return {
    tsp: [bin('tsp'), 'compile', '--no-emit'],
    biome: [path.join(root, 'node_modules/.bin/biome'), 'check', '--formatter-enabled=false'],
    prisma: [bin('prisma'), 'validate', '--schema'],
  };
}

function sideBySide(): void {
  const peers: Readonly<Record<string, readonly string[]>> = values['no-peers'] ? {} : peerCommands();
  for (const lines of [100, 1_000]) {
    const medians = mediansOf<string>({
      'node -e 0': [process.execPath, '-e', '0'],
      'dml check': [...dml, 'check', write(languages.dml, lines)],
      ...Object.fromEntries(
        Object.entries(peers).map(([name, words]) => {
          const peer = languages[name as keyof typeof languages];
          return [peer.name, [...words, write(peer, lines)]];
        }),
      ),
    });
    const ours = medians['dml check']!;
    console.log(`${lines} lines`);
    for (const [name, median] of Object.entries(medians))
      console.log(
        `  ${name.padEnd(22)}${shown(median)}   dml check takes ${(ours / median).toFixed(2)} times as long`,
      );
  }
}

/** Files of 30 lines, each a little different. */
function thousand(): void {
  const files = path.join(folder, 'thousand');
  mkdirSync(files);
  for (let i = 0; i < 1_000; i += 1)
    writeFileSync(
      path.join(files, `f${i}.dml`),
      fileOf(languages.dml, 30).replaceAll('300 steps', `${300 + i} steps`),
    );
  const check = [...dml, 'check', files];
  const lint = [...dml, 'lint', '--format', 'json', files];
  const commands = { 'check anew': check, check, 'lint anew': lint, lint };
  const medians = mediansOf({ 'node -e 0': [process.execPath, '-e', '0'], ...commands }, (name) => {
    if (name.endsWith('anew')) rmSync(path.join(env.DML_HOME, 'own/seen'), { recursive: true, force: true });
  });
  console.log('\na folder of 1,000 files of 30 lines; anew: nothing is kept of the last time');
  for (const [name, median] of Object.entries(medians)) console.log(`  ${name.padEnd(22)}${shown(median)}`);
}
