import path from 'node:path';
import { text } from '../../../grammar/diagnostic.ts';
import type { Use } from '../../../grammar/syntax.ts';
import { withLine } from '../edits.ts';
import { referencesIn } from '../references.ts';
import { type FileSubject, fileRule } from '../rule.ts';

export const unusedFile = fileRule({
  code: 'DML3502',
  name: 'unused-file',
  level: 'warning',
  summary: 'A file is brought by `use`, and none of its names is used.',
  why: 'It is read and checked with every command, its names can no longer be given to anything else, and whoever reads the file looks in it for what is not there. What a used file uses itself is not brought along.',
  source: 'language, files',
  bad: 'use "./other.dml" experiment a extends base { labels: mean }',
  good: 'use "./other.dml" experiment a extends base { labels: soft }',
  message: text`Nothing here uses ${'names'} of "${'path'}".`,
  help: text`Take the \`use\` away.`,
  check(subject) {
    const { tree } = subject.file;
    const used = referencesIn(tree);
    return tree.declarations.flatMap((declaration) => {
      if (declaration.kind !== 'use') return [];
      const names = declaration.alias ? [declaration.alias.text] : namesOf(declaration, subject);
      if (!names || names.some((name) => used.has(name))) return [];
      const told = names.slice(0, 4).map((name) => `\`${name}\``);
      const values = {
        names: told.length === 0 ? 'anything' : `${told.join(', ')}${names.length > 4 ? ', …' : ''}`,
        path: declaration.path.value,
      };
      return [{ span: declaration.span, values, fix: withLine(declaration.span, 'Take the `use` away') }];
    });
  },
});

/** What a `use` without a name of its own brings; `undefined` if that is not known. */
function namesOf({ path: { value } }: Use, { file, files, registry }: FileSubject) {
  const target = path.join(path.dirname(file.tree.source.path), value);
  const used = files.find(({ tree }) => tree.source.path === target);
  if (used) return [...used.own.keys()];
  const own = Object.values(registry).flatMap((family) => Object.values(family));
  const brought = own.filter((component) => component.code !== undefined && component.file === target);
  return brought.length > 0 ? brought.map(({ name }) => name) : undefined;
}
