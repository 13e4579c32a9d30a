import { describe, expect, test } from 'vitest';
import { checkYaml } from '../../../compiler/canonical/read.ts';
import { toYaml } from '../../../compiler/canonical/write.ts';
import { check } from '../../../compiler/check/check.ts';
import type { Experiment } from '../../../compiler/experiment.ts';
import { trainingHash } from '../../../compiler/identity.ts';
import { registry } from './components.ts';
import { scripts } from './scripts.ts';
import { prelude, withoutSpans } from './support.ts';

const checkOwn = (text: string, path = 'main.dml') =>
  check({ path, text: prelude.replace('dml 1', 'dml 1 use "./own.ts"') + text }, { registry, ...scripts });

const experimentOf = (use: string, fields: string): Experiment => {
  const text = `${prelude.replace('dml 1', `dml 1 ${use}`)} experiment a extends base { ${fields} }`;
  const { value, diagnostics } = check({ path: 'main.dml', text }, { registry, ...scripts });
  expect(diagnostics).toEqual([]);
  return value!.experiments[0]!;
};

describe("A user's own components", () => {
  test('are used like those of the language, and carry the hash of their file', () => {
    const { loss, labels } = experimentOf(
      'use "./own.ts"',
      'labels: mean |> blurred(0.2)  loss: 0.5 edgy + 0.5 edgy(sigma: 3)',
    );
    const carried = { code: 'c0de', file: 'own.ts' };
    expect(withoutSpans(loss.map((term) => term.loss))).toEqual([
      { name: 'edgy', options: { sigma: 0.001 }, ...carried },
      { name: 'edgy', options: { sigma: 3 }, ...carried },
    ]);
    expect(labels.steps[1]).toMatchObject({ name: 'blurred', options: { epsilon: 0.2 }, ...carried });
  });

  test('have a space of their own where `use` gives them one', () => {
    const { loss } = experimentOf('use "./own.ts" as mine', 'labels: mean  loss: mine.edgy(sigma: 3)');
    expect(loss[0]!.loss).toMatchObject({ name: 'mine.edgy', code: 'c0de' });
  });

  test('are suggested, and their options are', () => {
    const { diagnostics } = checkOwn(
      'experiment a extends base { labels: mean  loss: 0.5 egdy + 0.5 edgy(sgima: 1) }',
    );
    expect(diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ['DML1203', 'Did you mean `edgy`?'],
      ['DML1218', 'Did you mean `sigma`?'],
    ]);
  });

  test('of two files may not have one name', () => {
    const { diagnostics } = checkOwn('use "./twin.ts" experiment a extends base { labels: mean }');
    expect(diagnostics.map(({ code }) => code)).toEqual(['DML1204']);
  });

  test('are not there where nothing can read them: one message, and none about their names', () => {
    const text = `dml 1 use "./own.ts" ${prelude.slice('dml 1'.length)} experiment a extends base { labels: mean  loss: ce }`;
    const { diagnostics } = check({ path: 'main.dml', text }, { registry, read: () => undefined });
    expect(diagnostics.map(({ code }) => code)).toEqual(['DML1209']);
  });
});

describe("The identity of an experiment with a user's own components", () => {
  const usual = experimentOf('use "./own.ts"', 'labels: mean  loss: edgy');

  test('changes with their file', () => {
    const changed = experimentOf('use "./changed/own.ts"', 'labels: mean  loss: edgy');
    expect(trainingHash(changed)).not.toBe(trainingHash(usual));
  });

  test('does not change with the name of the space that they are in', () => {
    const spaced = experimentOf('use "./own.ts" as mine', 'labels: mean  loss: mine.edgy');
    expect(trainingHash(spaced)).toBe(trainingHash(usual));
  });
});

describe("The canonical form of an experiment with a user's own components", () => {
  const back = (text: string, path = 'main.yaml') => checkYaml({ path, text }, { registry, ...scripts });

  test.each([
    ['use "./own.ts"', 'labels: mean |> blurred  loss: 0.5 edgy + 0.5 ce'],
    ['use "./own.ts" as mine', 'labels: mean  loss: mine.edgy'],
  ])('names their files and comes back: %s', (use, fields) => {
    const experiment = experimentOf(use, fields);
    const yaml = toYaml(experiment);
    expect(yaml).toContain(
      `use:\n  - {file: ./own.ts${use.endsWith('mine') ? ', as: mine' : ''}, code: c0de}\n`,
    );
    const { value, diagnostics } = back(yaml);
    expect(diagnostics).toEqual([]);
    expect(withoutSpans(value!.experiments[0])).toEqual(withoutSpans(experiment));
    expect(toYaml(value!.experiments[0]!)).toBe(yaml);
  });

  test('holds those of a teacher', () => {
    const text = `${prelude.replace('dml 1', 'dml 1 use "./own.ts"')}
      experiment big extends base { labels: mean  loss: edgy }
      experiment small extends base { labels: distill(big) }`;
    const { value } = check({ path: 'main.dml', text }, { registry, ...scripts });
    const small = value!.experiments[1]!;
    const { value: read, diagnostics } = back(toYaml(small));
    expect(diagnostics).toEqual([]);
    expect(withoutSpans(read!.experiments[0])).toEqual(withoutSpans(small));
  });

  test('is refused where their file has changed, and taken without the hash', () => {
    const yaml = toYaml(experimentOf('use "./own.ts"', 'labels: mean  loss: edgy'));
    const moved = yaml.replace('./own.ts', './changed/own.ts');
    expect(back(moved).diagnostics.map(({ code }) => code)).toContain('DML1403');
    expect(back(moved.replaceAll(', code: c0de', '')).diagnostics).toEqual([]);
  });

  test('takes what is kept of a file that is gone or has changed', () => {
    const experiment = experimentOf('use "./own.ts"', 'labels: mean  loss: edgy');
    const byCode = (code: string) => (code === 'c0de' ? scripts.components?.('own.ts') : undefined);
    for (const file of ['./gone.ts', './changed/own.ts', '../../own.ts']) {
      const text = toYaml(experiment).replace('./own.ts', file);
      const { value, diagnostics } = checkYaml({ path: 'main.yaml', text }, { registry, ...scripts, byCode });
      expect(diagnostics).toEqual([]);
      expect(trainingHash(value!.experiments[0]!)).toBe(trainingHash(experiment));
    }
  });

  test('finds their files beside itself', () => {
    const yaml = toYaml(experimentOf('use "./own.ts"', 'labels: mean  loss: edgy'));
    expect(back(yaml.replace('./own.ts', './gone.ts')).diagnostics[0]!.code).toBe('DML1205');
    expect(back(yaml.replace('./own.ts', '../../own.ts')).diagnostics[0]!.code).toBe('DML1206');
  });
});
