import type { InlayHint } from 'vscode-languageserver';
import { useText } from '../../compiler/canonical/text.ts';
import { textOf } from '../../compiler/check/describe.ts';
import { type PendingTerm, readMix } from '../../compiler/check/mix.ts';
import { lookup } from '../../compiler/check/scope.ts';
import { childrenOf, namesWithin } from '../../compiler/check/walk.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { Expression } from '../../grammar/syntax.ts';
import { rangesOf } from './ranges.ts';
import type { View } from './view.ts';

/** Behind a loss that is made of names or parentheses: its terms with their effective weights, multiplied out. */
export function hintsIn(view: View): readonly InlayHint[] {
  const range = rangesOf(view.source);
  return lossesIn(view).flatMap((expression) => {
    if (!isFolded(expression, view)) return [];
    const terms = readMix({ expression, scope: view.scope }, { registry: view.registry, report: () => {} });
    if (!terms) return [];
    const label = `= ${terms.map((term) => termText(term, view.registry)).join(' + ')}`;
    return [{ position: range(expression.span).end, label, paddingLeft: true }];
  });
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
