import { scoredName } from '../../compiler/canonical/value-form.ts';
import type {
  EngineEvent,
  LookEvent,
  ProgressEvent,
  RunName,
  TrainerEvent,
} from '../../runtime/trainer/events.ts';
import type { RunResult, Score } from '../../runtime/trainer/result.ts';
import { scoresOf } from '../../runtime/trainer/scored-sets.ts';
import type { Channel, Colors } from '../terminal.ts';
import { duration, integer, loss, score, scoreUnit, shownPath } from '../units.ts';

/** Seconds between two plain lines, where nobody watches. */
const quiet = 5;

const redraw = '\r\x1b[2K';

/**
 * Tells people what the trainer does: lines for what has happened; below them a bar that is drawn again on a terminal,
 * or a line every few seconds in a log.
 */
export function progressPrinter(
  channel: Channel,
  seconds: () => number,
  cwd: string,
): (event: TrainerEvent) => void {
  const { colors, interactive } = channel;
  let bar = '';
  let lastLine = Number.NEGATIVE_INFINITY;

  function line(text: string) {
    channel.write(`${bar && redraw}${text}\n${bar}`);
  }
  function progress(event: ProgressEvent) {
    if (interactive) {
      bar = barLine(event, channel.columns, colors);
      channel.write(redraw + bar);
    } else if (event.step === event.steps || seconds() - lastLine >= quiet) {
      lastLine = seconds();
      channel.write(`${plainLine(event)}\n`);
    }
  }
  return (event) => {
    if (event.kind === 'progress') return progress(event);
    if (endsBar(event) && bar) {
      channel.write(redraw);
      bar = '';
    }
    if (event.kind === 'start') lastLine = seconds() - quiet;
    const text = lineOf(event, colors, cwd);
    if (text) line(text);
  };
}

const endsBar = ({ kind }: TrainerEvent) =>
  kind === 'evaluation' || kind === 'done' || kind === 'interrupted' || kind === 'failed';

/** What an event leaves on the screen; nothing for some. */
function lineOf(
  event: TrainerEvent,
  { bold, dim, green, red, yellow }: Colors,
  cwd: string,
): string | undefined {
  switch (event.kind) {
    case 'engine':
      return engineLine(event.class, event.why, { bold, dim });
    case 'start': {
      const { step, cases, parameters } = event;
      const resumed = step > 0 ? `, goes on at step ${step}` : '';
      const tested = cases.test === undefined ? '' : `, ${cases.test} to test on`;
      const facts = `${cases.train} cases to train on, ${cases.validation} to score${tested}, ${integer(parameters)} parameters`;
      return `${bold(nameOf(event.run))} ${dim(facts + resumed)}`;
    }
    case 'waiting':
      return `${bold(nameOf(event.run))} ${dim(`waits for process ${event.process} on ${event.host}, which works at it; Ctrl-C stops waiting`)}`;
    case 'predicting':
      return `${bold(nameOf(event.run))} ${dim(`predicts ${event.cases} cases for ${event.student}`)}`;
    case 'temperature':
      return `${bold(nameOf(event.run))} T = ${event.temperature.toPrecision(4)} ${dim(`in ${event.labels}, fitted on ${event.cases} cases`)}`;
    case 'skipped':
      return `${bold(nameOf(event.run))} ${dim('finished before (--force runs it again)')} ${scoreLine(scoresOf(event.result))}`;
    case 'look':
      return event.isBest ? `  ${dim(`step ${event.step}/${event.steps}  ${bestSoFar(event)}`)}` : undefined;
    case 'evaluation':
      return `  ${scoreLine(event.scores)}`;
    case 'notice':
      return `  ${yellow('note')}: ${event.message}`;
    case 'done':
      return `  ${green('done')} ${dim(`in ${duration(event.result.seconds)}${keptText(event.result)}: ${shownPath(event.folder, cwd)}`)}`;
    case 'interrupted':
      return `  ${yellow('stopped')} after step ${event.step} of ${event.steps}`;
    case 'failed':
      // A single one is told at the end.
      return event.run.of > 1
        ? `${bold(nameOf(event.run))} ${red('failed')}: ${event.problem.message}`
        : undefined;
    case 'checkpoint':
    case 'progress':
      return undefined;
    default:
      return event satisfies never;
  }
}

