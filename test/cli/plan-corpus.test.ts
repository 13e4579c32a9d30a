import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/dml.ts';
import { niftiFile } from '../support/nifti.ts';
import { dml } from '../support/within.ts';

const study = `dml 1

dataset scans {
  source: folder("scans", images: "{case}/image.nii", raters: "{case}/rater{rater}.nii")
  folds:  contiguous(2)
}

experiment tiny {
  data:      scans
  labels:    raters |> average
  crop:      16 x 16
  model:     unet(depth: 1, width: 2)
  loss:      0.25 ce + 0.75 dml1
  optimizer: sgd(rate: 1e-2)
  train:     1 step
  batch:     2
  evaluate:  dice, bdice
}
`;

/** Another hospital's scans: the images differ from those that are trained on. */
const clinic =
  'dataset clinic extends scans {\n  source: folder("clinic", images: "{case}/image.nii", raters: "{case}/rater{rater}.nii")\n}\n';

const size = 16;
const picture = (name: string, edge = size, from = 0) =>
  niftiFile({
    type: name === 'image' ? 'float32' : 'uint8',
    sizes: [edge, edge],
    data: Array.from({ length: edge * edge }, (_, at) =>
      name === 'image' ? (from + at) % 100 : Number(at % edge > 5),
    ),
  });

const fileOf = (cwd: string, id: number, name: string) => path.join(cwd, `data/scans/case${id}/${name}.nii`);

let sound: string;
beforeAll(() => {
  sound = mkdtempSync(path.join(os.tmpdir(), 'dml-sound-'));
  writeFileSync(path.join(sound, 'a.dml'), study);
  for (let id = 1; id <= 4; id++)
    for (const name of ['image', 'rater1', 'rater2']) {
      mkdirSync(path.dirname(fileOf(sound, id, name)), { recursive: true });
      writeFileSync(fileOf(sound, id, name), picture(name));
    }
});
afterAll(() => rmSync(sound, { recursive: true, force: true }));

/** A change of the working folder, or words that are added to the command line. */
type Fault = ((cwd: string) => void) | readonly string[];

const text =
  (from: string, to: string): Fault =>
  (cwd) => {
    expect(study).toContain(from);
    writeFileSync(path.join(cwd, 'a.dml'), study.replace(from, to));
  };

const line = (name: string, value: string): Fault => {
  const found = new RegExp(`^  ${name}: .*$`, 'm').exec(study)?.[0] ?? '';
  return text(found, `  ${name}: ${value}`);
};

const inFile: Readonly<Record<string, (file: string, name: string) => void>> = {
  'is gone': (file) => rmSync(file),
  'is empty': (file) => writeFileSync(file, ''),
  'is text': (file) => writeFileSync(file, 'not a picture\n'),
  'is cut in its head': (file, name) => writeFileSync(file, picture(name).subarray(0, 200)),
  'is cut in its data': (file, name) => writeFileSync(file, picture(name).subarray(0, 400)),
  'has another size': (file, name) => writeFileSync(file, picture(name, 8)),
  'is a folder': (file) => {
    rmSync(file);
    mkdirSync(file);
  },
  'has a magic of another format': (file, name) => {
    const bytes = picture(name);
    bytes.fill(0x41, 344, 348);
    writeFileSync(file, bytes);
  },
  'has a data type that there is not': (file, name) => {
    const bytes = picture(name);
    new DataView(bytes.buffer).setInt16(70, 9999, true);
    writeFileSync(file, bytes);
  },
};

const fileFaults: readonly (readonly [string, Fault])[] = [1, 3].flatMap((id) =>
  ['image', 'rater1', 'rater2'].flatMap((name) =>
    Object.entries(inFile).map(
      ([what, change]) =>
        [`${name} of case ${id} ${what}`, (cwd: string) => change(fileOf(cwd, id, name), name)] as const,
    ),
  ),
);

const nan =
  (id: number, value: number): Fault =>
  (cwd) => {
    const bytes = picture('image');
    new DataView(bytes.buffer).setFloat32(352 + 40, value, true);
    writeFileSync(fileOf(cwd, id, 'image'), bytes);
  };

const maskValue = (id: number, value: number) => (cwd: string) => {
  const bytes = picture('rater1');
  bytes[352 + 7] = value;
  writeFileSync(fileOf(cwd, id, 'rater1'), bytes);
};

const classes = '  folds:  contiguous(2)\n  classes: { background: 0, organ: 1 }';

