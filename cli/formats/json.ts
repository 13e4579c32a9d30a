import { toJson } from '../../grammar/render.ts';
import type { Ended, Printer } from './format.ts';
import { prettyJson } from './pretty-json.ts';

/** One object, the same fields for every command: `command`, `exit`, `diagnostics`, `error` if there is one, its data. */
export const json: Printer = (ended) => `${prettyJson(shapeOf(ended))}\n`;

/** The same object on one line of kind `report`: the last, behind the events of the command. */
export const jsonl: Printer = (ended) => `${JSON.stringify({ kind: 'report', ...shapeOf(ended) })}\n`;

function shapeOf({ command, exit, data, diagnostics, failure }: Ended): object {
  return {
    command: command || null,
    exit,
    diagnostics: diagnostics.map(toJson),
    ...data,
    ...(failure ? { error: failure } : {}),
  };
}
