import type { Command, Format } from './command.ts';
import { formats, type MachineFormat } from './formats/index.ts';

/** One way to print the end of a command. */
export interface Output {
  readonly format: Format;
  /** Absent: standard output. */
  readonly file?: string;
}

/** What the words ask for, and the first thing that is wrong with it. */
export interface Outputs {
  readonly all: readonly Output[];
  readonly problem?: string;
}

/**
 * `--format sarif --output-file a.sarif --format github`: each format goes to the file that follows it, at most one to
 * standard output, which is text if none does. From the raw words, since a failure to parse them must have the right
 * format, too; what is no format is left to that failure.
 */
export function outputsOf(argv: readonly string[], commands: readonly Command[]): Outputs {
  const machine = commandOf(argv, commands)?.machineFormat ?? 'json';
  const asked: { format: Format; file?: string }[] = [];
  let problem: string | undefined;
  for (const [flag, value] of flagsOf(argv)) {
    if (flag === '--json') asked.push({ format: machine });
    else if (flag === '--format') {
      if (isFormat(value)) asked.push({ format: value });
    } else if (value !== undefined) {
      const last = asked.at(-1);
      if (last && last.file === undefined) last.file = value;
      else problem ??= `--output-file ${value} has no --format before it.`;
    }
  }
  const open = asked.filter(({ file }) => file === undefined);
  if (open.length > 1)
    problem ??= `${open.map(({ format }) => format).join(' and ')} cannot both go to standard output.`;
  const all = open.length === 0 ? [...asked, { format: 'text' as const }] : asked.filter(isFirst(open[0]!));
  return problem === undefined ? { all } : { all, problem };
}

/** The command that the words call: the first of them that is neither a flag nor the value of a common one. */
export function commandOf(argv: readonly string[], commands: readonly Command[]): Command | undefined {
  const called = argv.find(
    (word, i) => !word.startsWith('-') && !['--format', '--output-file'].includes(argv[i - 1] ?? ''),
  );
  return commands.find(({ name }) => name === called);
}

/** Of those without a file, only the first. */
const isFirst =
  (first: Output) =>
  (output: Output): boolean =>
    output.file !== undefined || output === first;

const isFormat = (value: string | undefined): value is Format =>
  value === 'text' || Object.hasOwn(formats, value ?? '');

/** The three flags in their order, each with its value, whether it is behind a blank or an equals sign. */
function* flagsOf(argv: readonly string[]): Generator<readonly [flag: string, value: string | undefined]> {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  for (const [i, word] of words.entries()) {
    const [flag = '', value] = word.split(/=(.*)/s);
    if (flag === '--json') yield [flag, undefined];
    if (flag === '--format' || flag === '--output-file') yield [flag, value ?? words[i + 1]];
  }
}

/** The format of standard output. */
export const mainFormat = ({ all }: Outputs): Format =>
  all.find(({ file }) => file === undefined)?.format ?? 'text';

export const isMachine = (format: Format): format is MachineFormat => format !== 'text';
