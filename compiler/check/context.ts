import type { Diagnostic } from '../../grammar/diagnostic.ts';
import type { Block } from '../../grammar/syntax.ts';
import type { DataSet, Experiment } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import type { Scope } from './scope.ts';
import type { Given, Settings } from './settings.ts';

/** Handed through the checker: what there is, and where to say what is wrong. */
export interface Context {
  readonly registry: Registry;
  readonly report: (diagnostic: Diagnostic) => void;
  /**
   * The experiment that a block declares; `undefined` if something is wrong with it, which is reported. Absent where
   * there is no file.
   */
  readonly experiment?: (block: Block, scope: Scope) => Experiment | undefined;
  /** What was read already, so that what blocks and arms inherit is read once. Absent where everything is read anew. */
  readonly known?: Known;
  /** A component stands without the options that are wrong: read for what its parts say, and for nothing else. */
  readonly isLenient?: true;
}

/** That of a file, in which experiments know one another. */
export type FileContext = Context & Required<Pick<Context, 'experiment' | 'known'>>;

/** To read again what is wrong and has been reported, as far as it can be. */
export const lenient = ({ known: _, ...context }: Context): Context => ({
  ...context,
  report: () => {},
  isLenient: true,
});

/** What is known of the blocks of a check and of what is given in them; `undefined` where that is wrong and reported. */
export interface Known {
  readonly settings: Map<Block, Settings | undefined>;
  readonly dataSets: Map<Block, DataSet | undefined>;
  /** What a field became, by what it is given and by the kind that read it. */
  readonly fields: Map<Given, Map<object, unknown>>;
}

/** The value that a map has for a key; where it has none, the one that is made now. */
export function once<K, V>(map: Map<K, V> | undefined, key: K, make: () => V): V {
  if (!map) return make();
  if (map.has(key)) return map.get(key)!;
  const value = make();
  map.set(key, value);
  return value;
}

export const nothingKnown = (): Known => ({ settings: new Map(), dataSets: new Map(), fields: new Map() });

/** To read again what was checked before. */
export const silentContext = (registry: Registry): Context => ({
  registry,
  report: () => undefined,
  known: nothingKnown(),
});

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
