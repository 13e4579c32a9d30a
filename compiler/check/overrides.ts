import { parseSetting } from '../../grammar/parser.ts';
import type { Context } from './context.ts';
import { fieldNames } from './experiment-fields.ts';
import { reportUnknown } from './fields.ts';
import type { Scope } from './scope.ts';
import type { Setting } from './settings.ts';

/** `model.width=16`, each as on the command line, with the names of the file. */
export function readOverrides(texts: readonly string[], scope: Scope, context: Context): readonly Setting[] {
  return texts.flatMap((text) => {
    const { value: field, diagnostics } = parseSetting({ path: '--set', text });
    diagnostics.forEach(context.report);
    if (!field) return [];
    const setting = { target: field.target, values: field.values, scope, span: field.span };
    reportUnknown('experiment', fieldNames, [setting], context);
    return [setting];
  });
}
