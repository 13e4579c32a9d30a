import fc from 'fast-check';
import { expect, test } from 'vitest';
import { check } from '../../compiler/check/check.ts';
import type { Program } from '../../compiler/experiment.ts';
import { evaluationHash, trainingHash } from '../../compiler/identity.ts';
import { format } from '../../grammar/format.ts';
import { parse } from '../../grammar/parser.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { commentTexts, meaning } from '../grammar/corpus.ts';
import { type Files, programs, scattered } from '../support/programs.ts';

function programOf(files: Files): Program {
  const read = (path: string) => (path === 'shared.dml' ? { path, text: files['shared.dml'] } : undefined);
  const { value, diagnostics } = check({ path: 'main.dml', text: files['main.dml'] }, { registry, read });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  return value!;
}

/** What decides the weights and the scores of everything that a program declares. */
const hashes = ({ experiments, sweeps }: Program): readonly string[] =>
  [...experiments, ...sweeps.flatMap(({ arms }) => arms.map(({ experiment }) => experiment))].map(
    (experiment) => `${experiment.name} ${trainingHash(experiment)} ${evaluationHash(experiment)}`,
  );

const treeOf = (text: string) => {
  const { value, diagnostics } = parse({ path: 'main.dml', text });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return value!;
};

/** A program, and its file with other blanks and comments. */
const written = programs.chain((files) =>
  scattered(files['main.dml']).map((text) => ({ files, scattered: { ...files, 'main.dml': text } })),
);

test('a program in its layout says the same: the same tree, every comment, the same hashes; its layout stays as it is', () => {
  fc.assert(
    fc.property(written, ({ files, scattered }) => {
      const tree = treeOf(scattered['main.dml']);
      const formatted = format(tree);
      const again = treeOf(formatted);
      expect(meaning(again)).toEqual(meaning(tree));
      expect(commentTexts(again)).toEqual(commentTexts(tree));
      expect(format(again)).toBe(formatted);
      const meant = hashes(programOf(files));
      expect(meant.length).toBeGreaterThan(2);
      expect(hashes(programOf({ ...files, 'main.dml': formatted }))).toEqual(meant);
    }),
    { numRuns: 40 },
  );
});

test('the order of declarations means nothing', () => {
  fc.assert(
    fc.property(programs, (files) => {
      const { source, declarations } = treeOf(files['main.dml']);
      const [first, ...blocks] = declarations.map(({ span }) => source.text.slice(span.start, span.end));
      const turned = `dml 1\n${[first, ...blocks.reverse()].join('\n')}\n`;
      const sorted = (program: Program) => [...hashes(program)].sort();
      expect(sorted(programOf({ ...files, 'main.dml': turned }))).toEqual(sorted(programOf(files)));
    }),
    { numRuns: 15 },
  );
});
