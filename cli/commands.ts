import type { Command } from './command.ts';
import { check } from './commands/check.ts';
import { doctor } from './commands/doctor.ts';
import { explain } from './commands/explain.ts';
import { fmt } from './commands/fmt.ts';
import { create } from './commands/new.ts';
import { run } from './commands/run.ts';
import { setup } from './commands/setup.ts';

/** In the order of `dml --help`. */
export const commands: readonly Command[] = [run, check, fmt, explain, doctor, setup, create];
