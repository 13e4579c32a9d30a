import { describe, expect, test } from 'vitest';
import { diffCompares } from '../../../compiler/diff/compares.ts';
import { diff } from '../../../compiler/diff/diff.ts';
import type { Registry } from '../../../compiler/registry.ts';
import { registry } from '../check/components.ts';
import { checkText, prelude } from '../check/support.ts';

/** Names that all objects of JavaScript have. */
const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

const programOf = (text: string, components: Registry = registry) => {
  const { value, diagnostics } = checkText(prelude + text, { registry: components });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  return value!;
};

describe.each(names)('the name %s', (name) => {
  const between = (before: string, after: string, components: Registry = registry) => {
    const [from, to] = [before, after].map((text) => programOf(text, components).experiments.at(-1)!);
    return diff(from!, to!, components).map(
      (change) => `${change.path}: ${change.before} → ${change.after} (${change.effect})`,
    );
  };

  test('of a class is told apart from others', () => {
    const classes = (list: string) =>
      `dataset d { source: phantom  classes: (back: 0, ${list}) } experiment a extends base { data: d  labels: mean }`;
    expect(between(classes(`${name}: 1`), classes(`${name}: 1`))).toEqual([]);
    expect(between(classes('other: 1'), classes(`${name}: 1`))).toEqual([
      `data.classes: (back: [0], other: [1]) → (back: [0], ${name}: [1]) (training)`,
    ]);
    expect(between(classes(`${name}: 1`), classes(`${name}: 2`))).toHaveLength(1);
  });

  test('of an experiment, its teacher and a let says nothing', () => {
    const taught = (teacher: string, field = '') => `let ${teacher}_of_it = 4
      experiment ${teacher} extends base { labels: mean  batch: ${teacher}_of_it  ${field} }
      experiment ${teacher}x extends ${teacher} { teacher: distill(${teacher})  loss: dml1 on teacher }`;
    expect(between(taught('usual'), taught(name))).toEqual([]);
    expect(between(taught(name), taught(name, 'model.width: 3'))).toContainEqual(
      expect.stringMatching(/^teacher\.distill\.model\.width: 16 → 3/),
    );
  });

  test('of a component and of its option', () => {
    const like = registry.loss.dml2!;
    const parameters = like.parameters.map((each) => ({
      ...each,
      name: each.name === 'smooth' ? name : each.name,
    }));
    const own = { ...like, name, parameters };
    const losses = Object.fromEntries([...Object.entries(registry.loss), [name, own]]);
    const components = { ...registry, loss: losses };
    const using = (loss: string) => `experiment a extends base { labels: mean  loss: ${loss} }`;
    expect(between(using(`ce + ${name}`), using(`${name} + ce`), components)).toEqual([]);
    expect(between(using(name), using(`${name}(${name}: 1)`), components)).toEqual([
      `loss.${name}.${name}: 0.001 → 1 (training)`,
    ]);
    expect(between(using('ce'), using(name), components)).toEqual([`loss: ce → ${name} (training)`]);
  });

  test('of a factor, a sweep and a comparison', () => {
    const compared = (claim: string) =>
      programOf(`experiment a extends base { labels: mean }
        sweep ${name} of a { let ${name} in [1, 2]  batch: ${name} }
        compare ${name}x of ${name}, a { baseline: a  columns: ${name}  expect: ${claim} }`).compares[0]!;
    const changes = (before: string, after: string) =>
      diffCompares(compared(before), compared(after), registry);
    const claim = `(${name}: 1).dice > a.dice`;
    expect(changes(claim, claim)).toEqual([]);
    expect(changes(claim, `(${name}: 2).dice > a.dice`)).toMatchObject([
      { path: 'expect', before: expect.stringContaining(`${name}: 1`), effect: 'report' },
    ]);
  });
});
