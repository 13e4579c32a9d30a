import type { Block } from '../../grammar/syntax.ts';
import type { Experiment } from '../experiment.ts';
import { assemble, readDraft } from './assemble.ts';
import { type Context, type FileContext, nothingKnown } from './context.ts';
import { fieldNames } from './experiment-fields.ts';
import { reportUnknown } from './fields.ts';
import { messages } from './messages.ts';
import type { Scope } from './scope.ts';
import { layer, reportCircle, type Setting, type Settings, settingsOf, settingsWithin } from './settings.ts';

/** A protocol never runs: what it gives is checked, what it leaves open is not. */
export function checkProtocol(block: Block, scope: Scope, context: Context): void {
  const settings = ownSettings('protocol', block, scope, context);
  const claim = settings?.get('expect')?.whole;
  if (claim) context.report(messages.at(claim.span, 'DML1228', {}));
  if (settings) readDraft(settings, context);
}

/**
 * The context in which experiments know one another: `experiment` reads each once, with everything that it extends
 * and with what the command line sets on top. One that needs itself, by whatever way, is reported and is none.
 */
export function withExperiments(
  context: Context,
  overridesOf: (block: Block) => readonly Setting[],
): FileContext {
  const read = new Map<Block, Experiment | undefined>();
  const trail: Block[] = [];
  const whole: FileContext = {
    ...context,
    known: nothingKnown(),
    experiment(block, scope) {
      if (read.has(block)) return read.get(block);
      if (trail.includes(block)) {
        reportCircle(trail.slice(trail.indexOf(block)), context);
        return undefined;
      }
      trail.push(block);
      const settings = ownSettings('experiment', block, scope, whole);
      const experiment = settings && assemble(block, layer(settings, overridesOf(block), whole), whole);
      trail.pop();
      read.set(block, experiment);
      return experiment;
    },
  };
  return whole;
}

function ownSettings(keyword: string, block: Block, scope: Scope, context: Context): Settings | undefined {
  const own = settingsWithin(block.statements, scope);
  reportUnknown(keyword, fieldNames, own, context);
  return settingsOf(block, scope, context);
}
