import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { registry } from '../../../runtime/registry.generated.ts';
import { judge } from '../../../scripts/typos/judge.ts';
import { mistakesOf } from '../../../scripts/typos/mistakes.ts';
import { placesIn } from '../../../scripts/typos/places.ts';
import { registry as testRegistry } from './components.ts';
import { checkText } from './support.ts';

/** Every kind of name of the language that is not the user's own. */
const example = `dml 1
dataset shapes {
  source:  phantom(cases: 60, raters: 4, seed: 7)
  classes: (background: 0, tumour: 1)
  window:  0 .. 255
  size:    64 x 64
  folds:   holdout(20%)
}
protocol paper {
  crop:      64 x 64
  augment:   scale(0.5 .. 2.0) |> flip(axis: horizontal) |> shift(3 px)
  model:     unet(depth: 3, width: 8, norm: batch)
  loss:      0.25 ce + 0.75 dml1(smooth: 1e-3, reduction: image)
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4, nesterov: true)
  schedule:  warmup(1%, from: 1e-6) then poly(power: 0.9)
  train:     200 steps
  batch:     4
  fold:      all
  seed:      0 .. 2
}
experiment mean extends paper {
  data:     shapes
  labels:   raters |> average(weights: dice) |> smooth(epsilon: 0.1)
  evaluate: dice, bdice(levels: 9), ece(bins: 10)
  expect:   bdice > 0.85
}
experiment student extends mean {
  labels:  0.25 (raters |> majority) + 0.75 (mask |> smooth(epsilon: 0.1))
  teacher: distill(from: mean, pick: best(metric: bdice), temperature: 2, head: main) |> kde(bandwidth: auto)
  loss:    0.25 ce + 0.25 focal(gamma: 2) on (labels |> harden) + 0.5 dml1 on teacher
  start:   weights(file: "student.safetensors")
}
experiment cooler extends student {
  teacher.distill.temperature: 1
  teacher.distill.pick: seed(number: 1)
}
experiment longer extends mean {
  train: 5 epochs
  model.width: 16
}
sweep widths of mean, longer {
  vary optimizer.rate in [1e-2, 1e-3]
  except: (experiment: longer)
}
compare table of widths, student {
  rows:      experiment
  columns:   rate
  metrics:   bdice, ece(bins: 10)
  baseline:  student
  statistic: wilcoxon(over: runs, correction: none)
  expect:    student.bdice > 0.5, lower(student.ece - (rate: 1e-2).ece) < 0
}
`;

const root = path.resolve(import.meta.dirname, '../../..');
const files = [
  { path: 'main.dml', text: example, registry: testRegistry },
  ...['quickstart', 'brain-growth', 'distillation'].map((name) => {
    const file = `examples/${name}.dml`;
    return { path: file, text: readFileSync(path.join(root, file), 'utf8'), registry };
  }),
];

test('the example itself is right', () => {
  expect(checkText(example).diagnostics).toEqual([]);
});

// All of them: npm run check:typos.
test.each(files)(
  'a sample of all one-character mistakes in $path: none is ignored, and what was meant is suggested first in at least 95 % of the unknown names',
  ({ registry, ...source }) => {
    let count = 0;
    const judged = [...judge(source, { registry, read: () => undefined }, () => count++ % 149 === 0)];
    const ignored = judged.filter(({ outcome }) => outcome === 'ignored');
    expect(ignored.map(({ place, mistake }) => `${place.word} as ${mistake}`)).toEqual([]);
    const unknown = judged.filter(({ suggested }) => suggested !== undefined);
    expect(unknown.length).toBeGreaterThan(100);
    const missed = unknown.filter(({ suggested }) => !suggested);
    const told = missed.map(
      ({ place, mistake, finding }) => `${place.word} as ${mistake}: ${finding?.code} ${finding?.message}`,
    );
    expect(missed.length / unknown.length, told.join('\n')).toBeLessThan(0.05);
  },
  60_000,
);

test('every kind of mistake is made', () => {
  expect([...mistakesOf('ce', 'cx')].sort()).toEqual(
    ['c', 'e', 'ec', 'cce', 'xce', 'cxe', 'cec', 'cex', 'xe', 'cx', 'cc'].sort(),
  );
  expect(mistakesOf('aa', 'a')).toEqual(['aaa', 'a']);
});

test('names that are looked up, declared names, values and signs are told apart', () => {
  const text =
    'use "a.dml" as x\nlet w = 0.5 # w\nsweep s of a { let n in [1]  batch: n }\ndataset d { classes: (back: 0) }';
  const told = placesIn({ path: 'a.dml', text }).map(({ kind, word }) => `${kind} ${word}`);
  expect(told.filter((each) => !each.startsWith('sign'))).toEqual([
    ...['name use', 'text "a.dml"', 'name as', 'declared x', 'name let', 'declared w', 'number 0.5'],
    ...['name sweep', 'declared s', 'name of', 'name a', 'name let', 'declared n', 'name in', 'number 1'],
    ...['name batch', 'name n', 'name dataset', 'declared d', 'name classes', 'declared back', 'number 0'],
  ]);
});

test('a misspelt name is one fault, so it gives one message', () => {
  const several: string[] = [];
  for (const { kind, word, span } of placesIn({ path: 'main.dml', text: example })) {
    // What is two names here, and so another right file or another fault.
    if (kind !== 'name' || ['longer', 'experiment', 'widths'].includes(word)) continue;
    const typo = `${word.slice(0, -1)}q${word.at(-1)}`;
    const { diagnostics } = checkText(example.slice(0, span.start) + typo + example.slice(span.end));
    if (diagnostics.length !== 1)
      several.push(
        `${word} as ${typo}: ${diagnostics.map(({ code, message }) => `${code} ${message}`).join(' | ')}`,
      );
  }
  expect(several).toEqual([]);
});

test('the script names a file that is not right, makes its mistakes in the others, and fails', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dml-typos-'));
  try {
    const files = ['wrong.dml', 'right.dml'].map((name) => path.join(folder, name));
    writeFileSync(files[0]!, 'dml 1\nlet a = dlm1\n');
    writeFileSync(files[1]!, 'dml 1\nprotocol usual { batch: 8 }\n');
    const script = path.resolve(import.meta.dirname, '../../../scripts/typos.ts');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', script, ...files], {
      cwd: path.dirname(path.dirname(script)),
      encoding: 'utf8',
    });
    expect(stderr).toContain(`${files[0]} is not right, so no mistakes are made in it:\nerror[DML1201]`);
    expect(stdout).toMatch(/right\.dml: \d+ mistakes/);
    expect(status).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);
