import type { Expression, Name } from '../../grammar/syntax.ts';

/** The parts of an expression that are expressions themselves; the callee of a call is one. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'size':
    case 'text':
    case 'name':
    case 'unreadable':
      return [];
    case 'call':
      return [expression.callee, ...expression.arguments.map((argument) => argument.value)];
    case 'list':
    case 'tuple':
      return expression.items.map((item) => item.value);
    case 'group':
      return [expression.inner];
    case 'member':
      return [expression.object];
    case 'negation':
    case 'scaled':
      return [expression.operand];
    case 'binary':
    case 'comparison':
      return [expression.left, expression.right];
    case 'range':
      return [expression.low, expression.high];
    case 'pipeline':
      return expression.stages;
    case 'sequence':
      return expression.phases;
    case 'on':
      return [expression.subject, expression.target];
    case 'at':
      return [expression.subject];
  }
}

/** Every name in an expression, in the order of the text. */
export function namesWithin(expression: Expression): readonly Name[] {
  return expression.kind === 'name' ? [expression] : childrenOf(expression).flatMap(namesWithin);
}
