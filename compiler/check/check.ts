import path from 'node:path';
import type { Outcome } from '../../grammar/diagnostic.ts';
import type { Source } from '../../grammar/source.ts';
import type { Block, SyntaxTree } from '../../grammar/syntax.ts';
import { isCanonical } from '../canonical/path.ts';
import type { Compare, Experiment, Program, Sweep } from '../experiment.ts';
import type { Registry, Signatures } from '../registry.ts';
import { readCompare } from './compare.ts';
import { type Context, collectFindings } from './context.ts';
import { readDataSet } from './dataset.ts';
import { checkProtocol, withExperiments } from './experiment.ts';
import { type File, loadFile, unusedLets } from './files.ts';
import { checkName, checkUnusedLet } from './lets.ts';
import { messages } from './messages.ts';
import { withOrigins } from './origins.ts';
import { readOverrides } from './overrides.ts';
import { withOwn } from './own.ts';
import { lookup, type Scope } from './scope.ts';
import { isKnownKind } from './settings.ts';
import { suppressionOf, suppressionsOf } from './suppression.ts';
import { type ReadSweep, readSweep } from './sweep.ts';
import { checkVersion, languageVersion } from './version.ts';

export interface CheckOptions {
  readonly registry: Registry;
  /** The text of a file that is used, by its path; `undefined` if there is none. */
  readonly read: (path: string, root?: string) => Source | undefined;
  /** What the TypeScript file at a path exports, `undefined` if there is none. Absent where nothing can read them. */
  readonly components?: (path: string) => Signatures | undefined;
  /** Reads a text; one that remembers what it has read may stand in its place. */
  readonly parse?: (source: Source) => Outcome<SyntaxTree>;
  /** Folder that no `use` may leave: the working directory if the file is below it, else the file's own folder. */
  readonly root?: string;
  /** `path=value`, as on the command line: applied last to the target, or to all if there is no target. */
  readonly set?: readonly string[];
  /** Name of the experiment or sweep that `set` is meant for. */
  readonly target?: string | undefined;
}

/**
 * Reads a file and all that it uses, and reports everything that is wrong with it. Components are not loaded.
 * The program holds what the file itself declares; it is there if there is no error.
 */
export function check(source: Source, options: CheckOptions): Outcome<Program> {
  const { value, diagnostics, files } = inspect(source, options);
  const suppressions = files.flatMap(({ tree }) => suppressionsOf(tree));
  return { value, diagnostics: diagnostics.filter((diagnostic) => !suppressionOf(diagnostic, suppressions)) };
}

export interface Inspected extends Outcome<Program> {
  /** Absent where nothing of it could be read. */
  readonly file: File | undefined;
  /** All files that were read, itself among them. */
  readonly files: readonly File[];
  /** The given one, and the components of the user's own files. */
  readonly registry: Registry;
}

/** What `check` finds before any of it is suppressed, and what was read for it. */
export function inspect(source: Source, options: CheckOptions): Inspected {
  const main = { ...source, path: path.normalize(source.path) };
  const findings = collectFindings(main.path);
  const context: Context = { registry: options.registry, report: findings.report };
  const reader = { ...options, root: options.root ?? projectRoot(main.path) };
  const { file, files, own } = loadFile(main, reader, context);
  const registry = withOwn(
    options.registry,
    own.map(({ component }) => component),
  );
  const program = file && readProgram(file, options, { ...context, registry });
  const diagnostics = findings.all().map(withOrigins(files, main.path));
  const isWhole = diagnostics.every(({ severity }) => severity !== 'error');
  return { value: isWhole ? program : undefined, diagnostics, file, files, registry };
}

/** The folder that a file's `use` may not leave: the working directory if the file is below it, else its own folder. */
export const projectRoot = (file: string): string =>
  path.isAbsolute(file) || path.normalize(file).startsWith('..') ? path.dirname(file) : '.';

function readProgram(file: File, options: CheckOptions, reading: Context): Program {
  const { tree, scope } = file;
  const { source } = tree;
  const version = `dml${isCanonical(source.path) ? ':' : ''} ${languageVersion}`;
  checkVersion(tree.version, { source, start: 0, end: 0 }, version, reading);
  const overrides = readOverrides(options.set ?? [], scope, reading);
  const experiments: Experiment[] = [];
  const sweeps: Sweep[] = [];
  const compares: Compare[] = [];
  const blocks = tree.declarations.filter((declaration) => declaration.kind === 'block');
  const targets = new Set(targetsOf(blocks, options.target, scope));
  const overridesOf = (block: Block) => (targets.has(block) ? overrides : []);
  const context = withExperiments(reading, overridesOf);
  const read = new Map<Block, ReadSweep | undefined>();
  const sweepOf = (block: Block, from: Scope) => {
    if (!read.has(block)) read.set(block, readSweep(block, from, overridesOf(block), context));
    return read.get(block);
  };
  for (const block of blocks) {
    checkHead(block, context);
    if (block.keyword.text === 'experiment') {
      const experiment = context.experiment(block, scope);
      if (experiment) experiments.push(experiment);
    } else if (block.keyword.text === 'sweep') {
      const sweep = sweepOf(block, scope)?.sweep;
      if (sweep) sweeps.push(sweep);
    } else if (block.keyword.text === 'compare') {
      const compare = readCompare(block, scope, sweepOf, context);
      if (compare) compares.push(compare);
    } else readOther(block, scope, context);
  }
  for (const declaration of tree.declarations)
    if (declaration.kind === 'let') checkName(declaration, context);
  for (const declaration of unusedLets(file)) checkUnusedLet(declaration, scope, context);
  return { experiments, sweeps, compares, components: context.registry };
}

/** What `--set` is meant for: what is named, and of a comparison all that it compares; everything if nothing is named. */
function targetsOf(blocks: readonly Block[], name: string | undefined, scope: Scope): readonly Block[] {
  const named = blocks.filter((block) => name === undefined || name === block.name.text);
  const compared = named
    .filter(({ keyword }) => keyword.text === 'compare')
    .flatMap(({ bases }) => bases.flatMap(({ path }) => lookup(path, scope) ?? []));
  return [...named, ...compared.flatMap((entity) => (entity.kind === 'block' ? entity.block : []))];
}

/** `of` belongs to sweeps and comparisons, `extends` to the others, `vary` and `let` to sweeps. */
function checkHead(block: Block, context: Context): void {
  const { report } = context;
  const { keyword, parent, bases, statements } = block;
  const hasBases = ['sweep', 'compare'].includes(keyword.text);
  if (!isKnownKind(block, context)) return;
  if (hasBases && (parent || bases.length === 0)) {
    report(
      messages.at(parent?.span ?? block.name.span, 'DML1229', {
        keyword: keyword.text,
        name: block.name.text,
      }),
    );
  }
  if (!hasBases && bases[0]) report(messages.at(bases[0].span, 'DML1230', { keyword: keyword.text }));
  if (keyword.text === 'sweep') return;
  for (const statement of statements) {
    if (statement.kind === 'field') continue;
    const written = statement.kind === 'vary' ? 'vary' : 'let';
    report(messages.at(statement.span, 'DML1223', { written, keyword: keyword.text }));
  }
}

function readOther(block: Block, scope: Scope, context: Context): void {
  if (block.keyword.text === 'dataset') readDataSet(block, scope, context);
  if (block.keyword.text === 'protocol') checkProtocol(block, scope, context);
}
