import { mixText } from '../canonical/text.ts';
import type { Experiment, LabelSource, Program } from '../experiment.ts';
import type { Registry } from '../registry.ts';
import { decide } from './decide.ts';
import { type LoadedTerm, loadLoss } from './loss-graph.ts';
import { allUndecided, type Verdicts } from './verdict.ts';

export interface LawOptions {
  readonly registry: Registry;
  /** Verdicts of earlier processes; those on a user's own code are from a run that the user has allowed. */
  readonly kept?: KeptVerdicts;
  /** Whether a user's own code may be loaded, and so be decided here. */
  readonly own?: 'load' | 'leave';
  /** What has been decided so far, by `lawKey`: for several programs that are to share it. */
  readonly decided?: Map<string, Promise<Verdicts>>;
}

/** Verdicts by `lawKey`. */
export interface KeptVerdicts {
  recall(key: string): Verdicts | undefined;
  keep(key: string, verdicts: Verdicts): void;
}

/** The verdicts on the loss of one or more experiments that have the same one. */
export interface LossLaws {
  /** Experiments, or arms of sweeps as `sweep/3`. */
  readonly experiments: readonly string[];
  /** As the language writes it: `0.25 ce + 0.75 dml1(smooth: 1)`. */
  readonly loss: string;
  /** Hard or soft labels, of all its terms together. */
  readonly labels: 'hard' | 'soft';
  readonly verdicts: Verdicts;
}

/** The laws of every experiment and every arm of a program; losses that are the same are decided once. */
export async function lawsOf(program: Program, options: LawOptions): Promise<readonly LossLaws[]> {
  const all = [
    ...program.experiments.map((experiment) => ({ name: experiment.name, experiment })),
    ...program.sweeps.flatMap(({ name, arms }) =>
      arms.map(({ number, experiment }) => ({ name: `${name}/${number}`, experiment })),
    ),
  ];
  const groups = new Map<string, { names: string[]; experiment: Experiment }>();
  for (const { name, experiment } of all) {
    const key = lawKey(experiment);
    const group = groups.get(key);
    if (group) group.names.push(name);
    else groups.set(key, { names: [name], experiment });
  }
  return Promise.all(
    [...groups.values()].map(async ({ names, experiment }) => ({
      experiments: names,
      loss: mixText(experiment.loss, experiment, options.registry),
      labels: experiment.loss.some(({ on }) => on.soft) ? ('soft' as const) : ('hard' as const),
      verdicts: await decideOnce(experiment, options),
    })),
  );
}

function decideOnce(experiment: Experiment, options: LawOptions): Promise<Verdicts> {
  const key = lawKey(experiment);
  const verdicts = options.decided?.get(key) ?? decideExperiment(experiment, options);
  options.decided?.set(key, verdicts);
  return verdicts;
}

/** The laws of the loss of one experiment. */
export async function decideExperiment(experiment: Experiment, options: LawOptions): Promise<Verdicts> {
  const { kept, own = 'leave' } = options;
  const key = lawKey(experiment);
  const known = kept?.recall(key);
  if (known) return known;
  const foreign = experiment.loss.filter(({ weight, loss }) => weight !== 0 && loss.code !== undefined);
  if (foreign.length > 0 && own === 'leave') {
    const names = [...new Set(foreign.map(({ loss }) => `\`${loss.name}\``))].join(', ');
    return allUndecided(`${names} is your own code, which is looked at when it has been allowed to run`);
  }
  const verdicts = await decideTerms(experiment, options);
  kept?.keep(key, verdicts);
  return verdicts;
}

async function decideTerms({ loss, labels, data }: Experiment, { registry }: LawOptions): Promise<Verdicts> {
  const terms = loss.filter(({ weight }) => weight !== 0);
  if (terms.length === 0) return allUndecided('the loss has no terms');
  const all = await Promise.all(
    terms.map(async (term) => ({ term, loss: await loadLoss(registry, term.loss) })),
  );
  const heads = [...new Set(terms.map(({ at }) => at))].map((head) => {
    const own = all.filter(({ term }) => term.at === head);
    const targets = [...new Set(own.map(({ term }) => targetKey(term.on)))].sort(
      (a, b) => Number(b === targetKey(labels)) - Number(a === targetKey(labels)),
    );
    return own.map(
      ({ term: { weight, loss: use, on }, loss: loaded }): LoadedTerm => ({
        weight,
        loss: loaded,
        options: use.options,
        target: targets.indexOf(targetKey(on)),
        soft: on.soft,
      }),
    );
  });
  try {
    return decide(heads, data.classes.length);
  } catch (error) {
    if (!(error instanceof Error && unbuilt.has(error.name))) throw error;
    return allUndecided(`the loss cannot be built for ${shapes}: ${error.message}`);
  }
}

/** Errors of losses that are told to users: of their options, and of a user's own code. */
const unbuilt: ReadonlySet<string> = new Set(['LossError', 'OwnError']);

const shapes = 'images of one row of pixels';

/** Equal for experiments whose laws are the same: loss, heads, softness of the targets and which are the same, number of classes. */
export function lawKey({ loss, labels, data }: Experiment): string {
  const targets = [...new Set([labels, ...loss.map(({ on }) => on)].map(targetKey))];
  const terms = loss.map(({ weight, loss: { name, options, code }, on, at }) => [
    weight,
    name,
    options,
    code ?? null,
    targets.indexOf(targetKey(on)),
    on.soft,
    at,
  ]);
  return JSON.stringify([data.classes.length, terms]);
}

/** Equal for label sources that mean the same, wherever they are written. */
const targetKey = (source: LabelSource): string =>
  JSON.stringify(source, (key, value: unknown) => (key === 'span' || key === 'doc' ? undefined : value));
