import type { Jdt, LossFile, LossRecord } from './loss-records.ts';
import { expressionFor, medicalExpressions, metricOracle, type Rules } from './metric-oracles.ts';
import { oracle } from './oracle.ts';
import type { StoredTensor } from './stored-tensor.ts';

/** A reference vector as a question for a command, and what must come back. */
export interface OracleQuestion {
  readonly title: string;
  /** File, list and place of the record: `kde images 0`. */
  readonly record: string;
  readonly question: Readonly<Record<string, unknown>>;
  /** Numbers and lists of the answer by path, with their tolerance where it is not that of the command. */
  readonly expected: Readonly<Record<string, number | readonly number[]>>;
}

/** How a group of loss records is asked: expressions with the value of each, and what is given beside the target. */
type LossGroup = (
  record: LossRecord,
  defaults: Jdt,
) => {
  readonly expressions: readonly (readonly [text: string, value: number])[];
  readonly given?: Readonly<Record<string, unknown>>;
  readonly gradients?: Readonly<Record<string, StoredTensor>>;
};

const optionsOf = ({ smooth, reduction }: LossRecord): string =>
  `smooth: ${smooth}, reduction: ${reduction.startsWith('over batch') ? 'batch' : reduction}`;

const lossGroups: Readonly<Record<string, LossGroup>> = {
  definition: (c) => ({ expressions: [[`${c.loss}(${optionsOf(c)})`, c.value]] }),
  jdt: (c, defaults) => ({
    expressions: [[tverskyText({ ...defaults, ...c.options }, c.labels === 'hard'), c.value]],
  }),
  kl: (c) => ({ expressions: [[`kl(temperature: ${c.temperature})`, c.value]] }),
  ce: (c) => ({ expressions: [['ce', c.value]] }),
  focal: (c) => ({ expressions: [[`focal(gamma: ${c.gamma})`, c.value]] }),
  mix: (c) => {
    const mix = (entropy: string) =>
      Object.entries(c.terms)
        .map(([loss, weight]) => `${weight} ${loss === 'ce' ? entropy : `${loss}(${optionsOf(c)})`}`)
        .join(' + ');
    return {
      expressions: [
        [mix('ce'), c.value],
        [mix('kl'), c.value_with_kl],
      ],
    };
  },
  'auxiliary head': (c) => ({
    expressions: [[`0.25 (0.5 kl + 0.5 kl at aux) + 0.75 dml1(${optionsOf(c)})`, c.value]],
    given: { heads: { aux: c.logits_aux } },
    gradients: { 'gradients.aux.data': c.grad_logits_aux },
  }),
  distillation: (c) => {
    const teacher = `on (teacher |> temperature(${c.temperature}))`;
    const hard = `0.25 ce + 0.75 ${c.loss}(${optionsOf(c)}, active: present)`;
    const soft = `0.25 kl(temperature: ${c.temperature}) ${teacher} + 0.75 ${c.loss}(${optionsOf(c)}, active: all) ${teacher}`;
    return {
      expressions: [[`0.5 (${hard}) + 0.5 (${soft})`, c.value]],
      given: { labels: c.target_hard, teacher_logits: c.logits_teacher },
    };
  },
};

function tverskyText(jdt: Jdt, hard: boolean): string {
  const reduction = Object.entries({ batch: jdt.mIoUD, image: jdt.mIoUI, class: jdt.mIoUC })
    .filter(([, weight]) => weight > 0)
    .map(([name, weight]) => (weight === 1 ? name : `${weight} ${name}`))
    .join(' + ');
  const options = {
    fp: jdt.alpha,
    fn: jdt.beta,
    norm: jdt.norm,
    smooth: jdt.smooth,
    gamma: jdt.gamma,
    log: jdt.log_loss,
    weights: jdt.class_weights ? `[${jdt.class_weights.join(', ')}]` : 'equal',
    active: (hard ? jdt.active_classes_mode_hard : jdt.active_classes_mode_soft).toLowerCase(),
    threshold: jdt.threshold,
    reduction,
  };
  return `tversky(${Object.entries(options)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')})`;
}

/** Every record of the losses, for `dml eval`. */
export const evalQuestions: readonly OracleQuestion[] = ['losses', 'losses_prob', 'mix'].flatMap((name) => {
  const file = oracle<LossFile>(name);
  return (file?.cases ?? []).flatMap((record, i) => {
    const { expressions, given = {}, gradients = {} } = lossGroups[record.group]!(record, file!.jdt_defaults);
    const prediction = record.prob ? { probabilities: record.prob } : { logits: record.logits };
    return expressions.map(([loss, value]) => ({
      record: `${name} cases ${i}`,
      title: [name, record.group, record.about, loss].filter(Boolean).join(', '),
      question: {
        loss,
        ...prediction,
        labels: record.target,
        keep: record.keep_mask ?? null,
        gradient: true,
        ...given,
      },
      expected: {
        value,
        'gradient.data': (record.prob ? record.grad_prob : record.grad_logits).data,
        ...Object.fromEntries(Object.entries(gradients).map(([path, { data }]) => [path, data])),
      },
    }));
  });
});

interface SmoothingRecord {
  readonly kind: 'boundary' | 'plain';
  readonly about: string;
  readonly classes: number;
  readonly kernel: number;
  readonly epsilon: number;
  readonly ignore_index: number;
  readonly label: StoredTensor;
  readonly smoothed: StoredTensor;
}

