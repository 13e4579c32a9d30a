import path from 'node:path';
import { type Argument, Command as Commander, CommanderError, Option } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Command, Context, ExitCode, Report } from './command.ts';
import { describe, type Failure, type Told, UsageError } from './errors.ts';
import type { Ended } from './formats/format.ts';
import { formats } from './formats/index.ts';
import { commandOf, isMachine, mainFormat, type Outputs, outputsOf } from './outputs.ts';

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
  const outputs = outputsOf(argv, commands);
  const context: Context = { ...surroundings, format: mainFormat(outputs) };
  const print = async (end: End) => {
    try {
      await printEnd(end, outputs, context);
      return end.report?.exit ?? 2;
    } catch (error) {
      // A file that cannot be written: told on standard output and error alone.
      const failure = describe(error);
      await printEnd({ ...end, report: undefined, failure }, onScreen(outputs), context);
      return 2;
    }
  };
  let exit: ExitCode = 0;
  const called = commandOf(argv, commands)?.name ?? '';
  let help = '';
  const program = declareProgram(context, (text) => {
    help += text;
  });
  for (const command of commands) {
    const declared = command.declare(async (run) => {
      if (outputs.problem !== undefined)
        throw new UsageError(outputs.problem, 'Each --format but one needs an --output-file behind it.');
      const report = await run(context);
      exit = await print({ report, failure: report.failure, command: called });
    });
    program.addCommand(declared.copyInheritedSettings(program));
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) {
        const data = error.code === 'commander.version' ? { version: help.trim() } : { help };
        return await print({ report: { exit: 0, data, text: help }, command: called });
      }
      if (error.code === 'commander.help' && context.format === 'text') return 2;
      return await print({ failure: fromCommander(error), command: called });
    }
    return await print({ failure: describe(error), command: called });
  }
}

/** How a command line ended. */
interface End {
  /** Empty if it did not come to one. */
  readonly command: string;
  readonly report?: Report | undefined;
  readonly failure?: Failure | undefined;
}

const onScreen = ({ all }: Outputs): Outputs => ({ all: all.filter(({ file }) => file === undefined) });

/** One message for what was thrown where nobody waits for it, such as in a callback of a library. */
export async function reportCrash(
  error: unknown,
  argv: readonly string[],
  commands: readonly Command[],
  surroundings: Surroundings,
): Promise<void> {
  const outputs = outputsOf(argv, commands);
  const context = { ...surroundings, format: mainFormat(outputs) };
  const called = commandOf(argv, commands)?.name ?? '';
  await printEnd({ failure: describe(error), command: called }, onScreen(outputs), context);
}

/** Help and version go to `told`; help where no command is given, which is a mistake, to people alone. */
function declareProgram({ terminal, format }: Context, told: (text: string) => void): Commander {
  return new Commander('dml')
    .description(packageJson.description)
    .version(packageJson.version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addOption(new Option('--json').hideHelp())
    .addOption(new Option('--format <format>').hideHelp())
    .addOption(new Option('--output-file <file>').hideHelp())
    .configureHelp({
      subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(termOf)].join(' '),
    })
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: told,
      writeErr: (text) => {
        if (format === 'text') terminal.err.write(text);
      },
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

/** In every format that is asked for; text goes to people. */
async function printEnd(
  { report, failure, command }: End,
  outputs: Outputs,
  context: Context,
): Promise<void> {
  const { terminal, cwd } = context;
  const ended: Ended = {
    command,
    exit: report?.exit ?? 2,
    data: report?.data ?? {},
    diagnostics: report?.diagnostics ?? [],
    failure: failure && shown(failure, cwd),
  };
  for (const { format, file } of outputs.all) {
    const text = isMachine(format) ? (await formats[format]())(ended) : (report?.text ?? '');
    if (file === undefined) terminal.out.write(report?.printed ? '' : text);
    else await (await import('./write-file.ts')).writeFileWhole(file, text, cwd);
  }
  if (!failure) return;
  if (context.format === 'text') writeFailure(failure, context);
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

/** Without the stack; the file relative to where the command runs, if it is below. */
const shown = ({ message, file, help }: Failure, cwd: string): Told => ({
  message,
  ...(file === undefined ? {} : { file: file.replace(`${cwd}${path.sep}`, '') }),
  ...(help === undefined ? {} : { help }),
});

/** `error: unknown option '--forse'\n(Did you mean --force?)` as a message and what to do. */
function fromCommander(error: CommanderError): Failure {
  if (error.code === 'commander.help')
    return { message: 'There is no command.', help: 'dml --help lists the commands.' };
  const [first = '', hint] = error.message.replace(/^error: /, '').split('\n');
  const message = first.charAt(0).toUpperCase() + first.slice(1);
  return {
    message,
    help: hint?.replace(/^\(|\)$/g, '') ?? 'dml --help lists the commands, dml COMMAND --help the flags.',
  };
}
