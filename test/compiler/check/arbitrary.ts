import fc from 'fast-check';
import { componentsOf } from '../../support/component-text.ts';
import { registry } from './components.ts';
import { prelude } from './support.ts';

/** Texts of experiments that are right, with every family and kind of option in them. */

const { component, chain } = componentsOf(registry);

const simple = fc
  .tuple(
    fc.oneof(
      fc.constant('mask'),
      component('label', ['majority', 'average']).map((step) => `raters |> ${step}`),
    ),
    fc.array(component('label', ['smooth', 'harden', 'mirrored', 'kde']), { maxLength: 2 }),
  )
  .map(([root, steps]) => [root, ...steps].join(' |> '));

/** Of `tutor`, which has a second head and three seeds. */
const distilled = fc
  .tuple(
    fc.constantFrom('', ', pick: same', ', pick: seed(1)', ', pick: best(dice)'),
    fc.constantFrom('', ', temperature: 2.5'),
    fc.constantFrom('', ', head: main', ', head: aux'),
  )
  .map((options) => `distill(tutor${options.join('')})`);

const summed = fc.tuple(simple, fc.oneof(simple, distilled)).map(([a, b]) => `0.25 (${a}) + 3/4 (${b})`);

const source = fc.oneof(
  simple,
  distilled,
  summed,
  fc.tuple(distilled, component('label', ['kde', 'smooth'])).map((parts) => parts.join(' |> ')),
);

const term = fc
  .tuple(
    fc.constantFrom('0.25', '1/3', '2', '5%', '1e-3'),
    component('loss', ['ce', 'sdl', 'dml1', 'dml2']),
    fc.option(
      fc.oneof(source, fc.constantFrom('teacher', 'labels', 'teacher |> harden', 'labels |> smooth')),
    ),
    fc.constantFrom('', ' at main', ' at aux'),
  )
  .map(([weight, loss, on, at]) => `${weight} ${loss}${at}${on ? ` on (${on})` : ''}`);

const mix = fc.array(term, { minLength: 1, maxLength: 4 }).map((terms) => terms.join(' + '));

const measure = fc
  .tuple(component('metric'), fc.option(fc.oneof(source, fc.constantFrom('teacher', 'labels'))))
  .map(([metric, on]) => ({ name: /^\w+/.exec(metric)![0], text: on ? `${metric} on (${on})` : metric }));

/** What `tutor` measures, which `random` may, too. */
const shared = ['dice', 'ece', 'bdice'].map((name) => ({ name, text: `${name} on mean` }));

/** What is measured and tested, how long is trained, and which weights are kept by it. */
const measuring = fc
  .record({
    measures: fc.option(fc.oneof(fc.array(measure, { minLength: 1, maxLength: 3 }), fc.constant(shared))),
    train: fc.constantFrom('3 epochs', '40k steps', 'none'),
    best: fc.option(fc.nat()),
    every: fc.constantFrom('', ', every: 2 epochs', ', every: 7 steps'),
    tests: fc.constantFrom('', 'none', 'clinic', 'ward, clinic'),
  })
  .map(({ measures, train, best, every, tests }) => {
    // What another network predicts is no truth of a test set.
    const isTested = tests !== '' && (measures === null || measures === shared);
    const names = measures?.map(({ name }) => name) ?? ['dice', 'ece'];
    /** Only of these it is clear which one is meant. */
    const single = names.filter((name) => names.indexOf(name) === names.lastIndexOf(name));
    const evaluate = measures?.map(({ text }) => text).join(', ');
    const isBest = best !== null && train !== 'none' && single.length > 0;
    const checkpoint = isBest ? `best(${single[best % single.length]}${every})` : 'last';
    return {
      single,
      isShared: measures === shared,
      fields: [
        `  train: ${train}`,
        ...(best === null ? [] : [`  checkpoint: ${checkpoint}`]),
        ...(evaluate ? [`  evaluate: ${evaluate}`] : []),
        ...(isTested ? [`  test: ${tests}`] : []),
      ].join('\n'),
    };
  });

/** Of `first`, which has the model of `random` and three seeds. */
const started = fc
  .tuple(
    fc.constantFrom('', ', pick: same', ', pick: seed(1)', ', pick: best(dice)'),
    fc.constantFrom('', ', parts: all', ', parts: head', ', parts: [encoder, head]', ', parts: all - head'),
  )
  .map((options) => `trained(first${options.join('')})`);

