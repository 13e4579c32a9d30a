import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Block } from '../../grammar/syntax.ts';
import type { Experiment } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import type { Scope } from './scope.ts';

/** Handed through the checker: what there is, and where to say what is wrong. */
export interface Context {
  readonly registry: Registry;
  readonly report: (diagnostic: Diagnostic) => void;
  /**
   * The experiment that a block declares; `undefined` if something is wrong with it, which is reported. Absent where
   * there is no file.
   */
  readonly experiment?: (block: Block, scope: Scope) => Experiment | undefined;
}

/** Diagnostics of one check. The same thing said twice, by two children of one parent, counts once. */
export interface Findings {
  readonly report: (diagnostic: Diagnostic) => void;
  /** In the order of the text, file by file. */
  readonly all: () => readonly Diagnostic[];
}

/** `main` is the path of the file that is checked: what is wrong in it comes first. */
export function collectFindings(main: string): Findings {
  const found = new Map<string, Diagnostic>();
  return {
    report(diagnostic) {
      const { code, message, span } = diagnostic;
      const key = [code, span.source.path, span.start, span.end, message].join('\u0000');
      if (!found.has(key)) found.set(key, diagnostic);
    },
    all() {
      const files = [...new Set([main, ...[...found.values()].map(({ span }) => span.source.path)])];
      return [...found.values()].sort(
        (a, b) =>
          files.indexOf(a.span.source.path) - files.indexOf(b.span.source.path) ||
          a.span.start - b.span.start ||
          a.span.end - b.span.end,
      );
    },
  };
}
