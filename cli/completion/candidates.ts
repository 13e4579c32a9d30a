import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Argument, Command as Commander, Option } from 'commander';
import type { Command } from '../command.ts';

/** A word that may stand at the cursor. A folder ends with a slash. */
export interface Candidate {
  readonly value: string;
  readonly doc: string;
}

/** What the words of an argument or a flag name. */
type Named = 'experiments' | 'files' | 'scripts' | 'any file' | 'folders';

/** By the names that arguments and values of flags have. */
const named: Readonly<Record<string, Named>> = {
  target: 'experiments',
  before: 'experiments',
  after: 'experiments',
  others: 'experiments',
  files: 'files',
  file: 'any file',
  path: 'any file',
  folder: 'folders',
};

/** The same of some commands and flags in particular. */
const namedIn: Readonly<Record<string, Named>> = {
  'allow files': 'scripts',
  'new file': 'folders',
  '--allow': 'scripts',
  '--use': 'scripts',
};

const endings: Readonly<Record<Named, RegExp>> = {
  experiments: /\.(dml|ya?ml)$/,
  files: /\.(dml|ya?ml)$/,
  scripts: /\.ts$/,
  'any file': /./,
  folders: /^$/,
};

/**
 * What may stand in place of `current` behind `words`. Of a `.dml` file the names of its experiments are read, nothing
 * is checked.
 */
export async function candidates(
  commands: readonly Command[],
  words: readonly string[],
  current: string,
  cwd: string,
): Promise<readonly Candidate[]> {
  // A shell may take `--format=json` apart, and hand over nothing as a word.
  const before = words.filter((word) => word !== '=' && word !== '');
  const called = commands.find(({ name }) => name === before[0]);
  if (!called) return before.length === 0 ? starting(allCommands(commands), current) : [];
  const declared = called.declare(async () => {});
  const isOver = before.includes('--');
  const pending = isOver ? undefined : flagOf(before.at(-1), declared);
  if (pending && takesValue(pending)) return valuesOf(pending, current, cwd);
  const [flag, value] = current.split(/=(.*)/s) as [string, string | undefined];
  const joined = isOver || value === undefined ? undefined : flagOf(flag, declared);
  if (joined) {
    const found = await valuesOf(joined, value!, cwd);
    return found.map((each) => ({ ...each, value: `${flag}=${each.value}` }));
  }
  if (!isOver && current.startsWith('-')) return starting(flagsOf(declared, before), current);
  return positionals(called, before, current, cwd);
}

const allCommands = (commands: readonly Command[]): readonly Candidate[] => [
  ...commands.map((each) => ({ value: each.name, doc: each.declare(async () => {}).summary() })),
  { value: '--help', doc: 'print the help' },
  { value: '--version', doc: 'print the version' },
];

const asCandidates = (words: readonly string[]): readonly Candidate[] =>
  words.map((value) => ({ value, doc: '' }));

const starting = (all: readonly Candidate[], current: string) =>
  all.filter(({ value }) => value.startsWith(current) && (current !== '' || !value.startsWith('-')));

const flagOf = (word: string | undefined, { options }: Commander): Option | undefined =>
  options.find(({ long, short }) => word !== undefined && (word === long || word === short));

const takesValue = ({ required, optional }: Option) => required || optional;

/** Those that are not there yet, or may stand again. */
const flagsOf = ({ options }: Commander, before: readonly string[]): readonly Candidate[] => [
  ...options
    .filter(
      ({ long, parseArg }) =>
        long && (parseArg || /^--(format|output-file)$/.test(long) || !before.includes(long)),
    )
    .map(({ long, description }) => ({ value: long!, doc: description })),
  { value: '--help', doc: 'print the help' },
];

async function valuesOf(option: Option, current: string, cwd: string): Promise<readonly Candidate[]> {
  if (option.argChoices) return starting(asCandidates(option.argChoices), current);
  const placeholder = /<([^.>]*)/.exec(option.flags)?.[1] ?? '';
  const kind = namedIn[option.long ?? ''] ?? named[placeholder];
  return kind ? filesLike(kind, current, cwd) : [];
}

/** Words that are neither flags nor their values count as arguments; the last one may be of many. */
async function positionals(
  called: Command,
  before: readonly string[],
  current: string,
  cwd: string,
): Promise<readonly Candidate[]> {
  const declared = called.declare(async () => {});
  const given = before.slice(1).filter((word, i) => {
    const flag = flagOf(before[i], declared);
    return !word.startsWith('-') && !(flag && takesValue(flag));
  });
  const all = declared.registeredArguments;
  const last = all.at(-1);
  const argument: Argument | undefined = all[given.length] ?? (last?.variadic ? last : undefined);
  if (!argument) return [];
  const words = called.proposed[argument.name()] ?? [];
  if (words.length > 0) return starting(asCandidates(words), current);
  const kind = namedIn[`${declared.name()} ${argument.name()}`] ?? named[argument.name()];
  if (!kind) return [];
  const hash = current.indexOf('#');
  if (kind !== 'experiments') return filesLike(kind, current, cwd);
  if (hash >= 0) return experimentsIn(current.slice(0, hash), current, cwd);
  const files = filesLike(kind, current, cwd);
  const [only, second] = files;
  const names = only && !second && !only.value.endsWith('/') ? await experimentsIn(only.value, '', cwd) : [];
  return [...files, ...names];
}

/** Files of a kind, and folders, that begin with `current`; hidden ones only if it says so. */
function filesLike(kind: Named, current: string, cwd: string): readonly Candidate[] {
  const at = current.lastIndexOf('/') + 1;
  const [folder, begin] = [current.slice(0, at), current.slice(at)];
  try {
    return readdirSync(path.resolve(cwd, folder || '.'), { withFileTypes: true })
      .filter(({ name }) => name.startsWith(begin) && (begin.startsWith('.') || !name.startsWith('.')))
      .flatMap((entry) => {
        const value = `${folder}${entry.name}`;
        const isFolder =
          entry.isDirectory() ||
          (entry.isSymbolicLink() &&
            (statSync(path.resolve(cwd, value), { throwIfNoEntry: false })?.isDirectory() ?? false));
        if (isFolder) return [{ value: `${value}/`, doc: 'folder' }];
        return endings[kind].test(entry.name) ? [{ value, doc: '' }] : [];
      })
      .sort((a, b) => (a.value < b.value ? -1 : 1));
  } catch {
    return [];
  }
}

/** `FILE#name` for what can be run of a file, whether it is right or not. */
async function experimentsIn(file: string, current: string, cwd: string): Promise<readonly Candidate[]> {
  let text: string;
  try {
    text = readFileSync(path.resolve(cwd, file), 'utf8');
  } catch {
    return [];
  }
  const { parse } = await import('../../grammar/parser.ts');
  const blocks = parse({ path: file, text }).value?.declarations ?? [];
  const all = blocks.flatMap((block) =>
    block.kind === 'block' && ['experiment', 'sweep'].includes(block.keyword.text)
      ? [{ value: `${file}#${block.name.text}`, doc: block.doc?.split('\n')[0] ?? block.keyword.text }]
      : [],
  );
  return starting(all, current);
}
