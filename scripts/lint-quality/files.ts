/** Fields of an experiment as they are written. */
export type Fields = Readonly<Record<string, string>>;

const dataset = 'dataset shapes { source: phantom(cases: 40, raters: 5, size: 64) }\n';

/** Right experiments that differ in everything. */
export const bases: readonly Fields[] = [
  {
    data: 'shapes',
    labels: 'raters |> average',
    model: 'unet(depth: 3, width: 16)',
    loss: '0.25 ce + 0.75 dml1',
    optimizer: 'sgd(rate: 0.01, momentum: 0.9)',
    schedule: 'warmup(5%) then poly',
    train: '20 epochs',
    batch: '8',
    evaluate: 'dice, bdice, ece(bins: 15)',
  },
  {
    data: 'shapes',
    labels: 'raters |> one(2)',
    model: 'unet(depth: 2, width: 8)',
    loss: '0.5 ce + 0.5 jml1',
    optimizer: 'adamw(rate: 1e-3)',
    train: '2000 steps',
    batch: '4',
    augment: 'flip(horizontal)',
    evaluate: 'dice, nll',
  },
  {
    data: 'shapes',
    labels: 'raters |> majority |> smooth(0.1)',
    model: 'unet(depth: 4, width: 8)',
    loss: 'dml2',
    optimizer: 'sgd(rate: 0.05)',
    schedule: 'poly',
    train: '10 epochs',
    batch: '16',
    fold: 'all',
    evaluate: 'dice, jaccard, ece',
  },
];

/** Values that are right beside any other of these. */
const rights: Readonly<Record<string, readonly string[]>> = {
  labels: [
    'raters |> average',
    'raters |> average(weights: dice)',
    'raters |> majority |> smooth(0.1)',
    'raters |> majority |> boundary(kernel: 3)',
    'raters |> average |> smooth(epsilon: 0.05)',
  ],
  loss: [
    'dml1',
    '0.25 ce + 0.75 dml1',
    '0.5 ce + 0.5 jml2(smooth: 1)',
    '1/3 ce + 2/3 tversky(fp: 0.3, fn: 0.7)',
    'ce',
    '0.4 kl + 0.6 dml2(reduction: image)',
  ],
  model: ['unet', 'unet(depth: 3, width: 8)', 'unet(depth: 4, norm: batch)'],
  optimizer: [
    'sgd(rate: 0.01)',
    'sgd(rate: 0.02, momentum: 0.9, nesterov: true, decay: 1e-4)',
    'adamw(rate: 3e-4)',
    'adamw(rate: 1e-3, decay: 0.01)',
  ],
  schedule: ['constant', 'poly', 'warmup(10%) then poly', 'warmup(2 epochs) then poly(power: 2)'],
  train: ['10 epochs', '30 epochs', '60 epochs'],
  batch: ['4', '8', '12'],
  augment: ['flip(horizontal)', 'flip(horizontal) |> flip(vertical)', 'none'],
  evaluate: [
    'dice',
    'dice, bdice, ece',
    'jaccard, brier, nll',
    'dice on (raters |> majority), ece(bins: 20) on (raters |> majority)',
  ],
};

/** The n-th right experiment: every field in turn, at paces of its own. */
export function rightFields(n: number): Fields {
  const chosen = Object.entries(rights).map(([field, values], i) => {
    const pace = [1, 1, 2, 3, 5, 7, 11, 13, 17][i]!;
    return [field, values[(n * pace + Math.floor(n / values.length)) % values.length]!];
  });
  return { data: 'shapes', ...Object.fromEntries(chosen) };
}

const block = (head: string, fields: Fields): string =>
  `${head} {\n${Object.entries(fields)
    .map(([name, value]) => `  ${name}: ${value}\n`)
    .join('')}}\n`;

/** Fields whose value a let can hold. */
const named = ['labels', 'loss', 'model', 'optimizer', 'schedule', 'augment'];

export type Shape = (base: Fields, changes: Fields) => string;

/** A study in the ways in which people write it: base and what is changed in it, in one file. */
export const shapes: Readonly<Record<string, Shape>> = {
  'one block': (base, changes) =>
    `dml 1\n${dataset}${teacherOf(base, changes)}${block('experiment study', { ...base, ...changes })}`,
  'behind a protocol': (base, changes) =>
    `dml 1\n${dataset}${teacherOf(base, changes)}${block('protocol usual', base)}${block('experiment study extends usual', changes)}`,
  'through lets': (base, changes) => {
    const lets = Object.entries(changes).filter(([field]) => named.includes(field));
    const written = lets.map(([field, value]) => `let the_${field} = ${value}\n`).join('');
    const names = Object.fromEntries(lets.map(([field]) => [field, `the_${field}`]));
    return `dml 1\n${dataset}${teacherOf(base, changes)}${written}${block('experiment study', { ...base, ...changes, ...names })}`;
  },
};

/** The experiment that a change asks for as its teacher. */
const teacherOf = (base: Fields, changes: Fields): string =>
  Object.values(changes).some((value) => value.includes('big')) ? block('experiment big', base) : '';

/** A protocol of the base, and what a text makes of it. */
export const behindProtocol = (base: Fields, text: string): string =>
  `dml 1\n${dataset}${block('protocol usual', base)}${text}\n`;
