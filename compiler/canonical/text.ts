import type {
  Distilled,
  Experiment,
  LabelRoot,
  LabelSource,
  ScoredMeasure,
  Start,
  Term,
  Use,
} from '../experiment.ts';
import type { Family, OptionValue, Parameter, Registry } from '../registry.ts';
import { fieldOf } from './source-form.ts';
import { partsForm } from './start-form.ts';
import { type Plain, quantityForm, takesText, valueForm } from './value-form.ts';

/** Name in the file: that of the sweep for its arms, `grid/1`. */
export const declaredName = (name: string): string => name.split('/')[0]!;

/** Values of an experiment as the language writes them, options that are as by default left out. */

export function useText(use: Use, family: Family, registry: Registry): string {
  const options = optionsText(use, family, registry);
  return options ? `${use.name}(${options})` : use.name;
}

/** The options that differ from their defaults: `bins: 15, where: all`. */
export function optionsText({ name, options }: Use, family: Family, registry: Registry): string {
  const parameters = registry[family][name]?.parameters ?? [];
  const given = Object.entries(options).flatMap(([option, value]) => {
    const parameter = parameters.find((each) => each.name === option);
    const text = optionText(value, parameter);
    const isUsual = parameter?.default !== undefined && optionText(parameter.default, parameter) === text;
    return isUsual ? [] : [`${option}: ${text}`];
  });
  return given.join(', ');
}

/** An option as written: only its type tells a text, in quotes, from a choice. */
export function optionText(value: OptionValue, parameter?: Parameter): string {
  return plainText(valueForm(value), parameter !== undefined && takesText(parameter.type));
}

/** A value of the canonical form as the language writes it. */
export function plainText(value: Plain, quoted = false): string {
  if (Array.isArray(value)) return `[${value.map((item: Plain) => plainText(item, quoted)).join(', ')}]`;
  if (typeof value === 'string') return quoted || value === '' ? `"${value}"` : value;
  if (typeof value !== 'object') return String(value);
  return `(${Object.entries(value)
    .map(([name, part]) => `${name}: ${plainText(part as Plain)}`)
    .join(', ')})`;
}

export const chainText = (
  uses: readonly Use[],
  family: Family,
  separator: string,
  registry: Registry,
): string =>
  uses.length === 0 ? 'none' : uses.map((use) => useText(use, family, registry)).join(` ${separator} `);

/** `distill(big) |> kde(bandwidth: 0.01)`; a sum is in parentheses where steps follow. */
export function labelsText({ root, steps }: LabelSource, registry: Registry): string {
  const start = rootText(root, registry);
  const isOpen = steps.length > 0 && typeof root === 'object' && root.kind === 'sum';
  return [isOpen ? `(${start})` : start, ...stepTexts(steps, registry)].join(' |> ');
}

const stepTexts = (steps: readonly Use[], registry: Registry): readonly string[] =>
  steps.map((step) => useText(step, 'label', registry));

function rootText(root: LabelRoot, registry: Registry): string {
  if (typeof root === 'string') return root;
  if (root.kind === 'sum')
    return root.terms.map(({ weight, source }) => `${weight} ${operandText(source, registry)}`).join(' + ');
  const { experiment, pick, temperature, head } = root;
  const options = [
    experiment.name,
    ...(pick === 'same' ? [] : [`pick: ${pickText(pick)}`]),
    ...(temperature === 1 ? [] : [`temperature: ${temperature}`]),
    ...(head === 'main' ? [] : [`head: ${head}`]),
  ];
  return `distill(${options.join(', ')})`;
}

/** `same`, `seed(0)` or `best(dice)`. */
export function pickText(pick: Distilled['pick']): string {
  if (pick === 'same') return pick;
  return 'seed' in pick ? `seed(${pick.seed})` : `best(${pick.best})`;
}

/** `weights("unet.safetensors", parts: [encoder])`, `trained(big, pick: seed(0))` */
export function startText(start: Start): string {
  if (start === 'random') return start;
  const parts = start.parts === 'all' ? [] : [`parts: ${plainText(partsForm(start.parts))}`];
  if (start.kind === 'weights') return `weights(${[`"${start.file}"`, ...parts].join(', ')})`;
  const { experiment, pick } = start;
  const picked = pick === 'same' ? [] : [`pick: ${pickText(pick)}`];
  return `trained(${[experiment.name, ...picked, ...parts].join(', ')})`;
}

/** In parentheses, unless it is one word or one call. */
function operandText(source: LabelSource, registry: Registry): string {
  const isOpen = source.steps.length > 0 || (typeof source.root === 'object' && source.root.kind === 'sum');
  const text = labelsText(source, registry);
  return isOpen ? `(${text})` : text;
}

/** A target is written where it is not that of the experiment, and by its name where it is the teacher. */
export function mixText(
  terms: readonly Term[],
  fields: Pick<Experiment, 'labels' | 'teacher'>,
  registry: Registry,
): string {
  return terms
    .map(({ weight, loss, on, at }) =>
      [
        ...(weight === 1 && terms.length === 1 ? [] : [String(weight)]),
        useText(loss, 'loss', registry),
        ...(at === 'main' ? [] : [`at ${at}`]),
        ...targetText(on, at, fields, registry),
      ].join(' '),
    )
    .join(' + ');
}

function targetText(
  on: LabelSource,
  at: string,
  fields: Pick<Experiment, 'labels' | 'teacher'>,
  registry: Registry,
): readonly string[] {
  const field = fieldOf(on, at, fields);
  if (!field) return [`on ${operandText(on, registry)}`];
  const rest = stepTexts(on.steps.slice(field.steps), registry);
  if (rest.length > 0) return [`on (${[field.name, ...rest].join(' |> ')})`];
  return field.name === 'labels' ? [] : [`on ${field.name}`];
}

/** `best(dice, every: 10 epochs)` */
export const checkpointText = (checkpoint: Experiment['checkpoint']): string =>
  checkpoint === 'last' ? checkpoint : `best(${checkpoint.metric}, every: ${quantityForm(checkpoint.every)})`;

/** `dice on (raters |> majority), clinic.dice on (raters |> majority)` */
export const measuresText = (measures: readonly ScoredMeasure[], registry: Registry): string =>
  measures.length === 0
    ? 'none'
    : measures
        .map(({ data, metric, on }) => {
          const place = data === undefined ? '' : `${data}.`;
          return `${place}${useText(metric, 'metric', registry)} on ${operandText(on, registry)}`;
        })
        .join(', ');
