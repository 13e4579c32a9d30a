import type { Diagnostic } from 'vscode-languageserver';
import { type Findings, findingsIn, shownIn } from './diagnostics.ts';
import type { Services } from './services.ts';
import type { Workspace } from './workspace.ts';

/** Keeps what is shown up to date with what is typed. */
export interface Publishing {
  /** A file was opened, closed, typed in, or changed on disk. */
  readonly changed: (path: string) => void;
}

/** How long nobody must have typed before a file is checked. */
const pause = 120;

/**
 * Checks the open files that a change reaches, once nobody has typed for a moment, and shows what is found. What was
 * found out about a text that has changed meanwhile is not shown.
 */
export function publishing(
  workspace: Workspace,
  services: Services,
  show: (uri: string, diagnostics: readonly Diagnostic[]) => void,
): Publishing {
  const findings = new Map<string, Findings>();
  const touched = new Set<string>();
  let shown: ReadonlySet<string> = new Set();
  let round = 0;
  let timer: NodeJS.Timeout | undefined;

  const update = async () => {
    const mine = ++round;
    const open = workspace.open();
    const stale = open.filter((file) => isReached(file, findings.get(file), touched));
    const found = await Promise.all(
      stale.map(async (file) => [file, await findingsIn(file, workspace, services)] as const),
    );
    if (mine !== round || timer) return;
    touched.clear();
    for (const [file, each] of found) findings.set(file, each);
    for (const file of findings.keys()) if (!open.includes(file)) findings.delete(file);
    const now = shownIn(findings, workspace);
    for (const file of shown) if (!now.has(file)) show(workspace.uriOf(file), []);
    for (const [file, diagnostics] of now) show(workspace.uriOf(file), diagnostics);
    shown = new Set(now.keys());
  };

  return {
    changed(file) {
      touched.add(file);
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = undefined;
        void update();
      }, pause);
    },
  };
}

/** Whether what was found in a file may be something else by now. */
const isReached = (file: string, before: Findings | undefined, touched: ReadonlySet<string>): boolean =>
  !before || touched.has(file) || [...touched].some((path) => before.uses.has(path));
