import type { Experiment } from '../experiment.ts';
import { blame, blameCallee } from './blame.ts';
import type { Context } from './context.ts';
import { describe } from './describe.ts';
import { messages } from './messages.ts';
import { resolve, type Written } from './scope.ts';
import { wordOf } from './values.ts';

/** `random`, or `weights("unet.safetensors")`: a file below the data root. */
export function readStart(written: Written, context: Context): Experiment['start'] | undefined {
  const resolved = resolve(written);
  if (resolved === 'broken') return undefined;
  const { expression, scope } = resolved;
  if (wordOf(expression) === 'random') return 'random';
  const called = expression.kind === 'call' ? wordOf(expression.callee) : undefined;
  const args = expression.kind === 'call' ? expression.arguments : [];
  if (called === 'trained' || (called === 'weights' && args.length > 1)) {
    const feature = called === 'trained' ? '`start: trained(…)`' : 'options of `weights` beside the file';
    context.report(messages.at(expression.span, 'DML1209', { feature }));
    return undefined;
  }
  const file = args[0] && resolve({ expression: args[0].value, scope });
  if (file === 'broken') return undefined;
  const isFile = called === 'weights' && file?.expression.kind === 'text' && file.expression.value !== '';
  if (isFile && (args[0]!.name === undefined || args[0]!.name.text === 'file'))
    return { weights: file.expression.value };
  if (blameCallee(resolved, ['weights'], context)) return undefined;
  if (blame(resolved, { kind: 'choice', values: ['random'] }, context)) return undefined;
  const expected = '`random` or `weights("file.safetensors")`';
  context.report(messages.at(written.expression.span, 'DML1301', { expected, found: describe(written) }));
  return undefined;
}