/** `engine native 1.30.0 on cpu, 2 threads (asked for)` */
export const engineLine = (
  { engine, version, device, threads }: EngineEvent['class'],
  why: EngineEvent['why'],
  { bold, dim }: Pick<Colors, 'bold' | 'dim'>,
): string =>
  `${dim('engine')} ${bold(engine)} ${version} on ${device}, ${threads} threads ${dim(`(${why})`)}`;

/** `[2/2] quickstart/2 (0.25 ce + 0.75 dml1) fold 0, seed 1:` */
const nameOf = (run: RunName): string =>
  `${run.of > 1 ? `[${run.index + 1}/${run.of}] ` : ''}${titleOf(run)}:`;

/** `quickstart/2 (0.25 ce + 0.75 dml1) fold 0, seed 1` */
export function titleOf(run: RunName): string {
  const { experiment, fold, seed } = run;
  return `${experiment}${roleOf(run)} ${fold === 'none' ? 'all cases' : `fold ${fold}`}, seed ${seed}`;
}

/** What it is among the runs: values of an arm, or what it is trained for. */
function roleOf({ arm, teacherOf, startOf }: RunName): string {
  if (arm) return ` (${arm.values.join(', ')})`;
  if (teacherOf) return ` (teacher of ${teacherOf})`;
  return startOf ? ` (start of ${startOf})` : '';
}

const scoreLine = (scores: readonly Score[]) =>
  scores
    .map(
      ({ value, on, unit, ...measured }) =>
        `${scoredName(measured)} ${value === undefined ? '–' : score(value, unit) + scoreUnit(unit)} (${truthName(on)})`,
    )
    .join(' · ');

/** `dice 81.2 %, the best so far` */
const bestSoFar = ({ metric, value, unit }: LookEvent) =>
  `${metric} ${score(value!, unit)}${scoreUnit(unit)}, the best so far`;

/** `, kept step 40 of 60 (epoch 10): dice 81.2 %, the best of 6 looks`; nothing where the last weights are kept. */
export function keptText({ kept, steps }: Pick<RunResult, 'kept' | 'steps'>): string {
  if (!kept) return '';
  const { step, epoch, looks, metric, value, unit } = kept;
  const found =
    value === undefined
      ? `${metric} had no value`
      : `${metric} ${score(value, unit)}${scoreUnit(unit)}, the best of ${looks} ${looks === 1 ? 'look' : 'looks'}`;
  return `, kept step ${step} of ${steps} (epoch ${Number(epoch.toFixed(2))}): ${found}`;
}

/** `raters |> majority` as `majority`, short enough for a table. */
export const truthName = (on: string) => on.replace(/^raters \|> /, '');

/** `  ━━━━━━━━╸───────  52 %  156/300  loss 0.2310  212 images/s  0:04 left`, cut to the width of the terminal. */
function barLine(event: ProgressEvent, columns: number, { cyan, dim }: Colors): string {
  const facts = ` ${factsOf(event)}`;
  const room = Math.min(40, columns - facts.length - 3);
  if (room < 8) return facts.slice(0, Math.max(0, columns - 1));
  const filled = Math.round((room * event.step) / event.steps);
  return `  ${cyan('━'.repeat(filled))}${dim('─'.repeat(room - filled))}${facts}`;
}

const plainLine = (event: ProgressEvent) => `  ${factsOf(event)}`;

function factsOf({ step, steps, loss: value, imagesPerSecond, secondsLeft }: ProgressEvent): string {
  const done = `${Math.floor((100 * step) / steps)} %`.padStart(5);
  return `${done}  step ${step}/${steps}  loss ${loss(value)}  ${integer(imagesPerSecond)} images/s  ${duration(secondsLeft)} left`;
}
