import { text } from '../../../grammar/diagnostic.ts';
import type { Block } from '../../../grammar/syntax.ts';
import { readDraft } from '../../check/assemble.ts';
import { type Context, silentContext } from '../../check/context.ts';
import { meaningOf } from '../../check/meaning.ts';
import type { Scope } from '../../check/scope.ts';
import { referredBlock, settingsOf } from '../../check/settings.ts';
import { together, withLine } from '../edits.ts';
import { fileRule } from '../rule.ts';

export const repeatsParent = fileRule({
  code: 'DML3504',
  name: 'repeats-parent',
  level: 'info',
  summary: 'A field of an experiment is given the value that its parent has.',
  why: 'A child says what it does otherwise than its parent: a reader, and a table of differences, takes a field in it for one that changes. When the parent is edited the copy stays behind, and the comparison varies two things.',
  source: 'language, `extends`',
  bad: 'experiment a extends base { labels: mean  batch: 8 } experiment b extends a { labels: voted  batch: 8 }',
  good: 'experiment a extends base { labels: mean  batch: 8 } experiment b extends a { labels: voted  batch: 4 }',
  message: text`\`${'field'}\` is the same as in \`${'parent'}\`.`,
  help: text`Take it away: a child has what its parent has.`,
  check({ file: { tree, scope }, registry }) {
    const context = silentContext(registry);
    return tree.declarations.flatMap((block) => {
      if (block.kind !== 'block' || !block.parent) return [];
      const [own, inherited] = [draftOf(block, scope, context), inheritedBy(block, scope, context)];
      if (!own || !inherited) return [];
      const fields = block.statements.flatMap((each) => (each.kind === 'field' ? [each] : []));
      const names = [...new Set(fields.map(({ target }) => target.path[0]!.text))];
      return names.flatMap((field) => {
        const before = inherited[field];
        if (before === undefined || meaningOf(before) !== meaningOf(own[field])) return [];
        const statements = fields.filter(({ target }) => target.path[0]!.text === field);
        const fixes = statements.map(({ span }) => withLine(span, 'Take it away'));
        const edits = fixes.flatMap(({ edits }) => edits);
        const { span } = statements[0]!;
        const values = { field, parent: block.parent!.path.map(({ text }) => text).join('.') };
        return [{ span, values, fix: together('Take it away', true, edits) }];
      });
    });
  },
});

/** What the fields of an experiment are, parents included. */
function draftOf(
  block: Block,
  scope: Scope,
  context: Context,
): Readonly<Record<string, unknown>> | undefined {
  if (block.keyword.text !== 'experiment') return undefined;
  const settings = settingsOf(block, scope, context);
  return settings && readDraft(settings, context).draft;
}

/** Of a parent that runs: what a protocol says may well be said again. */
function inheritedBy(block: Block, scope: Scope, context: Context) {
  const parent = referredBlock(block.parent!, ['experiment'], scope, context);
  return parent && draftOf(parent.block, parent.scope, context);
}
