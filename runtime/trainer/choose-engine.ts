import type { EngineClass, EngineProvider, Missing } from '../engines/engine.ts';
import type { EngineEvent } from './events.ts';
import type { Problem } from './problem.ts';

export interface ChosenEngine {
  readonly provider: EngineProvider;
  readonly class: EngineClass;
  readonly why: EngineEvent['why'];
}

/**
 * The engine of an interrupted run, in exactly its class; else the first of the given ones that is there. A recorded
 * engine that is not among the given ones is passed over: another one was asked for.
 */
export async function chooseEngine(
  engines: readonly EngineProvider[],
  recorded: EngineClass | undefined,
): Promise<ChosenEngine | Problem> {
  const before = engines.find(({ name }) => name === recorded?.engine);
  if (recorded && before) {
    const answer = await before.find(recorded);
    if ('found' in answer) return { provider: before, class: answer.found, why: 'recorded' };
    const { engine, reason, help } = answer.missing;
    return {
      message: `This run was interrupted, and its engine ${engine} cannot take it up here: ${reason}.`,
      help,
      exit: 2,
    };
  }
  const missing: Missing[] = [];
  for (const provider of engines) {
    const answer = await provider.find();
    if ('found' in answer)
      return { provider, class: answer.found, why: engines.length === 1 ? 'asked for' : 'best that works' };
    missing.push(answer.missing);
  }
  return {
    message: missing.map(({ engine, reason }) => `The engine ${engine} is not there: ${reason}.`).join(' '),
    help: missing.map(({ help }) => help).join(' '),
    exit: 2,
  };
}