/** Of `tutor` and `random`: metrics that both have once, claims where each is of one truth. */
const comparing = ({
  single,
  isShared,
}: {
  readonly single: readonly string[];
  readonly isShared: boolean;
}) => {
  const common = shared.map(({ name }) => name).filter((name) => single.includes(name));
  return fc
    .record({
      across: fc.constantFrom('', '  rows: experiment', '  columns: experiment', '  columns: none'),
      metrics: common.length > 0 ? fc.option(fc.subarray(common, { minLength: 1 })) : fc.constant(null),
      baseline: fc.constantFrom('', 'tutor', 'random', '(experiment: random)'),
      statistic: fc.option(component('statistic')),
      claim: fc.option(fc.constantFrom('tutor.dice > 0.5', 'worst(tutor.dice) > 5%', 'lower(tutor.ece) < 1')),
    })
    .map(({ across, metrics, baseline, statistic, claim }) =>
      [
        'compare table of tutor, random {',
        across,
        metrics ? `  metrics: ${metrics.join(', ')}` : '',
        baseline ? `  baseline: ${baseline}` : '',
        baseline && statistic ? `  statistic: ${statistic}` : '',
        claim && !metrics && isShared ? `  expect: ${claim}` : '',
        '}',
      ]
        .filter(Boolean)
        .join('\n'),
    );
};

const optional = (name: string, value: fc.Arbitrary<string>) =>
  fc.option(
    value.map((text) => `  ${name}: ${text}`),
    { nil: '' },
  );
const given = (name: string, value: fc.Arbitrary<string>) => value.map((text) => `  ${name}: ${text}`);

/** A whole file: a data set of its own, a comparison and, last of all, the experiment `random`. */
export const randomExperiment: fc.Arbitrary<string> = fc
  .tuple(
    fc.tuple(
      given('source', component('source')),
      optional(
        'classes',
        fc.constantFrom('(background: 0, tumour: [1, 2])', '(none: [0, 0.5], cyst: 3, tumour: 255)'),
      ),
      optional('ignore', fc.constant('99')),
      optional('size', fc.constant('48 x 32')),
      optional('window', fc.constantFrom('-60 .. 140', 'image')),
      optional('folds', component('folds')),
    ),
    fc.tuple(
      optional('fold', fc.constantFrom('all', '2', '0 .. 2', '[0, 3]')),
      optional('crop', fc.constantFrom('none', '64 x 32')),
      optional('augment', chain('transform', ' |> ', 3)),
      given('labels', source),
      given('teacher', source),
      optional('start', fc.oneof(fc.constantFrom('random', 'weights("nets/a.safetensors")'), started)),
      given('loss', mix),
      given('optimizer', component('optimizer')),
      optional('schedule', chain('schedule', ' then ', 3)),
      optional('batch', fc.constantFrom('1', '8')),
      optional('seed', fc.constantFrom('0', '0 .. 2', '[0, 2]')),
      optional(
        'predict',
        fc
          .tuple(component('prediction', ['center', 'sliding']), fc.constantFrom('', ' |> flips(vertical)'))
          .map((parts) => parts.join('')),
      ),
    ),
    fc.oneof(
      component('model', ['twin']),
      fc.nat(30).map((n) => `branched(aux: true, width: ${n + 1})`),
    ),
    measuring.chain((measured) => comparing(measured).map((table) => ({ ...measured, table }))),
  )
  .map(
    ([data, fields, model, { fields: measured, table }]) =>
      `${prelude}dataset drawn {\n${data.filter(Boolean).join('\n')}\n}\n` +
      `dataset clinic extends drawn { source: phantom(cases: 7, seed: 4711)  size: none }\n` +
      `dataset ward extends clinic { source.seed: 4712 }\n` +
      `experiment tutor extends base {\n  data: drawn  labels: mean  model: branched(aux: true)  fold: all  seed: 0 .. 2  evaluate: ${shared.map(({ text }) => text).join(', ')}\n}\n` +
      `experiment first extends tutor {\n  model: ${model}\n}\n${table}\n` +
      `## Drawn at random: #1.\nexperiment random {\n  data: drawn\n  model: ${model}\n${[...fields, measured].filter(Boolean).join('\n')}\n}\n`,
  );
