import { compareFields } from '../compiler/check/compare.ts';
import { languageVersion } from '../compiler/check/version.ts';
import { type FieldDescription, fieldsOf } from './server/fields.ts';

type Schema = Readonly<Record<string, unknown>>;

const text = { type: 'string' };
const name = '^[\\p{L}_][\\p{L}\\p{N}_]*$';
const value = { type: ['string', 'number', 'boolean', 'array', 'object'] };
const names = { anyOf: [text, { type: 'array', items: text, minItems: 1 }] };

const record = (properties: Schema, required: readonly string[], patterns: Schema = {}): Schema => ({
  type: 'object',
  properties,
  required,
  patternProperties: patterns,
  additionalProperties: false,
});

/** A map from the names that are declared. */
const named = (schema: Schema, description: string): Schema => ({
  ...record({}, [], { [name]: schema }),
  description,
});

/** `model.width` changes a part of a field. */
const parts = (fields: Readonly<Record<string, FieldDescription>>): Schema => ({
  [`^(${Object.keys(fields).join('|')})\\..+$`]: value,
});

const described = (fields: Readonly<Record<string, FieldDescription>>): Schema =>
  Object.fromEntries(
    Object.entries(fields).map(([field, { doc }]) => [field, { description: doc, ...value }]),
  );

/**
 * A file of declarations: what stands in it, by keyword and name. Values are text of the language, numbers, lists and
 * records, which the checker reads.
 */
export function declarationsSchema(): Schema {
  const [dataset, experiment, compare] = [fieldsOf('dataset'), fieldsOf('experiment'), fieldsOf('compare')];
  const doc = { ...text, description: 'What it is, for people.' };
  const parent = { ...text, description: 'What it extends.' };
  const of = { ...names, description: 'What it is made of, by name.' };
  const values = { anyOf: [text, { type: 'array', minItems: 1 }] };
  const isPath = `^(${Object.keys(experiment).join('|')})(\\..+|, .+)?$`;
  const vary: Schema = {
    description: 'What differs between the arms, the first the slowest; paths of one entry vary together.',
    type: 'array',
    items: {
      anyOf: [
        record({ let: text, in: values }, ['let', 'in']),
        { ...record({}, [], { [isPath]: values }), minProperties: 1 },
      ],
    },
  };
  const fields = (known: Readonly<Record<string, FieldDescription>>) =>
    record({ doc, extends: parent, ...described(known) }, [], parts(known));
  const use = { type: 'array', items: record({ file: text, as: text }, ['file']) };
  const except = { ...value, description: 'Arms to leave out, as records: `{labels: voted}`.' };
  const compared = Object.fromEntries(compareFields.map((field) => [field, compare[field]!]));
  return record(
    {
      dml: { const: languageVersion, description: 'The version of the language.' },
      use: { ...use, description: 'Files whose names this one takes.' },
      let: named(value, 'Values with a name.'),
      dataset: named(fields(dataset), 'Data sets.'),
      protocol: named(fields(experiment), 'What experiments share; it never runs.'),
      experiment: named(fields(experiment), 'Experiments.'),
      sweep: named(
        record({ doc, of, vary, except, ...described(experiment) }, ['of'], parts(experiment)),
        'Sweeps: experiments whose values vary.',
      ),
      compare: named(
        record({ doc, of, ...described(compared) }, ['of']),
        'Tables of experiments and sweeps.',
      ),
    },
    ['dml'],
  );
}
