import { type InlayHint, MarkupKind } from 'vscode-languageserver';
import { useText } from '../../compiler/canonical/text.ts';
import { textOf } from '../../compiler/check/describe.ts';
import { type PendingTerm, readMix } from '../../compiler/check/mix.ts';
import { lookup } from '../../compiler/check/scope.ts';
import { childrenOf, namesWithin } from '../../compiler/check/walk.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Block, Expression } from '../../grammar/syntax.ts';
import { fieldText, inheritedAt, inheritedBy } from './inherited.ts';
import { rangesOf } from './ranges.ts';
import type { View } from './view.ts';

/**
 * What a file says without writing it: effective weights of a loss, what a block inherits, and what running it comes to.
 *
 * @param outlooks what running an experiment or sweep comes to, by its name
 */
export function hintsIn(view: View, outlooks: Readonly<Record<string, string>> = {}): readonly InlayHint[] {
  const range = rangesOf(view.source);
  const blocks = view.tree.declarations.filter((declaration) => declaration.kind === 'block');
  return [
    ...weightHints(view, range),
    ...blocks.flatMap((block) => [
      ...inheritanceHints(block, view, range),
      ...outlookHints(block, outlooks, range),
    ]),
  ];
}

type Ranges = ReturnType<typeof rangesOf>;

/** Behind a loss that is made of names or parentheses: its terms with their effective weights, multiplied out. */
function weightHints(view: View, range: Ranges): readonly InlayHint[] {
  return lossesIn(view).flatMap((expression) => {
    if (!isFolded(expression, view)) return [];
    const terms = readMix({ expression, scope: view.scope }, { registry: view.registry, report: () => {} });
    if (!terms) return [];
    const label = `= ${terms.map((term) => termText(term, view.registry)).join(' + ')}`;
    return [{ position: range(expression.span).end, label, paddingLeft: true }];
  });
}

/** Behind what a block extends the fields that it takes over as they are, and behind a path what it was. */
function inheritanceHints(block: Block, view: View, range: Ranges): readonly InlayHint[] {
  const inherited = inheritedBy(block, view);
  if (!inherited || !block.parent) return [];
  const fields = block.statements.filter((statement) => statement.kind === 'field');
  const replaced = fields.flatMap(({ target }) => (target.path.length === 1 ? [target.path[0]!.text] : []));
  const taken = [...inherited].filter(([field]) => !replaced.includes(field));
  const written = taken.map(([field, given]) => fieldText(field, given)).join('\n');
  const head: InlayHint = {
    position: range(block.parent.span).end,
    label: `(${taken.map(([field]) => field).join(', ')})`,
    paddingLeft: true,
    tooltip: { kind: MarkupKind.Markdown, value: `\`\`\`dml\n${written}\n\`\`\`` },
  };
  const paths = fields.flatMap(({ target, span }) => {
    if (target.path.length === 1) return [];
    const was = inheritedAt(target, block.keyword.text, inherited, view.registry);
    return was === undefined ? [] : [{ position: range(span).end, label: `was ${was}`, paddingLeft: true }];
  });
  return [...(taken.length > 0 ? [head] : []), ...paths];
}

/** Behind the brace that opens a block. */
function outlookHints(
  { name, bases, parent, span }: Block,
  outlooks: Readonly<Record<string, string>>,
  range: Ranges,
): readonly InlayHint[] {
  if (!Object.hasOwn(outlooks, name.text)) return [];
  const from = (bases.at(-1) ?? parent ?? name).span.end;
  const brace = span.source.text.indexOf('{', from);
  if (brace < 0 || brace >= span.end) return [];
  const end = { start: brace + 1, end: brace + 1 };
  return [{ position: range(end).end, label: outlooks[name.text]!, paddingLeft: true }];
}

const lossesIn = ({ tree }: View): readonly Expression[] =>
  tree.declarations.flatMap((declaration) =>
    declaration.kind === 'block' && ['experiment', 'protocol'].includes(declaration.keyword.text)
      ? declaration.statements.flatMap((statement) =>
          statement.kind === 'field' && statement.target.path.map(({ text }) => text).join('.') === 'loss'
            ? statement.values
            : [],
        )
      : [],
  );

const isFolded = (expression: Expression, { scope }: View): boolean =>
  hasGroup(expression) || namesWithin(expression).some(({ path }) => lookup(path, scope)?.kind === 'value');

const hasGroup = (expression: Expression): boolean =>
  expression.kind === 'group' || childrenOf(expression).some(hasGroup);

function termText({ weight, loss, on, at }: PendingTerm, registry: Registry): string {
  const parts = [weight === 1 ? '' : String(weight), useText(loss, 'loss', registry)];
  const places = [on ? `on ${textOf(on.span)}` : '', at ? `at ${at.text}` : ''];
  return [...parts, ...places].filter((part) => part !== '').join(' ');
}
