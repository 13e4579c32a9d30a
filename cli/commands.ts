import type { Command } from './command.ts';
import { allow } from './commands/allow.ts';
import { check } from './commands/check.ts';
import { compile } from './commands/compile.ts';
import { completion } from './commands/completion.ts';
import { diff } from './commands/diff.ts';
import { doctor } from './commands/doctor.ts';
import { evaluate } from './commands/eval.ts';
import { explain } from './commands/explain.ts';
import { fmt } from './commands/fmt.ts';
import { labels } from './commands/labels.ts';
import { lint } from './commands/lint.ts';
import { lsp } from './commands/lsp.ts';
import { create } from './commands/new.ts';
import { plan } from './commands/plan.ts';
import { run } from './commands/run.ts';
import { schema } from './commands/schema.ts';
import { score } from './commands/score.ts';
import { setup } from './commands/setup.ts';

/** In the order of `dml --help`. */
export const commands: readonly Command[] = [
  run,
  plan,
  check,
  lint,
  fmt,
  diff,
  explain,
  compile,
  evaluate,
  labels,
  score,
  allow,
  doctor,
  setup,
  create,
  schema,
  lsp,
  completion(() => commands),
];
