/** All of `dml` for a process that is not its own. */
export { commands } from './commands.ts';
export { runCommandLine } from './edge.ts';
