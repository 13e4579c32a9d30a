import { Node, SyntaxKind } from 'ts-morph';
import type { OptionValue } from '../registry.ts';

/** The value of a literal: number, quotient of numbers, text, boolean, list, or a record such as `{ value: 3, unit: 'px' }`. */
export function literalValue(node: Node): OptionValue | undefined {
  // ts-morph's own value of 1e-7 is 1: it reads what has no point as a whole number.
  if (Node.isNumericLiteral(node)) return Number(node.getText().replaceAll('_', ''));
  if (Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node)) return node.getLiteralValue();
  if (Node.isTrueLiteral(node)) return true;
  if (Node.isFalseLiteral(node)) return false;
  if (Node.isAsExpression(node) || Node.isParenthesizedExpression(node))
    return literalValue(node.getExpression());
  if (Node.isPrefixUnaryExpression(node) && node.getOperatorToken() === SyntaxKind.MinusToken) {
    const value = literalValue(node.getOperand());
    return typeof value === 'number' ? -value : undefined;
  }
  if (Node.isBinaryExpression(node) && node.getOperatorToken().getKind() === SyntaxKind.SlashToken) {
    const [over, under] = [literalValue(node.getLeft()), literalValue(node.getRight())];
    return typeof over === 'number' && typeof under === 'number' ? over / under : undefined;
  }
  if (Node.isArrayLiteralExpression(node)) {
    const items = node.getElements().map(literalValue);
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (Node.isObjectLiteralExpression(node)) return recordValue(node);
  return undefined;
}

function recordValue(node: Node): OptionValue | undefined {
  const entries: [string, OptionValue][] = [];
  for (const property of node
    .getChildrenOfKind(SyntaxKind.SyntaxList)
    .flatMap((list) => list.getChildren())) {
    if (property.getKind() === SyntaxKind.CommaToken) continue;
    const initializer = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
    const value = initializer && literalValue(initializer);
    if (value === undefined || !Node.isPropertyAssignment(property)) return undefined;
    entries.push([property.getName(), value]);
  }
  const record = Object.fromEntries(entries);
  const keys = Object.keys(record).sort().join(' ');
  return ['unit value', 'high low', 'size'].includes(keys) ? (record as unknown as OptionValue) : undefined;
}
