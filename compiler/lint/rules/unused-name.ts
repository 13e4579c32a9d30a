import { text } from '../../../grammar/diagnostic.ts';
import { referencesIn } from '../references.ts';
import { fileRule } from '../rule.ts';

/** Kinds of declarations that are there for others; a file without one of the first kinds is there for other files. */
const studies = ['experiment', 'sweep', 'compare'];
const parts: Readonly<Record<string, string>> = { let: 'let', dataset: 'data set', protocol: 'protocol' };

export const unusedName = fileRule({
  code: 'DML3501',
  name: 'unused-name',
  level: 'info',
  summary: 'A file that trains something declares a name that nothing in it uses.',
  why: 'A let that no experiment reads changes nothing, however it is edited: mostly a use of it was lost, or an experiment still says the value itself. Files without experiments are read by others, and nothing is said of them.',
  source: 'language, names',
  bad: 'let wide = 64 experiment a extends base { labels: mean  model: unet }',
  good: 'let wide = 64 experiment a extends base { labels: mean  model: unet(width: wide) }',
  message: text`Nothing in this file uses the ${'kind'} \`${'name'}\`.`,
  help: text`Use it, take it away, or move it to the file that does.`,
  check({ file: { tree } }) {
    const kind = (declaration: (typeof tree.declarations)[number]) =>
      declaration.kind === 'block' ? declaration.keyword.text : declaration.kind;
    if (!tree.declarations.some((declaration) => studies.includes(kind(declaration)))) return [];
    const used = referencesIn(tree);
    return tree.declarations.flatMap((declaration) => {
      if (declaration.kind === 'use') return [];
      const { name } = declaration;
      const noun = parts[kind(declaration)];
      if (noun === undefined || used.has(name.text)) return [];
      return [{ span: name.span, values: { kind: noun, name: name.text } }];
    });
  },
});
