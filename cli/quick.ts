/** Commands that only read files: bundled into one script, whose compiled code is kept (`code-cache.ts`). */
import { check } from './commands/check.ts';
import { diff } from './commands/diff.ts';
import { fmt } from './commands/fmt.ts';
import { lint } from './commands/lint.ts';
import type { QuickName } from './quick-names.ts';
import { start } from './start.ts';

export { lookInThread } from './threads.ts';

const commands = { check, lint, fmt, diff } satisfies Record<QuickName, unknown>;

export const startQuick = (): Promise<void> => start(Object.values(commands));
