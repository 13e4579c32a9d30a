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
  .map(([metric, on]) => (on ? `${metric} on (${on})` : metric));

const optional = (name: string, value: fc.Arbitrary<string>) =>
  fc.option(
    value.map((text) => `  ${name}: ${text}`),
    { nil: '' },
  );
const given = (name: string, value: fc.Arbitrary<string>) => value.map((text) => `  ${name}: ${text}`);

/** A whole file: a data set of its own and the experiment `random`. */
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
      given('model', component('model', ['twin'])),
      optional('start', fc.constantFrom('random', 'weights("nets/a.safetensors")')),
      given('loss', mix),
      given('optimizer', component('optimizer')),
      optional('schedule', chain('schedule', ' then ', 3)),
      given('train', fc.constantFrom('3 epochs', '40k steps', 'none')),
      optional('batch', fc.constantFrom('1', '8')),
      optional('seed', fc.constantFrom('0', '0 .. 2', '[0, 2]')),
      optional('checkpoint', fc.constantFrom('last')),
      optional(
        'predict',
        fc
          .tuple(component('prediction', ['center', 'sliding']), fc.constantFrom('', ' |> flips(vertical)'))
          .map((parts) => parts.join('')),
      ),
      optional(
        'evaluate',
        fc.array(measure, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(', ')),
      ),
    ),
  )
  .map(
    ([data, fields]) =>
      `${prelude}dataset drawn {\n${data.filter(Boolean).join('\n')}\n}\n` +
      `experiment tutor extends base {\n  data: drawn  labels: mean  model: branched(aux: true)  fold: all  seed: 0 .. 2\n}\n` +
      `## Drawn at random: #1.\nexperiment random {\n  data: drawn\n${fields.filter(Boolean).join('\n')}\n}\n`,
  );
