import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../compiler/graph/operation.ts';
import { operations } from '../../../compiler/graph/operations/index.ts';
import { size } from '../../../compiler/graph/shape.ts';
import { gradientError, probe, sampleTensor } from '../../support/gradient-check.ts';

/** Operations through which no gradient flows say so in their doc. */
const differentiable = Object.values(operations).filter(({ doc }) => !doc.includes('no gradient'));

const cheapSamples = ({ samples }: Operation) =>
  samples.filter(({ shapes }) => shapes.every((shape) => size(shape) < 600));
const checked = differentiable.filter((operation) => cheapSamples(operation).length > 0);

describe.each(checked.map((operation) => [operation.name, operation] as const))('%s', (name, operation) => {
  const cheap = cheapSamples(operation);
  test.each(cheap)('has the gradient that differences give, for $shapes', ({ shapes, attributes }) => {
    const built = probe(operation, shapes, attributes);
    const feeds = Object.fromEntries([
      ...shapes.map((shape, i) => [`x${i}`, sampleTensor(shape, `${name}${i}`)] as const),
      ['weights', sampleTensor(built.output.shape, 'weights')] as const,
    ]);
    expect(gradientError(built, feeds)).toBeLessThan(1e-7);
  });
});

test('every operation is listed under the name that the printed graph says', () => {
  for (const [key, { name, doc }] of Object.entries(operations)) {
    expect(name).toBe(key);
    expect(doc).not.toBe('');
  }
});

test('every operation that has a file is in the table', async () => {
  const folder = path.resolve(import.meta.dirname, '../../../compiler/graph/operations');
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(
    files.map((file) => import(path.join(folder, file)) as Promise<Record<string, unknown>>),
  );
  const exported = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) =>
      name.endsWith('Operation') ? [(value as Operation).name] : [],
    ),
  );
  expect([...new Set(exported)].sort()).toEqual(Object.keys(operations).sort());
});
