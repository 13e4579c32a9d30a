import { type DocumentSymbol, SymbolKind } from 'vscode-languageserver';
import type { Declaration, Statement } from '../../grammar/syntax.ts';
import { rangesOf } from './ranges.ts';
import type { View } from './view.ts';

/** The declarations of a file, the fields of a block below it. */
export function symbolsOf({ source, tree }: View): readonly DocumentSymbol[] {
  const range = rangesOf(source);
  return tree.declarations.flatMap((declaration) => {
    if (declaration.kind === 'use') return [];
    const { name, span } = declaration;
    return [
      {
        name: name.text,
        kind: kindOf(declaration),
        ...(declaration.kind === 'block' ? { detail: declaration.keyword.text } : {}),
        range: range(span),
        selectionRange: range(name.span),
        children:
          declaration.kind === 'block'
            ? declaration.statements.map((statement) => ({
                name: nameOf(statement),
                kind: SymbolKind.Field,
                range: range(statement.span),
                selectionRange: range(statement.span),
              }))
            : [],
      },
    ];
  });
}

const kindOf = ({ kind }: Declaration): SymbolKind =>
  kind === 'let' ? SymbolKind.Variable : SymbolKind.Class;

function nameOf(statement: Statement): string {
  if (statement.kind === 'factor') return `let ${statement.name.text}`;
  const targets = statement.kind === 'field' ? [statement.target] : statement.targets;
  const paths = targets.map(({ path }) => path.map(({ text }) => text).join('.'));
  return statement.kind === 'vary' ? `vary ${paths.join(', ')}` : paths.join(', ');
}
