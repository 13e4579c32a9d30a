import fc from 'fast-check';
import type { Family, Parameter, ParameterType } from '../../../compiler/registry.ts';
import { registry } from './components.ts';
import { prelude } from './support.ts';

/** Texts of experiments that are right, with every family and kind of option in them. */

const number = ({
  integer,
  minimum,
  maximum,
  exclusiveMinimum,
}: Extract<ParameterType, { kind: 'number' }>) =>
  integer
    ? fc.integer({ min: minimum ?? -9, max: maximum ?? 9 }).map(String)
    : fc
        .double({
          min: minimum ?? exclusiveMinimum ?? -9,
          max: maximum ?? 9,
          noNaN: true,
          minExcluded: exclusiveMinimum !== undefined,
        })
        .map((value) => (Object.is(value, -0) ? '0' : String(value)))
        .filter((text) => !text.includes('e-3'));

function valueText(type: ParameterType): fc.Arbitrary<string> {
  switch (type.kind) {
    case 'number':
      return number(type);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'text':
      return fc.constantFrom(
        '"qubiq/kidney"',
        '"true"',
        '"5 px"',
        '"{case}/image.nii.gz"',
        '"none"',
        '"a: #b"',
      );
    case 'choice':
      return fc.constantFrom(...type.values);
    case 'quantity':
      return {
        share: fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
        length: fc.integer({ min: 0, max: 20 }).map((pixels) => `${pixels} px`),
        duration: fc
          .tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('epochs', 'steps'))
          .map((parts) => parts.join(' ')),
      }[type.dimension];
    case 'size':
      return fc.constant('32 x 64');
    case 'range':
      return fc
        .tuple(fc.integer({ min: -5, max: 0 }), fc.double({ min: 0.5, max: 3, noNaN: true }))
        .map(([a, b]) => `${a} .. ${b}`);
    case 'mix':
      return fc
        .subarray([...type.of], { minLength: 1 })
        .map((names) => names.map((name) => `0.5 ${name}`).join(' + '));
    case 'list':
      return fc.array(valueText(type.of), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
    case 'union':
      return fc.oneof(...type.of.map(valueText));
  }
}

const options = (parameters: readonly Parameter[]) =>
  fc
    .tuple(
      ...parameters.map(({ name, type, default: absent, each }) => {
        // A list with a value for each class must have as many as there are: `equal` is always right.
        const given = (each ? fc.constant('equal') : valueText(type)).map((text) => `${name}: ${text}`);
        return absent === undefined ? given : fc.option(given, { nil: '', freq: 1 });
      }),
    )
    .map((texts) => texts.filter(Boolean).join(', '));

const component = (family: Family, names = Object.keys(registry[family])) =>
  fc.constantFrom(...names).chain((name) => {
    const { parameters } = registry[family][name]!;
    const given = options(parameters);
    return given.map((text) => (text ? `${name}(${text})` : name));
  });

const chain = (family: Family, separator: string, max: number) =>
  fc.array(component(family), { minLength: 1, maxLength: max }).map((parts) => parts.join(separator));

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
