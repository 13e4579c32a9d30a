import { labelsText } from '../../compiler/canonical/text.ts';
import type { LabelRoot, LabelSource, Use } from '../../compiler/experiment.ts';
import type { Registry } from '../../compiler/registry.ts';
import { remember } from '../data/batch-maker.ts';
import { labelKey } from '../data/label-key.ts';
import { preparation } from '../data/prepare.ts';
import type { TeacherFolders } from '../data/teacher.ts';
import type { OpenData } from './data.ts';
import { fitTemperature, type Judged } from './fit-temperature.ts';
import type { Problem } from './problem.ts';

/** What temperatures are fitted on. */
export interface Fitting {
  readonly data: OpenData;
  /** Validation cases of the fold, which the teacher has not been trained on. */
  readonly cases: readonly string[];
  readonly teachers: TeacherFolders;
  readonly registry: Registry;
  /** Of the student's run. */
  readonly seed: number;
}

/** Label sources with numbers in place of `temperature(fitted)`, by `labelKey`, and these numbers as text. */
export interface Fitted {
  readonly sources: ReadonlyMap<string, LabelSource>;
  readonly temperatures: Readonly<Record<string, number>>;
}

/** Whether a source has a step whose temperature is fitted. */
export const isFitted = ({ root, steps }: LabelSource): boolean =>
  steps.some(fittedOption) ||
  (typeof root === 'object' && root.kind === 'sum' && root.terms.some(({ source }) => isFitted(source)));

/** Why temperatures of these sources cannot be fitted: there are no cases to fit them on. */
export function unfittable(
  sources: readonly LabelSource[],
  cases: readonly string[],
  registry: Registry,
): Problem | undefined {
  const first = sources.find(isFitted);
  if (!first || cases.length > 0) return undefined;
  return {
    message: `The temperature of \`${labelsText(first, registry)}\` is fitted on validation cases, and with \`fold: none\` there are none.`,
    help: 'Write a number, `temperature(2)`, or give the experiment a fold.',
    exit: 2,
  };
}

/** Fits all temperatures of these sources, each on what the steps before it give. */
export async function fitTemperatures(
  sources: readonly LabelSource[],
  fitting: Fitting,
): Promise<Fitted | Problem> {
  const problem = unfittable(sources, fitting.cases, fitting.registry);
  if (problem) return problem;
  const temperatures: Record<string, number> = {};
  const resolved = new Map<string, LabelSource>();
  for (const source of sources.filter(isFitted)) {
    const resolve = async (one: LabelSource): Promise<LabelSource> => {
      let done: LabelSource = { ...one, root: await resolveRoot(one.root), steps: [] };
      for (const [i, step] of one.steps.entries()) {
        const option = fittedOption(step);
        let use = step;
        if (option !== undefined) {
          const temperature = await temperatureAfter(done, fitting);
          temperatures[labelsText({ ...one, steps: one.steps.slice(0, i + 1) }, fitting.registry)] =
            temperature;
          use = { ...step, options: { ...step.options, [option]: temperature } };
        }
        done = { ...done, steps: [...done.steps, use] };
      }
      return done;
    };
    const resolveRoot = async (root: LabelRoot): Promise<LabelRoot> => {
      if (typeof root === 'string' || root.kind !== 'sum') return root;
      const terms = [];
      for (const { weight, source: part } of root.terms) terms.push({ weight, source: await resolve(part) });
      return { ...root, terms };
    };
    resolved.set(labelKey(source), await resolve(source));
  }
  return { sources: resolved, temperatures };
}

/** The option of a step that says `fitted`. */
const fittedOption = ({ options }: Use): string | undefined =>
  Object.entries(options).find(([, value]) => value === 'fitted')?.[0];

/** Bytes of cases that are kept between the passes over them. */
const memory = 512 * 1024 ** 2;

/** The temperature of what these steps give. */
async function temperatureAfter(before: LabelSource, fitting: Fitting): Promise<number> {
  const { data, cases, teachers, registry, seed } = fitting;
  const { span } = before;
  const step = (name: string): Use => ({ name, options: {}, span });
  const hard: LabelSource =
    data.source.raters === 0
      ? { root: 'mask', steps: [step('harden')], soft: false, span }
      : { root: 'raters', steps: [step('majority')], soft: false, span };
  const prepare = await preparation(data.set, data.source, [before, hard], registry, { seed, teachers });
  const read = async (id: string): Promise<Judged> => {
    const { labels, keep } = await prepare(await data.source.read(id));
    return { probabilities: labels[0]!, hard: labels[1]!, keep };
  };
  const bytesOf = ({ probabilities, hard: truth, keep }: Judged) =>
    probabilities.byteLength + truth.byteLength + keep.byteLength;
  return await fitTemperature(cases, remember(read, bytesOf, memory));
}
