import path from 'node:path';
import { type Argument, Command as Commander, CommanderError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Command, Context, ExitCode, Format, Report } from './command.ts';
import { describe, type Failure } from './errors.ts';

/** What a process gives a command line. */
export type Surroundings = Omit<Context, 'format'>;

/**
 * Runs the command that `argv` asks for and prints its report, or one message for whatever went wrong. Everything is
 * written when this returns; the exit code is for the caller to set.
 */
export async function runCommandLine(
  argv: readonly string[],
  commands: readonly Command[],
  surroundings: Surroundings,
): Promise<ExitCode> {
  const context: Context = { ...surroundings, format: formatOf(argv, commands) };
  let exit: ExitCode = 0;
  let called = '';
  const program = declareProgram(context);
  for (const command of commands) {
    const declared = command.declare(async (run) => {
      called = command.name;
      const report = await run(context);
      printReport(report, called, context);
      exit = report.exit;
    });
    program.addCommand(declared.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      if (error.code !== 'commander.help') printFailure(fromCommander(error), called, context);
      return 2;
    }
    printFailure(describe(error), called, context);
    return 2;
  }
}

/** One message for what was thrown where nobody waits for it, such as in a callback of a library. */
export function reportCrash(
  error: unknown,
  argv: readonly string[],
  commands: readonly Command[],
  surroundings: Surroundings,
): void {
  printFailure(describe(error), '', { ...surroundings, format: formatOf(argv, commands) });
}

function declareProgram({ terminal }: Context): Commander {
  return new Commander('dml')
    .description(packageJson.description)
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addOption(new Option('--json').hideHelp())
    .addOption(new Option('--format <format>').hideHelp())
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(termOf)].join(' '),
    })
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out.write(text),
      writeErr: (text) => terminal.err.write(text),
      outputError: () => {},
      getOutHelpWidth: () => Math.min(100, terminal.out.columns),
      getErrHelpWidth: () => Math.min(100, terminal.err.columns),
      getOutHasColors: () => terminal.out.colors.isColorSupported,
    })
    .addHelpText('after', exitCodes);
}

function termOf(argument: Argument): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

const exitCodes = `
Exit codes: 0 done, 1 something was found, 2 could not work, 130 stopped by Ctrl-C.
Every command has --help with examples, and --json.`;

function printReport({ exit, data, text, failure }: Report, command: string, context: Context): void {
  const { terminal, format } = context;
  if (format === 'text') {
    terminal.out.write(text);
    if (failure) writeFailure(failure, context);
  } else {
    writeJson({ command, exit, ...data, ...(failure ? { error: withoutStack(failure) } : {}) }, context);
  }
  if (failure) hintAtStack(failure, context);
}

/** What a command could not even report. */
function printFailure(failure: Failure, command: string, context: Context): void {
  if (context.format === 'text') writeFailure(failure, context);
  else writeJson({ command: command || null, exit: 2, error: withoutStack(failure) }, context);
  hintAtStack(failure, context);
}

function writeFailure({ message, file, help }: Failure, { terminal, cwd }: Context): void {
  const { bold, red, cyan } = terminal.err.colors;
  const where = file && !message.includes(file) ? `${file}: ` : '';
  const text = `${where}${message}`.replaceAll(`${cwd}${path.sep}`, '');
  terminal.err.write(`${bold(red('error'))}: ${text}\n`);
  if (help) terminal.err.write(`${cyan('help')}: ${help}\n`);
}

function hintAtStack({ stack }: Failure, { terminal, env }: Context): void {
  if (!stack) return;
  const hint = 'This is a bug in dml. Run it again with DML_DEBUG=1 for the stack.';
  terminal.err.write(`${env.DML_DEBUG ? stack : hint}\n`);
}

const withoutStack = ({ message, file, help }: Failure) => ({ message, file, help });

/** In `jsonl` the report is the last line, of kind `report`. */
function writeJson(data: object, { terminal, format }: Context): void {
  const text =
    format === 'json' ? JSON.stringify(data, null, 2) : JSON.stringify({ kind: 'report', ...data });
  terminal.out.write(`${text}\n`);
}

/** `error: unknown option '--forse'\n(Did you mean --force?)` as a message and what to do. */
function fromCommander(error: CommanderError): Failure {
  const [first = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const message = first.charAt(0).toUpperCase() + first.slice(1);
  return {
    message,
    help: hint?.replace(/^\(|\)$/g, '') ?? 'dml --help lists the commands, dml COMMAND --help the flags.',
  };
}

/** From the raw words, since a failure to parse them must be JSON too. */
function formatOf(argv: readonly string[], commands: readonly Command[]): Format {
  const end = argv.indexOf('--');
  const words = end < 0 ? argv : argv.slice(0, end);
  const isMachine = words.some(
    (word, i) =>
      word === '--json' ||
      /^--format=jsonl?$/.test(word) ||
      (word === '--format' && /^jsonl?$/.test(words[i + 1] ?? '')),
  );
  if (!isMachine) return 'text';
  return commands.find(({ name }) => words.includes(name))?.machineFormat ?? 'json';
}
