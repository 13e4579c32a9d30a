import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dml, type Ended, temporaryFolder, tiny } from '../support/dml.ts';
import { niftiFile } from '../support/nifti.ts';
import * as within from '../support/within.ts';

interface Case {
  readonly words: readonly string[];
  readonly exit: 1 | 2;
  /** In the message, and what to do about it. */
  readonly says: readonly (string | RegExp)[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

const folderSource = 'source: folder("scans", images: "{case}/image.nii", raters: "{case}/rater{rater}.nii")';
const size = 32;

/** A working folder with `a.dml` and six cases of two raters, each file as `change` makes it. */
function withScans(
  change: (name: string, file: Uint8Array) => readonly [name: string, file: Uint8Array],
  fields: Readonly<Record<string, string>> = {},
  source = folderSource,
): string {
  const cwd = temporaryFolder({ 'a.dml': tiny({ crop: '32 x 32', ...fields }, source) });
  for (let i = 1; i <= 6; i++) {
    for (const picture of ['image', 'rater1', 'rater2']) {
      const data = Array.from({ length: size * size }, (_, at) =>
        picture === 'image' ? at % 100 : Number(at % size > 10),
      );
      const file = niftiFile({ type: picture === 'image' ? 'float32' : 'uint8', sizes: [size, size], data });
      const [name, changed] = change(`case${i}/${picture}.nii`, file);
      const target = path.join(cwd, 'data/scans', name);
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, changed);
    }
  }
  return cwd;
}

const native = ['--engine', 'native'];

const cases: Readonly<Record<string, () => Case>> = {
  'a missing file': () => ({
    words: ['run', 'b.dml'],
    exit: 2,
    says: ['There is no file b.dml.', 'Did you mean a.dml?'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'a missing folder of data': () => ({
    words: ['run', 'a.dml', ...native],
    exit: 2,
    says: ['scans', /folder|found/],
    cwd: temporaryFolder({ 'a.dml': tiny({}, folderSource) }),
  }),

  'a mask of another size than its image': () => ({
    words: ['run', 'a.dml', ...native],
    exit: 2,
    says: [/case3.rater2\.nii/, '16 × 16', '32 × 32'],
    cwd: withScans((name, file) =>
      name === 'case3/rater2.nii'
        ? [name, niftiFile({ type: 'uint8', sizes: [16, 16], data: new Array<number>(256).fill(1) })]
        : [name, file],
    ),
  }),

  'a truncated .nii.gz': () => ({
    words: ['run', 'a.dml', ...native],
    exit: 2,
    says: [/case2.image\.nii\.gz/, /truncated|cut|ends|incomplete/i],
    cwd: withScans(
      (name, file) => {
        const packed = gzipSync(file);
        return [`${name}.gz`, name === 'case2/image.nii' ? packed.subarray(0, packed.length / 2) : packed];
      },
      {},
      folderSource.replaceAll('.nii"', '.nii.gz"'),
    ),
  }),

  'an image with NaN': () => ({
    words: ['run', 'a.dml', ...native],
    exit: 2,
    says: [/case4.image\.nii/, /NaN/],
    cwd: withScans((name, file) => {
      if (name === 'case4/image.nii') new DataView(file.buffer).setFloat32(352 + 40, Number.NaN, true);
      return [name, file];
    }),
  }),

  'an unknown name': () => ({
    words: ['run', 'a.dml'],
    exit: 1,
    says: ['dlm1', 'dml1', 'a.dml:9:'],
    cwd: temporaryFolder({ 'a.dml': tiny({ loss: '0.25 ce + 0.75 dlm1' }) }),
  }),

  'a crop larger than the stored image': () => ({
    words: ['run', 'a.dml', ...native],
    exit: 2,
    says: ['64 x 64', '32 x 32', 'larger'],
    cwd: withScans((...same) => same, { crop: '64 x 64' }),
  }),

  'a run folder that cannot be written': () => ({
    words: ['run', 'a.dml', ...native, '--out', 'a.dml/runs'],
    exit: 2,
    says: [/written/, '--out'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'an engine that is not there': () => ({
    words: ['run', 'a.dml', '--engine', 'tensorflow'],
    exit: 2,
    says: ['tensorflow', 'dml setup tensorflow'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
    env: { DML_HOME: temporaryFolder() },
  }),

  'an engine that does not exist': () => ({
    words: ['run', 'a.dml', '--engine', 'tpu'],
    exit: 2,
    says: ['tpu', 'native'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'a --set of an unknown path': () => ({
    words: ['run', 'a.dml', '--set', 'modle.width=8'],
    exit: 1,
    says: ['modle', 'model'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'a fold that the data set does not have': () => ({
    words: ['run', 'a.dml', ...native, '--fold', '7'],
    exit: 2,
    says: ['fold 7'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'a folder in place of a file': () => ({
    words: ['run', '.'],
    exit: 2,
    says: ['folder'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'a file that is not text': () => ({
    words: ['check', 'a.dml'],
    exit: 2,
    says: ['a.dml is not a text file'],
    cwd: temporaryFolder({ 'a.dml': '\u0000\u0001\u0002PNG\u0000' }),
  }),

  'a file that is used and is not text': () => ({
    words: ['check', 'a.dml'],
    exit: 1,
    says: ['DML1240', '"./shared.dml" cannot be read: it is no text in UTF-8'],
    cwd: temporaryFolder({ 'a.dml': `${tiny()}use "./shared.dml"\n`, 'shared.dml': 'PNG\u0000' }),
  }),

  'a file with several experiments and no name': () => ({
    words: ['run', 'a.dml'],
    exit: 2,
    says: ['a.dml#tiny', 'a.dml#second'],
    cwd: temporaryFolder({ 'a.dml': `${tiny()}\nexperiment second extends tiny {\n  seed: 1\n}\n` }),
  }),

  'a name that is not in the file': () => ({
    words: ['explain', 'a.dml#tinny'],
    exit: 2,
    says: ['tinny', 'a.dml#tiny'],
    cwd: temporaryFolder({ 'a.dml': tiny() }),
  }),

  'a metric of a class that the data do not have': () => ({
    words: ['run', 'a.dml', ...native],
    exit: 2,
    says: ['dice', 'no class 5', 'from 0, the background, to 1'],
    cwd: temporaryFolder({ 'a.dml': tiny({ evaluate: 'dice(classes: [0, 5])' }) }),
  }),

  'an arm that a sweep does not have': () => ({
    words: ['run', 'a.dml#seeds/3'],
    exit: 2,
    says: ['no arm 3', 'a.dml#seeds/2'],
    cwd: temporaryFolder({
      'a.dml': `${tiny()}\nsweep seeds of tiny {\n  vary model.width in [4, 8]\n}\n`,
    }),
  }),
};

function expectOneMessage({ exit, out, err }: Ended, expected: Case): void {
  const text = out + err;
  for (const part of expected.says) expect(text).toMatch(part);
  expect(text).not.toMatch(/^\s+at .*:\d+/m);
  expect(text).not.toContain('bug in dml');
  expect(text.match(/^error/gm)).toHaveLength(1);
  expect(exit).toBe(expected.exit);
}

describe('bad input gets one clear message', () => {
  test.each(Object.entries(cases))('%s', async (_, make) => {
    const input = make();
    const { words, cwd, env = {}, exit } = input;
    expectOneMessage(await dml(words, { cwd, env }), input);

    // An engine is looked for in the environment of the process.
    const machine = await (input.env ? dml : within.dml)([...words, '--json'], { cwd, env });
    expect(machine.exit).toBe(exit);
    const lines = words[0] === 'run' ? machine.out.trim().split('\n') : [machine.out];
    const report = lines.map((line) => JSON.parse(line) as Record<string, unknown>).at(-1)!;
    expect(report.exit).toBe(exit);
    expect(report).toHaveProperty('error' in report ? 'error.message' : 'diagnostics.0.message');
  });

  test('a broken image among the cases to score is found before the training, not after it', async () => {
    const source = `${folderSource}\n  folds: contiguous(3)`;
    const broken = withScans(
      (name, file) => [name, name === 'case1/image.nii' ? file.subarray(0, 1000) : file],
      {},
      source,
    );
    const { out, err, exit } = await dml(['run', 'a.dml', ...native], { cwd: broken });
    expect(exit).toBe(2);
    expect(err).toMatch(/case1.image\.nii/);
    expect(out + err).not.toMatch(/step \d/);
  });

  test('nothing is written for a metric that does not fit the data', async () => {
    const cwd = temporaryFolder({ 'a.dml': tiny({ evaluate: 'dice, sce(classes: [])' }) });
    const { exit } = await dml(['run', 'a.dml', ...native], { cwd });
    expect(exit).toBe(2);
    expect(readdirSync(cwd)).toEqual(['a.dml']);
  });

  test('a full disk', async ({ skip }) => {
    const cwd = temporaryFolder({ 'a.dml': tiny() });
    const disk = path.join(cwd, 'disk');
    mkdirSync(disk);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'none', disk]);
    skip(mounted.status !== 0, 'no right to mount a disk of 16 kB');
    try {
      const words = ['run', 'a.dml', ...native, '--out', 'disk'];
      const says = ['disk is full', 'Free some space'];
      expectOneMessage(await dml(words, { cwd }), { words, exit: 2, says, cwd });
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});
