/**
 * Makes every one-character mistake in every example and counts what becomes of it. Fails if one is silently ignored, or
 * if what was meant is the first suggestion in less than 95 % of the unknown names. A file that is not right is told and passed over,
 * and the end is a failure.
 *
 *     npm run check:typos -- [--list] [--every N] [file…]
 *
 * `--list` shows what is not suggested, `--every` takes a sample.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { check } from '../compiler/check/check.ts';
import type { Signatures } from '../compiler/registry.ts';
import { render } from '../grammar/render.ts';
import { readSignatures } from '../runtime/own/read.ts';
import { registry } from '../runtime/registry.generated.ts';
import { type Judged, judge } from './typos/judge.ts';

const goal = 0.95;
const root = path.resolve(import.meta.dirname, '..');
const { values, positionals: named } = parseArgs({
  allowPositionals: true,
  options: { list: { type: 'boolean' }, every: { type: 'string', default: '1' } },
});
const examples = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.dml'))
  .map((file) => path.join('examples', file));

const signatures = new Map<string, Signatures | undefined>();
const options = {
  registry,
  root: '.',
  read: (file: string) =>
    statSync(file, { throwIfNoEntry: false })?.isFile()
      ? { path: file, text: readFileSync(file, 'utf8') }
      : undefined,
  components(file: string) {
    const place = { cwd: root, root: '.', env: process.env };
    if (!signatures.has(file))
      signatures.set(
        file,
        readSignatures(file, place, () => {}),
      );
    return signatures.get(file);
  },
};

process.chdir(root);
const all: Judged[] = [];
let count = 0;
for (const file of named.length > 0 ? named : examples.sort()) {
  const source = { path: file, text: readFileSync(file, 'utf8') };
  const { value, diagnostics } = check(source, options);
  if (!value || diagnostics.length > 0) {
    console.error(
      `${file} is not right, so no mistakes are made in it:\n${render(diagnostics, { colour: false })}`,
    );
    process.exitCode = 1;
    continue;
  }
  const judged = [...judge(source, options, () => count++ % Number(values.every) === 0)];
  all.push(...judged);
  report(file, judged);
}
report('all', all);

const ignored = all.filter(({ outcome }) => outcome === 'ignored');
const unsuggested = all.filter(({ suggested }) => suggested === false);
for (const each of values.list ? [...ignored, ...unsuggested] : ignored) console.log(line(each));
const share = shareOf(all);
if (all.length > 0 && (ignored.length > 0 || share < goal)) {
  console.error(`At least ${100 * goal} % is asked for, and that nothing is ignored.`);
  process.exitCode = 1;
}

function report(name: string, judged: readonly Judged[]): void {
  const number = (wanted: Judged['outcome']) => judged.filter(({ outcome }) => outcome === wanted).length;
  const unknown = judged.filter(({ suggested }) => suggested !== undefined).length;
  console.log(
    `${name}: ${judged.length} mistakes, ${number('found')} found, ${number('other')} another value, ` +
      `${number('same')} the same value, ${number('ignored')} ignored; of ${unknown} unknown names ` +
      `what was meant is suggested first in ${(100 * shareOf(judged)).toFixed(1)} %`,
  );
}

function shareOf(judged: readonly Judged[]): number {
  const unknown = judged.filter(({ suggested }) => suggested !== undefined);
  return unknown.length === 0 ? 1 : unknown.filter(({ suggested }) => suggested).length / unknown.length;
}

function line({ place, mistake, outcome, finding }: Judged): string {
  const { source, start } = place.span;
  const row = source.text.slice(0, start).split('\n').length;
  const said = finding ? `${finding.code} ${finding.message} ${finding.help ?? ''}` : outcome;
  return `${source.path}:${row} ${place.word} as ${mistake}: ${said.replaceAll('\n', ' ')}`;
}