const faults: Readonly<Record<string, Fault>> = {
  ...Object.fromEntries(fileFaults),
  'NaN in an image to train on': nan(3, Number.NaN),
  'NaN in an image to score': nan(1, Number.NaN),
  'infinity in an image': nan(2, Number.POSITIVE_INFINITY),
  'no data folder': (cwd) => rmSync(path.join(cwd, 'data'), { recursive: true }),
  'an empty data folder': (cwd) => {
    rmSync(path.join(cwd, 'data/scans'), { recursive: true });
    mkdirSync(path.join(cwd, 'data/scans'));
  },
  'a single case': (cwd) => {
    for (const id of [2, 3, 4]) rmSync(path.dirname(fileOf(cwd, id, 'image')), { recursive: true });
  },
  'a case without raters': (cwd) => {
    for (const name of ['rater1', 'rater2']) rmSync(fileOf(cwd, 2, name));
  },
  'a mask value that is no class, to train on': (cwd) => {
    writeFileSync(path.join(cwd, 'a.dml'), study.replace('  folds:  contiguous(2)', classes));
    maskValue(3, 7)(cwd);
  },
  'a mask value that is no class, to score': (cwd) => {
    writeFileSync(path.join(cwd, 'a.dml'), study.replace('  folds:  contiguous(2)', classes));
    maskValue(1, 7)(cwd);
  },
  'runs are a file': (cwd) => writeFileSync(path.join(cwd, 'runs'), ''),
  'the experiment of the runs is a file': (cwd) => {
    mkdirSync(path.join(cwd, 'runs'));
    writeFileSync(path.join(cwd, 'runs/tiny'), '');
  },
  'a pattern that no image has': text('{case}/image.nii', '{case}/picture.nii'),
  'a pattern without a case': text('{case}/image.nii', 'image.nii'),
  'a source that leaves the root': text('"scans"', '"../../scans"'),
  'more folds than cases': text('contiguous(2)', 'contiguous(9)'),
  'one fold': text('contiguous(2)', 'contiguous(1)'),
  'no file': (cwd) => rmSync(path.join(cwd, 'a.dml')),
  'an empty file': (cwd) => writeFileSync(path.join(cwd, 'a.dml'), ''),
  'a file that is not text': (cwd) => writeFileSync(path.join(cwd, 'a.dml'), '\u0000\u0001'),
  'no version': text('dml 1\n', ''),
  'an open brace': text('batch:     2', 'batch: {'),
  'an unknown source': text('folder(', 'foldr('),
  'an unknown data set': line('data', '     scan'),
  'an unknown loss': line('loss', '     ce + dlm1'),
  'an unknown head': line('loss', '     ce at aux'),
  'an unknown model': line('model', '    vnet'),
  'an unknown metric': line('evaluate', ' dise'),
  'a metric of a class that is not there': line('evaluate', ' dice(classes: [0, 5])'),
  'a metric of no class': line('evaluate', ' dice, sce(classes: [])'),
  'a rater that is not there': line('labels', '   raters |> one(9)'),
  'raters that are not made one': line('labels', '   raters'),
  'a stored mask, where there are raters': line('labels', '   mask'),
  'a truth that cannot be made': line('evaluate', ' dice on raters |> one(9)'),
  'weights for other raters': line('labels', '   raters |> average(weights: [1, 2, 3])'),
  'a crop larger than the images': line('crop', '     64 x 64'),
  'a crop of nothing': line('crop', '     0 x 16'),
  'a model that the crop does not fit': line('model', '    unet(depth: 6, width: 2)'),
  'a model without width': line('model', '    unet(depth: 1, width: 0)'),
  'a batch of nothing': line('batch', '    0'),
  'steps of nothing': line('train', '    -1 steps'),
  'a negative rate': line('optimizer', 'sgd(rate: -1)'),
  'a size of nothing': text('contiguous(2)', 'contiguous(2)\n  size: 0 x 0'),
  'weights to begin with that are gone': text('batch: ', 'start: weights("w.safetensors")\n  batch: '),
  'weights to begin with that are none': (cwd) => {
    writeFileSync(path.join(cwd, 'data/w.safetensors'), 'none');
    writeFileSync(
      path.join(cwd, 'a.dml'),
      study.replace('  batch: ', '  start: weights("w.safetensors")\n  batch: '),
    );
  },
  'a fold that is not there': ['--fold', '7'],
  'a seed that is not there': ['--seed', '7'],
  'folds that are no numbers': ['--fold', 'x'],
  'an unknown path to set': ['--set', 'modle.width=8'],
  'a value to set that is none': ['--set', 'batch=many'],
  'an unknown flag': ['--fodl', '0'],
  'an unknown engine': ['--engine', 'tpu'],
  'a place that cannot be made': ['--out', 'a.dml/runs'],
  'a data root that is not there': ['--data', 'elsewhere'],
  'a data root that is a file': ['--data', 'a.dml'],
};

