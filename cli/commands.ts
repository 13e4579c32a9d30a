import type { Command } from './command.ts';
import { doctor } from './commands/doctor.ts';
import { create } from './commands/new.ts';
import { setup } from './commands/setup.ts';

/** In the order of `dml --help`. */
export const commands: readonly Command[] = [doctor, setup, create];
