import { valueForm } from '../compiler/canonical/value-form.ts';
import { required } from '../compiler/check/experiment-fields.ts';
import { type Dimension, units } from '../compiler/check/numbers.ts';
import { languageVersion } from '../compiler/check/version.ts';
import type { Component, Family, Parameter, ParameterType, Registry } from '../compiler/registry.ts';
import { type FieldDescription, fieldsOf, targetWords } from './server/fields.ts';
import { declarationsSchema } from './yaml-declarations-schema.ts';

type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const anyOf = (...schemas: readonly Schema[]): Schema => ({ anyOf: schemas });
const text = { type: 'string' };
const listOf = (items: Schema): Schema => ({ type: 'array', items });
const record = (properties: Readonly<Record<string, Schema>>, needed: readonly string[]): Schema => ({
  type: 'object',
  properties,
  required: needed,
  additionalProperties: false,
});

/**
 * The JSON Schema (draft 7) of a YAML file: the declarations of a file, or one experiment with every field, component and option of the registry with its range,
 * units, default and doc comment, for completion and hover in editors. It takes all that `compile --emit yaml` writes; what
 * values mean together is the checker's.
 */
export function yamlSchema(registry: Registry): Schema {
  const families = Object.keys(registry) as Family[];
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'An experiment of dml as YAML, in its canonical form, or the declarations of a file',
    // An editor explains by the branch that the file is of.
    if: { type: 'object', properties: { experiment: text }, required: ['experiment'] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: ref('whole'),
    else: declarationsSchema(),
    definitions: {
      whole: experiment({ use: ref('use') }),
      experiment: experiment({}),
      use: listOf(record({ file: text, as: text, code: text }, ['file'])),
      labelSource: sourceSchema(['raters', 'mask']),
      measuredOn: sourceSchema(Object.keys(targetWords).filter((word) => word !== 'distill')),
      ...Object.fromEntries(families.map((family) => [family, familySchema(registry[family])])),
    },
  };
}

/** How a field is written that is not what its description says by itself. */
const forms: Readonly<Record<string, Schema>> = {
  data: datasetSchema(),
  test: anyOf(listOf(datasetSchema()), { const: 'none' }),
  labels: ref('labelSource'),
  teacher: anyOf(ref('labelSource'), { const: 'none' }),
  loss: listOf(
    record({ weight: { type: 'number' }, loss: ref('loss'), on: ref('measuredOn'), at: text }, [
      'weight',
      'loss',
    ]),
  ),
  evaluate: anyOf(listOf(record({ metric: ref('metric'), on: ref('measuredOn') }, ['metric'])), {
    const: 'none',
  }),
  expect: anyOf(listOf(text), text),
  train: anyOf(quantity('duration'), { const: 'none' }),
  batch: { type: 'integer', minimum: 1 },
};

function experiment(more: Readonly<Record<string, Schema>>): Schema {
  return record(
    {
      dml: { const: languageVersion, description: 'The version of the language.' },
      experiment: { ...text, description: 'Its name; of an arm of a sweep, `sweep/2`.' },
      doc: { ...text, description: 'What it is, for people.' },
      ...more,
      ...fieldSchemas(fieldsOf('experiment'), forms),
    },
    ['dml', 'experiment', ...Object.keys(required)],
  );
}

function datasetSchema(): Schema {
  const classes = {
    type: 'object',
    additionalProperties: anyOf(listOf({ type: 'number' }), { const: 'others' }),
  };
  const fields = fieldSchemas(fieldsOf('dataset'), {
    classes,
    ignore: anyOf({ type: 'number' }, { const: 'none' }),
  });
  return record(
    { name: { ...text, description: 'Its name; scores on a data set of `test` go by it.' }, ...fields },
    ['source'],
  );
}

function fieldSchemas(
  fields: Readonly<Record<string, FieldDescription>>,
  written: Readonly<Record<string, Schema>>,
): Readonly<Record<string, Schema>> {
  const schemas = Object.entries(fields).map(
    ([name, field]) => [name, { description: field.doc, ...(written[name] ?? formOf(field)) }] as const,
  );
  return Object.fromEntries(schemas);
}