const tested =
  (change: (cwd: string) => void, extend = ''): Fault =>
  (cwd) => {
    writeFileSync(
      path.join(cwd, 'a.dml'),
      `${study.replace('  batch: ', '  test: clinic\n  batch: ')}${clinic.replace('}\n', `${extend}}\n`)}`,
    );
    for (const [i, name] of ['image', 'rater1', 'rater2'].entries())
      for (const id of [1, 2]) {
        const file = path.join(cwd, `data/clinic/case${id}/${name}.nii`);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, picture(name, size, i === 0 ? 10 * id : 0));
      }
    change(cwd);
  };
const testFile = (cwd: string, name: string) => path.join(cwd, `data/clinic/case2/${name}.nii`);

const testFaults: Readonly<Record<string, Fault>> = {
  'a test set without files': tested((cwd) => rmSync(path.join(cwd, 'data/clinic'), { recursive: true })),
  'a test image that is cut in its data': tested((cwd) =>
    inFile['is cut in its data']!(testFile(cwd, 'image'), 'image'),
  ),
  'a test mask that is gone': tested((cwd) => rmSync(testFile(cwd, 'rater2'))),
  'a test mask of another size': tested((cwd) =>
    writeFileSync(testFile(cwd, 'rater1'), picture('rater1', 8)),
  ),
  'a test image smaller than the crop': tested((cwd) => {
    for (const name of ['image', 'rater1', 'rater2']) writeFileSync(testFile(cwd, name), picture(name, 8));
  }),
  'a test image that is trained on': tested((cwd) => cpSync(fileOf(cwd, 3, 'image'), testFile(cwd, 'image'))),
  'a test set of other classes': tested(() => {}, '  classes: (background: 0, organ: 1)\n'),
  'a test set that is the own data': line('batch', '    2\n  test: scans'),
  'a test set that there is not': line('batch', '    2\n  test: clinc'),
};

/** A case is there by its image, and a first line may be left out. */
const harmless = new Set(['image of case 1 is gone', 'image of case 3 is gone', 'no version']);

async function called(words: readonly string[], cwd: string) {
  const { exit, out } = await dml([...words, '--json'], { cwd });
  const report = JSON.parse(out.trim().split('\n').at(-1)!.replace(/^\}$/, out));
  return { exit, stepped: out.includes('"kind":"progress"'), report };
}

const content = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [file, entry.isFile() ? readFileSync(file, 'base64') : ''] as const;
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));

async function both(fault: Fault) {
  const cwd = temporaryFolder();
  cpSync(sound, cwd, { recursive: true });
  if (typeof fault === 'function') fault(cwd);
  const words = ['a.dml', '--engine', 'native', ...(typeof fault === 'function' ? [] : fault)];
  const before = content(cwd);
  const planned = await called(['plan', ...words], cwd);
  expect(content(cwd), 'plan writes nothing').toEqual(before);
  return { planned, done: await called(['run', ...words], cwd) };
}

describe('plan fails exactly when run would fail before its first step', () => {
  test('on what is sound', async () => {
    const { planned, done } = await both([]);
    expect(planned.exit).toBe(0);
    expect(done).toMatchObject({ exit: 0, stepped: true });
  });

  test('on a sound test set', async () => {
    const { planned, done } = await both(tested(() => {}));
    expect(planned.exit).toBe(0);
    expect(done).toMatchObject({ exit: 0, stepped: true });
  });

  test('the corpus is large', () => {
    expect(Object.keys(faults).length).toBeGreaterThanOrEqual(100);
  });

  test.each(Object.entries({ ...faults, ...testFaults }))('%s', async (name, fault) => {
    const { planned, done } = await both(fault);
    expect({ fails: planned.exit !== 0 }).toEqual({ fails: done.exit !== 0 && !done.stepped });
    expect({ fails: planned.exit !== 0 }).toEqual({ fails: !harmless.has(name) });
    if (planned.exit === 0) return;
    expect(planned.exit).toBe(done.exit);
    expect(planned.report.error).toEqual(done.report.error);
    expect(planned.report.diagnostics).toEqual(done.report.diagnostics);
  });
});
