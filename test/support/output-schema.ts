import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { root } from './dml.ts';

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
ajv.addSchema(JSON.parse(readFileSync(path.join(root, 'docs/schemas/output.schema.json'), 'utf8')), 'output');

/** What `--format json` may print. */
export const isReport = ajv.getSchema('output')!;

/** A line that `--format jsonl` may print. */
export const isLine = ajv.getSchema('output#/$defs/JsonLine')!;

/** Nothing if the data fit the schema, else why they do not, with the data: a failing test shows both. */
export const faults = (isValid: ValidateFunction, data: unknown): readonly unknown[] =>
  isValid(data) ? [] : [isValid.errors, data];
