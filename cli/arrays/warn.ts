import type { Context } from '../command.ts';

/** Tells people what is suspicious; machines have it in the report. */
export function warn(warnings: readonly string[], { terminal }: Context): void {
  const { bold, yellow } = terminal.err.colors;
  for (const warning of warnings) terminal.err.write(`${bold(yellow('warning'))}: ${warning}\n`);
}
