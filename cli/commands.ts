import type { Command } from './command.ts';
import { create } from './commands/new.ts';

/** In the order of `dml --help`. */
export const commands: readonly Command[] = [create];
