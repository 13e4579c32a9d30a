import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalForm } from '../../compiler/canonical/form.ts';
import { toYaml } from '../../compiler/canonical/write.ts';
import { check } from '../../compiler/check/check.ts';
import type { Experiment, Program } from '../../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../../compiler/identity.ts';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import { render } from '../../grammar/render.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { root } from '../support/dml.ts';

/*
 * What stands behind `dml` at the head of an example says what is to be true of it: nothing, that it has no finding; codes,
 * that it has just these; `same` and `other`, how its last experiment compares with that of the example before;
 * `name.dml`, that it is a file which others use; `prelude`, that the others stand behind it.
 */

const text = readFileSync(path.join(root, 'docs/meaning.md'), 'utf8');

interface Example {
  readonly section: string;
  readonly language: string;
  readonly says: string;
  readonly body: string;
}

const sections = text
  .split(/^## (?=[^.\n]+$)/m)
  .slice(1)
  .map((part) => ({ title: part.slice(0, part.indexOf('\n')), part }));
const examples: readonly Example[] = sections.flatMap(({ title, part }) =>
  [...part.matchAll(/^```(\w+)(?: (.*))?\n([\s\S]*?)^```$/gm)].map(([, language, says = '', body]) => ({
    section: title,
    language: language!,
    says,
    body: body!,
  })),
);
const prelude = examples.find(({ says }) => says === 'prelude')!.body;
const files = new Map(
  examples.filter(({ says }) => says.endsWith('.dml')).map(({ says, body }) => [says, body]),
);

function read(body: string) {
  const whole = body.startsWith('dml ') ? body : prelude + body;
  const used = (file: string) => (files.has(file) ? { path: file, text: files.get(file)! } : undefined);
  return check({ path: 'main.dml', text: whole }, { registry, read: used });
}

const lastOf = (program: Program): Experiment => program.experiments.at(-1)!;
const hashes = (experiment: Experiment) => [trainingHash(experiment), evaluationHash(experiment)];

/** The example before this one that is a program. */
const programBefore = (index: number) =>
  examples.slice(0, index).findLast(({ language, says }) => language === 'dml' && !/\.dml$|^DML/.test(says))!;

describe.each(sections)('$title', ({ title, part }) => {
  test('has an example for each of its paragraphs', () => {
    const blocks = part.split(/\n\n+/).slice(1);
    const prose = blocks.filter((block) => /^[A-Z*`]/.test(block) && !block.startsWith('```'));
    const shown = examples.filter(({ section }) => section === title);
    expect(shown.length).toBeGreaterThanOrEqual(prose.length);
  });

  const own = examples
    .map((example, index) => ({ ...example, index }))
    .filter(({ section }) => section === title);
  test.each(own)('example $index is true ($language $says)', ({ language, says, body, index }) => {
    if (language === 'arms') {
      const arms = read(programBefore(index).body).value!.sweeps.at(-1)!.arms;
      expect(body.trim().split('\n')).toEqual(
        arms.map(({ number, values }) => `${number}  ${values.join(' · ')}`),
      );
      return;
    }
    if (language === 'compared') {
      const { arms } = read(programBefore(index).body).value!.compares.at(-1)!;
      const width = Math.max(...arms.map(({ experiment }) => experiment.name.length));
      expect(body.trim().split('\n')).toEqual(
        arms.map(
          ({ experiment, values }) =>
            `${experiment.name.padEnd(width)}  ${values.map((value) => value ?? '–').join(' · ')}`,
        ),
      );
      return;
    }
    if (language === 'yaml') {
      const whole = toYaml(lastOf(read(programBefore(index).body).value!));
      for (const line of body.trim().split('\n')) expect(whole.split('\n')).toContain(line);
      return;
    }
    expect(language).toBe('dml');
    const { value, diagnostics } = read(body);
    const codes = says.match(/DML\d+/g);
    if (codes) expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    else expect(render(diagnostics, { colour: false })).toBe('');
    if (says === 'same' || says === 'other') {
      const [mine, theirs] = [body, programBefore(index).body].map((each) =>
        hashes(lastOf(read(each).value!)),
      );
      if (says === 'same') expect(mine).toEqual(theirs);
      else expect(mine).not.toEqual(theirs);
    }
    if (value) for (const experiment of value.experiments) expect(canonicalForm(experiment)).toBeDefined();
    if (says === 'formatted') expect(format(parse({ path: 'main.dml', text: body }).value!)).toBe(body);
  });
});
