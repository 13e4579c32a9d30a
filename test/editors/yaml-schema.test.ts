import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkYaml } from '../../compiler/canonical/read.ts';
import { toYaml } from '../../compiler/canonical/write.ts';
import { declarationsYaml } from '../../compiler/canonical/write-declarations.ts';
import { check } from '../../compiler/check/check.ts';
import { fieldNames } from '../../compiler/check/experiment-fields.ts';
import type { Program } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { yamlSchema } from '../../editors/yaml-schema.ts';
import { parse as parseDml } from '../../grammar/parser.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { randomExperiment } from '../compiler/check/arbitrary.ts';
import { registry as few } from '../compiler/check/components.ts';
import { checkText, experimentOf } from '../compiler/check/support.ts';

const validatorOf = (components: Registry) => {
  const isValid = new Ajv({ strict: true, allowUnionTypes: true }).compile(yamlSchema(components));
  return (yaml: string): unknown => (isValid(parse(yaml)) ? [] : isValid.errors);
};
const faults = validatorOf(registry);
const faultsOfFew = validatorOf(few);

const all = ({ experiments, sweeps }: Program) => [
  ...experiments,
  ...sweeps.flatMap((sweep) => sweep.arms.map(({ experiment }) => experiment)),
];

const examples = path.join(import.meta.dirname, '../../examples');
const written = readdirSync(examples)
  .filter((file) => file.endsWith('.dml'))
  .flatMap((file) => {
    const read = (name: string) => ({ path: name, text: readFileSync(path.join(examples, name), 'utf8') });
    return all(check(read(file), { registry, read }).value!).map(toYaml);
  });

test('every experiment and arm of the examples fits the schema', () => {
  for (const yaml of written) expect(faults(yaml)).toEqual([]);
  expect(written.length).toBeGreaterThan(10);
});

test('every random experiment does, and what teachers and sums write', () => {
  fc.assert(
    fc.property(randomExperiment, (experiment) => {
      expect(faultsOfFew(toYaml(checkText(experiment).value!.experiments.at(-1)!))).toEqual([]);
    }),
    { numRuns: 60 },
  );
  const taught = experimentOf(`
    experiment big extends base { labels: mean  model: twin  seed: 0 .. 2 }
    experiment student extends big {
      labels:   0.5 voted + 0.5 (mask |> smooth)
      teacher:  distill(big, pick: best(dice), temperature: 2) |> kde
      start:    weights("nets/start.safetensors")
      loss:     0.5 ce + 0.25 ce at aux on teacher + 0.25 dml1 on (teacher |> harden)
      evaluate: dice, bdice on teacher
    }`);
  expect(faultsOfFew(toYaml(taught))).toEqual([]);
});

const files = readdirSync(examples)
  .filter((file) => file.endsWith('.dml'))
  .map((file) => readFileSync(path.join(examples, file), 'utf8'))
  .map((source) => declarationsYaml(parseDml({ path: 'a.dml', text: source }).value!));

test('the declarations of every example fit the schema', () => {
  for (const yaml of files) expect(faults(yaml)).toEqual([]);
  expect(files.length).toBeGreaterThan(4);
});

test.each([
  ['a section', 'sweep:', 'sweeps:'],
  ['a field of an experiment', /^ {4}labels:/m, '    labls:'],
  ['a path that varies', '- {loss:', '- {lss:'],
  ['what a sweep is of', /^ {4}of: /m, '    off: '],
])('no misspelt key fits it: %s', (_, before, after) => {
  const yaml = files.find((each) => /^sweep:[\s\S]*\{loss:/m.test(each))!;
  expect(yaml).toMatch(before);
  expect(faults(yaml.replace(before, after))).not.toEqual([]);
});

test('no misspelt key of any example fits it', () => {
  const keys = /(?<=[{ ,]|^)([a-z_]\w*)(?=: |:$)/gm;
  /** Classes are called as one likes, and docs are free. */
  const names = /(?<=\bclasses: )\{[^}]*\}|(?<=^ *doc: ).*$/gm;
  let mutants = 0;
  for (const yaml of written) {
    const free = [...yaml.matchAll(names)].map(({ index, 0: line }) => [index, index + line.length] as const);
    for (const { index, 0: key } of yaml.matchAll(keys)) {
      if (free.some(([start, end]) => index >= start && index < end)) continue;
      const mutant = `${yaml.slice(0, index)}${key}x${yaml.slice(index + key.length)}`;
      if (mutants++ % 7 === 0)
        expect([mutant.slice(index, index + 20), faults(mutant)]).not.toEqual([expect.anything(), []]);
    }
  }
  expect(mutants).toBeGreaterThan(1000);
});

describe('values are held to', () => {
  const yaml = written[0]!;
  test.each([
    ['their type', /rate: [\d.]+/, 'rate: fast'],
    ['their range', /momentum: [\d.]+/, 'momentum: 7'],
    ['their unit', /train: .*/, 'train: 10 parsecs'],
    ['their choices', /weights: equal/, 'weights: eqaul'],
    ['what must be given', /batch: .*\n/, 'batch: 0\n'],
    ['the version', /dml: 1/, 'dml: 2'],
    ['components that there are', /optimizer: \{sgd/, 'optimizer: {sdg'],
  ])('%s', (_, before, after) => {
    expect(yaml).toMatch(before);
    expect(faults(yaml.replace(before, after))).not.toEqual([]);
  });

  test('and the checker rejects the same', () => {
    for (const after of ['train: 10 parsecs', 'train: fast'])
      expect(
        checkYaml({ path: 'a.yaml', text: yaml.replace(/train: .*/, after) }, { registry }).value,
      ).toBeUndefined();
  });
});

test('every field of the language is described, with what it is', () => {
  const { definitions } = yamlSchema(registry) as {
    definitions: { whole: { properties: Record<string, { description?: string }> } };
  };
  const { properties } = definitions.whole;
  for (const name of fieldNames) expect(properties[name]?.description).toMatch(/\w/);
});

test('every option has its doc comment, and its default where it has one', () => {
  const { definitions } = yamlSchema(registry) as {
    definitions: Record<
      string,
      { anyOf: { properties?: Record<string, { properties: Record<string, object> }> }[] }
    >;
  };
  const dml1 = definitions.loss!.anyOf.at(-1)!.properties!.dml1!;
  expect(dml1.properties.smooth).toMatchObject({
    description: expect.stringMatching(/^Added to .* In pixels\.$/s),
    type: 'number',
    minimum: 0,
    default: 0.001,
  });
});
