import { text } from '../../../grammar/diagnostic.ts';
import { readDraft } from '../../check/assemble.ts';
import { silentContext } from '../../check/context.ts';
import { readDataSet } from '../../check/dataset.ts';
import { meaningOf } from '../../check/meaning.ts';
import { settingsOf } from '../../check/settings.ts';
import { type FileSubject, fileRule } from '../rule.ts';

export const declaredAlike = fileRule({
  code: 'DML3505',
  name: 'declared-alike',
  level: 'warning',
  summary: 'Two protocols or data sets are the same but for their names.',
  why: 'Experiments that differ in them look compared and are not: their hashes are equal, so the second is not even trained again. Edited one at a time, the two drift apart under experiments that should share them.',
  source: 'language, identity of experiments',
  bad: 'dataset first { source: phantom(cases: 20, raters: 5) } dataset second { source: phantom(raters: 5, cases: 20) } experiment a extends base { data: first  labels: mean } experiment b extends a { data: second }',
  good: 'dataset first { source: phantom(cases: 20, raters: 5) } dataset second { source: phantom(raters: 5, cases: 40) } experiment a extends base { data: first  labels: mean } experiment b extends a { data: second }',
  message: text`The ${'kind'} \`${'name'}\` is the same as \`${'other'}\`.`,
  help: text`Keep one of them, or let one extend the other with what differs.`,
  check(subject) {
    const seen = new Map<
      string,
      { readonly name: string; readonly span: FileSubject['sweeps'][number]['span'] }
    >();
    const blocks = subject.file.tree.declarations.filter((each) => each.kind === 'block');
    const alike = (keyword: string) => blocks.filter((each) => each.keyword.text === keyword);
    return Object.keys(kinds)
      .map(alike)
      .filter(({ length }) => length > 1)
      .flat()
      .flatMap((block) => {
        const { text: name, span } = block.name;
        const read = kinds[block.keyword.text]!(block, subject);
        if (read === undefined) return [];
        const key = `${block.keyword.text} ${meaningOf(read)}`;
        const other = seen.get(key);
        if (!other) {
          seen.set(key, { name, span });
          return [];
        }
        const kind = block.keyword.text === 'dataset' ? 'data set' : 'protocol';
        const related = [{ span: other.span, message: 'the same' }];
        return [{ span, values: { kind, name, other: other.name }, related }];
      });
  },
});

type Block = Extract<FileSubject['file']['tree']['declarations'][number], { kind: 'block' }>;

/** What a block comes to, without its name. */
const kinds: Readonly<Record<string, (block: Block, subject: FileSubject) => unknown>> = {
  dataset(block, { file, registry }) {
    const data = readDataSet(block, file.scope, silentContext(registry));
    return data && { ...data, name: undefined };
  },
  protocol(block, { file, registry }) {
    const settings = settingsOf(block, file.scope, silentContext(registry));
    return settings && readDraft(settings, silentContext(registry)).draft;
  },
};
