import type { Diagnostic } from 'vscode-languageserver';
import type { Analyser, Told } from './analysis.ts';
import { type Findings, shownIn } from './diagnostics.ts';
import type { Workspace } from './workspace.ts';

/** Keeps what is shown up to date with what is typed. */
export interface Publishing {
  /** A file was opened, closed, typed in, or changed on disk. */
  readonly changed: (path: string) => void;
  /** Something was found out. */
  readonly told: (told: Told) => void;
  /** Does something else before any file is looked at, one such after the other, and goes on behind it. */
  readonly before: <T>(work: () => Promise<T>) => Promise<T>;
  /** What is known of an open file, perhaps of a text of a moment ago. */
  readonly known: (path: string) => Known;
}

export interface Known {
  readonly findings: Findings | undefined;
  /** What running an experiment or sweep of the file comes to, by its name. */
  readonly outlooks: Readonly<Record<string, string>>;
}

interface Showing {
  readonly diagnostics: (uri: string, diagnostics: readonly Diagnostic[]) => void;
  /** What is shown inside of files is out of date. */
  readonly hints: () => void;
}

/** How long nobody must have typed before a file is looked at, in milliseconds. */
const pause = 120;

/**
 * Has the open files looked at that a change reaches, once nobody has typed for a moment, and shows what is found. A
 * change gives up what is being looked at; files that were not finished are looked at again.
 */
export function publishing(workspace: Workspace, analyser: Analyser, show: Showing): Publishing {
  const known = new Map<string, Known>();
  const stale = new Set<string>();
  const shown = new Map<string, string>();
  let number = 0;
  let timer: NodeJS.Timeout | undefined;
  let held = 0;
  let turn: Promise<unknown> = Promise.resolve();

  /** Shows what differs from what is shown; of a file that was just looked at all, since editors move what they show. */
  const publish = (looked?: string) => {
    const findings = [...known].flatMap(([file, each]) =>
      each.findings ? [[file, each.findings] as const] : [],
    );
    const now = shownIn(new Map(findings), workspace);
    for (const file of new Set([...shown.keys(), ...now.keys()])) {
      const diagnostics = now.get(file) ?? [];
      const text = JSON.stringify(diagnostics);
      if (file !== looked && text === shown.get(file)) continue;
      show.diagnostics(workspace.uriOf(file), diagnostics);
      if (now.has(file)) shown.set(file, text);
      else shown.delete(file);
    }
  };

  const bySize = (files: readonly string[]) => {
    const sizes = new Map(files.map((file) => [file, workspace.read(file)?.text.length ?? 0]));
    return [...files].sort((a, b) => sizes.get(a)! - sizes.get(b)!);
  };

  const begin = () => {
    timer = undefined;
    if (held > 0) return;
    const open = workspace.open();
    for (const file of known.keys()) if (!open.includes(file)) known.delete(file);
    publish();
    // A short one is not kept waiting by a long one.
    const files = bySize(open.filter((file) => stale.has(file)));
    if (files.length === 0) return;
    analyser.analyse({
      number: ++number,
      documents: workspace.documents(),
      folders: workspace.folders(),
      files,
    });
  };

  return {
    changed(file) {
      for (const open of workspace.open()) {
        const findings = known.get(open)?.findings;
        if (!findings || open === file || findings.uses.has(file)) stale.add(open);
      }
      // What is still told of the text as it was is of no round any more.
      number += 1;
      analyser.cancel();
      clearTimeout(timer);
      timer = setTimeout(begin, pause);
    },
    async before(work) {
      held++;
      const done = turn.then(work);
      turn = done.catch(() => undefined);
      try {
        return await done;
      } finally {
        held--;
        if (held === 0) timer ??= setTimeout(begin, 0);
      }
    },
    told(told) {
      if (told.number !== number) return;
      const before = known.get(told.file) ?? unknown;
      if ('findings' in told) {
        known.set(told.file, { ...before, findings: told.findings });
        publish(told.file);
        return;
      }
      known.set(told.file, { ...before, outlooks: told.outlooks });
      stale.delete(told.file);
      show.hints();
    },
    known: (file) => known.get(file) ?? unknown,
  };
}

const unknown: Known = { findings: undefined, outlooks: {} };