const smoothingQuestions: readonly OracleQuestion[] = (
  oracle<{ cases: readonly SmoothingRecord[] }>('label_smoothing')?.cases ?? []
).map(({ kind, about, classes, kernel, epsilon, ignore_index: ignore, label, smoothed }, i) => ({
  record: `label_smoothing cases ${i}`,
  title: `label_smoothing, ${kind}: ${about}, ${classes} classes, kernel ${kernel}, epsilon ${epsilon}`,
  question: {
    pipeline:
      kind === 'plain'
        ? `mask |> smooth(epsilon: ${epsilon})`
        : `mask |> boundary(epsilon: ${epsilon}, kernel: ${kernel})`,
    mask: label,
    classes,
    ignore,
  },
  expected: { 'labels.data': smoothed.data },
}));

interface RatersRecord {
  readonly about: string;
  readonly raters: StoredTensor;
  readonly majority: readonly number[];
  readonly uniform: readonly number[];
  readonly weighted: readonly number[];
}

const ratersQuestions: readonly OracleQuestion[] = (
  oracle<{ cases: readonly RatersRecord[] }>('raters')?.cases ?? []
).flatMap(({ about, raters, majority, uniform, weighted }, i) =>
  [
    { pipeline: 'raters |> majority', data: majority },
    { pipeline: 'raters |> average', data: uniform },
    { pipeline: 'raters |> average(weights: dice)', data: weighted },
  ].map(({ pipeline, data }) => ({
    record: `raters cases ${i}`,
    title: `raters: ${about}, ${pipeline}`,
    question: { pipeline, raters, form: 'foreground' },
    expected: { 'labels.data': data },
  })),
);

interface KdeRecord {
  readonly about: string;
  readonly bandwidth: number;
  readonly prob_floor: number;
  readonly leave_one_out: boolean;
  readonly prob: StoredTensor;
  readonly key_prob: StoredTensor;
  readonly key_label: readonly number[];
  readonly calibrated_exact: StoredTensor;
}

interface KdeImageRecord {
  readonly about: string;
  readonly temperature: number;
  readonly bandwidth: number;
  readonly kernel: number;
  readonly logits: StoredTensor;
  readonly label: StoredTensor;
  readonly key_index: readonly number[];
  readonly target: StoredTensor;
}

const kdeFile = oracle<{ cases: readonly KdeRecord[]; images: readonly KdeImageRecord[] }>('kde');

const list = (data: readonly number[]): StoredTensor => ({ shape: [data.length], data });

const kdeQuestions: readonly OracleQuestion[] = [
  ...(kdeFile?.cases ?? []).map((c, i) => ({
    record: `kde cases ${i}`,
    title: `kde: ${c.about}, bandwidth ${c.bandwidth}`,
    question: {
      pipeline: `teacher |> kde(bandwidth: ${c.bandwidth}, floor: ${c.prob_floor}, leave_one_out: ${c.leave_one_out})`,
      teacher_probabilities: c.prob,
      keys: c.key_prob,
      key_labels: list(c.key_label),
    },
    expected: { 'labels.data': c.calibrated_exact.data },
  })),
  ...(kdeFile?.images ?? []).map((c, i) => ({
    record: `kde images ${i}`,
    title: `kde, image: ${c.about}`,
    question: {
      pipeline: `teacher |> temperature(${c.temperature}) |> kde(bandwidth: ${c.bandwidth}, kernel: ${c.kernel}, floor: 0)`,
      teacher_logits: c.logits,
      mask: c.label,
      keys: keysOf(c),
      key_labels: list(c.key_index.map((pixel) => c.label.data[pixel]!)),
    },
    expected: { 'labels.data': c.target.data },
  })),
];

/** softmax(logits / T) of the key pixels. */
function keysOf({ logits, temperature, key_index }: KdeImageRecord): StoredTensor {
  const classes = logits.shape.at(-1)!;
  const data = key_index.flatMap((pixel) => {
    const powers = logits.data
      .slice(pixel * classes, (pixel + 1) * classes)
      .map((z) => Math.exp(z / temperature));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  });
  return { shape: [key_index.length, classes], data };
}

/** Every record of label steps, for `dml labels`, with the tolerance of its file. */
export const labelQuestions: readonly (OracleQuestion & { readonly tolerance: number })[] = [
  ...[...smoothingQuestions, ...ratersQuestions].map((one) => ({ ...one, tolerance: 1e-12 })),
  ...kdeQuestions.map((one) => ({ ...one, tolerance: 1e-8 })),
];

/** Every record of the metrics, for `dml score`: the scores in the order of the expressions, times `scales`. */
export const scoreQuestions: readonly (Omit<OracleQuestion, 'expected'> & {
  readonly expected: readonly (number | null)[];
  readonly scales: readonly number[];
})[] = [
  ...(metricOracle?.cases ?? []).flatMap((record, i) =>
    (['every', 'binary'] as Rules[]).flatMap((rules) => {
      const values = rules === 'every' ? record.values : record.values_binary;
      if (!values) return [];
      const expressions = Object.keys(values).map((key) => expressionFor(key, rules, record.bins));
      return [
        {
          record: `metrics cases ${i}`,
          title: `metrics, ${rules}: ${record.about}, ${record.classes} classes`,
          question: {
            metrics: expressions.map(({ text }) => text).join(', '),
            prediction: record.prob,
            truth: record.label,
            ignore: record.ignore_index,
          },
          expected: Object.values(values),
          scales: expressions.map(({ scale }) => scale),
        },
      ];
    }),
  ),
  ...(metricOracle?.medical ?? []).map((record, i) => {
    const { dice, ece, bdice } = medicalExpressions(record);
    return {
      record: `metrics medical ${i}`,
      title: `metrics, medical: ${record.about}`,
      question: {
        metrics: [dice, ece, bdice].join(', '),
        foreground: true,
        cases: record.cases.map((one) => ({ prediction: one.foreground_prob, truth: one.rater_mean })),
      },
      expected: [record.dice, record.ece, record.bdice],
      scales: [100, 100, 100],
    };
  }),
];