/** A component, a chain of them, or text of the language that the checker reads. */
function formOf({ family, chain, words = [] }: FieldDescription): Schema {
  if (!family) return { type: ['string', 'number', 'array', 'object'] };
  if (!chain) return ref(family);
  return anyOf(listOf(ref(family)), ref(family), ...(words.length > 0 ? [{ enum: words }] : []));
}

/** A component by its name, where it needs no option, or as a map from its name to its options. */
function familySchema(components: Readonly<Record<string, Component>>): Schema {
  const all = Object.values(components);
  const bare = all.filter(({ parameters }) => parameters.every((each) => each.default !== undefined));
  const properties = Object.fromEntries(all.map((each) => [each.name, optionsSchema(each)]));
  return anyOf(...bare.map(({ name, doc }) => ({ const: name, description: doc })), {
    ...record(properties, []),
    minProperties: 1,
    maxProperties: 1,
  });
}

function optionsSchema({ parameters, doc, code }: Component): Schema {
  const options = parameters.map((each) => [each.name, optionSchema(each)] as const);
  const needed = parameters.filter((each) => each.default === undefined).map(({ name }) => name);
  const own = code === undefined ? {} : { code: { ...text, description: 'SHA-256 of its file.' } };
  return { description: doc, ...record({ ...Object.fromEntries(options), ...own }, needed) };
}

const optionSchema = ({ doc, type, unit, default: value }: Parameter): Schema => ({
  description: unit ? `${doc} In ${unit}.` : doc,
  ...typeSchema(type),
  ...(value === undefined ? {} : { default: valueForm(value) }),
});

function typeSchema(type: ParameterType): Schema {
  switch (type.kind) {
    case 'number': {
      const { kind, integer, odd, ...limits } = type;
      return { type: integer ? 'integer' : 'number', ...limits, ...(odd ? { not: { multipleOf: 2 } } : {}) };
    }
    case 'boolean':
      return { type: 'boolean' };
    case 'text':
      return text;
    case 'choice':
      return { enum: type.values };
    case 'quantity':
      return type.dimension === 'share'
        ? { type: 'number', minimum: 0, maximum: 1 }
        : quantity(type.dimension);
    case 'size':
      return { ...text, pattern: '^\\d+( x \\d+)+$' };
    case 'range':
      return { ...text, pattern: '^.+ \\.\\. .+$' };
    case 'list':
      return listOf(typeSchema(type.of));
    case 'mix':
      return anyOf(
        { enum: type.of },
        { ...text, pattern: `^\\S+ (${type.of.join('|')})( \\+ \\S+ (${type.of.join('|')}))*$` },
      );
    case 'union':
      return anyOf(...type.of.map(typeSchema));
    default:
      return type satisfies never;
  }
}

function quantity(dimension: Dimension): Schema {
  const names = Object.entries(units).filter(([, unit]) => unit.dimension === dimension);
  return { ...text, pattern: `^[-+.\\de]+ (${names.map(([name]) => name).join('|')})$` };
}

/** A root and the steps behind it, as a list; the name of a root may stand alone. */
function sourceSchema(roots: readonly string[]): Schema {
  const words = roots.map((word) => ({ const: word, description: targetWords[word] }));
  const distill = record({ from: ref('experiment'), pick: {}, temperature: { type: 'number' }, head: text }, [
    'from',
  ]);
  const part = record({ weight: { type: 'number' }, labels: ref('labelSource') }, ['weight', 'labels']);
  return anyOf(...words, {
    type: 'array',
    minItems: 1,
    items: anyOf(
      ...words,
      { description: targetWords.distill, ...record({ distill }, ['distill']) },
      { description: 'A weighted sum of label sources.', ...record({ sum: listOf(part) }, ['sum']) },
      ref('label'),
    ),
  });
}
