import { Argument, Command as Commander, Option } from 'commander';
import type { Diagnostic } from '../grammar/diagnostic.ts';
import type { Failure } from './errors.ts';
import { formats, type MachineFormat } from './formats/index.ts';
import type { Terminal } from './terminal.ts';

/** 0: done, nothing found. 1: something was found. 2: could not work. 130: stopped by Ctrl-C. */
export type ExitCode = 0 | 1 | 2 | 130;

/** `json` writes one object, `jsonl` a line for each event and finding, the report last. */
export type Format = 'text' | MachineFormat;

/** What a command found. The edge prints `text` for people, or `data` as JSON. */
export interface Report {
  readonly exit: ExitCode;
  readonly data: Readonly<Record<string, unknown>>;
  readonly text: string;
  /** What was found in files, for formats that list findings; JSON has them as `diagnostics`. */
  readonly diagnostics?: readonly Diagnostic[];
  /** Why the command could not do all of it. */
  readonly failure?: Failure;
  /** The command has written to standard output itself, line by line: nothing is added there. */
  readonly printed?: true;
}

/** What a command may touch. */
export interface Context {
  readonly terminal: Terminal;
  /** Of what goes to standard output. */
  readonly format: Format;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * From this call on, the first Ctrl-C (or SIGTERM, or a reader of the output that goes away) aborts the signal instead
   * of ending the process; the second ends it.
   */
  readonly interruption: () => AbortSignal;
  readonly readInput: () => Promise<string>;
  /** Lines of standard input, as they come. */
  readonly inputLines: () => AsyncIterable<string>;
  /** Asks the person at the terminal; absent where there is none. */
  readonly question?: ((text: string) => Promise<string>) | undefined;
}

/** A flag, and the type of its value. */
export interface Flag<Value> {
  readonly short?: string;
  /** Absent for a switch. */
  readonly placeholder?: string;
  readonly doc: string;
  readonly choices?: readonly string[];
  readonly initial: Value;
  readonly repeated: boolean;
}

export const toggle = (doc: string): Flag<boolean> => ({ doc, initial: false, repeated: false });

export const option = (placeholder: string, doc: string, short?: string): Flag<string | undefined> => ({
  placeholder,
  doc,
  initial: undefined,
  repeated: false,
  ...(short ? { short } : {}),
});

export const repeated = (placeholder: string, doc: string): Flag<readonly string[]> => ({
  placeholder,
  doc,
  initial: [],
  repeated: true,
});

/** Repeated, with one value or more each time: what a shell makes of `*.npy`. */
export const several = (placeholder: string, doc: string): Flag<readonly string[]> => ({
  ...repeated(`${placeholder}...`, doc),
});

export const choice = <const Value extends string>(
  placeholder: string,
  choices: readonly Value[],
  doc: string,
): Flag<Value | undefined> => ({ placeholder, doc, choices, initial: undefined, repeated: false });

type Values<Flags> = {
  readonly [Name in keyof Flags]: Flags[Name] extends Flag<infer Value> ? Value : never;
};

/** A command as data. Heavy modules are imported inside `run`, so that a command loads only what it needs. */
export interface Definition<Flags extends Readonly<Record<string, Flag<unknown>>>> {
  readonly name: string;
  readonly summary: string;
  /** `<files...>` or `[file]`, what it is, and what completion proposes for it. */
  readonly arguments: readonly (readonly [name: string, doc: string, proposed?: readonly string[]])[];
  /** By long name. */
  readonly flags: Flags;
  /** Explains what the summary leaves open; stands below the options. */
  readonly notes?: string;
  readonly examples: readonly (readonly [command: string, what: string])[];
  /** What `--json` stands for: `json` where nothing else is said. */
  readonly machineFormat?: 'json' | 'jsonl';
  readonly run: (
    inputs: { readonly arguments: readonly string[]; readonly flags: Values<Flags> },
    context: Context,
  ) => Promise<Report>;
}

/** A command ready to be called; `call` takes what commander has parsed. */
export interface Command {
  readonly name: string;
  readonly machineFormat: 'json' | 'jsonl';
  /** Words that an argument may be, by its name. */
  readonly proposed: Readonly<Record<string, readonly string[]>>;
  readonly declare: (call: (run: (context: Context) => Promise<Report>) => Promise<void>) => Commander;
}

export function command<const Flags extends Readonly<Record<string, Flag<unknown>>>>(
  definition: Definition<Flags>,
): Command {
  const { name, summary, flags, notes, examples, machineFormat = 'json' } = definition;
  return {
    name,
    machineFormat,
    proposed: Object.fromEntries(
      definition.arguments.map(([argument, , proposed = []]) => [argument.replace(/[^\w]/g, ''), proposed]),
    ),
    declare(call) {
      const commander = new Commander(name).summary(summary).description(`${summary}.`);
      for (const [argument, doc] of definition.arguments) commander.addArgument(new Argument(argument, doc));
      for (const [long, flag] of Object.entries(flags)) commander.addOption(toOption(long, flag));
      addFormat(commander, machineFormat);
      commander.addHelpText(
        'after',
        ({ command }) => `${wrapped(notes, command)}
Examples:
${printExamples(examples)}`,
      );
      commander.action(async () => {
        const given = commander.opts<Record<string, unknown>>();
        const values = Object.fromEntries(
          Object.entries(flags).map(([long, flag]) => [
            long,
            given[toOption(long, flag).attributeName()] ?? flag.initial,
          ]),
        ) as Values<Flags>;
        await call((context) => definition.run({ arguments: commander.args, flags: values }, context));
      });
      return commander;
    },
  };
}

function toOption(long: string, flag: Flag<unknown>): Option {
  const value = flag.placeholder ? ` <${flag.placeholder}>` : '';
  const option = new Option(`${flag.short ? `-${flag.short}, ` : ''}--${long}${value}`, flag.doc);
  if (flag.choices) option.choices([...flag.choices]);
  if (flag.repeated) option.argParser((text, previous: readonly string[] = []) => [...previous, text]);
  return option;
}

/** Repeatable, each with a file of its own: `outputsOf` reads them from the words themselves. */
function addFormat(commander: Commander, machine: 'json' | 'jsonl'): void {
  commander.addOption(
    new Option('--format <format>', 'how to print').choices(['text', ...Object.keys(formats)]),
  );
  commander.addOption(new Option('--json', `the same as --format ${machine}`));
  commander.addOption(
    new Option('--output-file <file>', 'where the format before it goes (default: standard output)'),
  );
}

/** A paragraph in the width of the help. */
function wrapped(text: string | undefined, command: Commander): string {
  if (!text) return '';
  const width = command.configureOutput().getOutHelpWidth?.() ?? 80;
  return `\n${command.createHelp().boxWrap(text, width)}\n`;
}

function printExamples(examples: Definition<Record<never, never>>['examples']): string {
  const width = Math.max(...examples.map(([line]) => line.length));
  return examples.map(([line, what]) => `  ${line.padEnd(width)}  # ${what}`).join('\n');
}
