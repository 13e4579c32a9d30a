import { expect, test } from 'vitest';
import { operations } from '../../../compiler/graph/operations/index.ts';
import * as api from '../../../runtime/api/index.ts';
import { publicTypes } from '../../../scripts/public-types.ts';
import { root } from '../../support/dml.ts';

/** Leaves, and what only gradients and rewrites are made of. */
const internal = /Gradient$|^(input|variable|constant|mapTaps|biasGradient)$/;

test('a component can use every operation that a graph is written with', () => {
  const written = Object.keys(operations).filter((name) => !internal.test(name));
  const missing = written.filter((name) => !(name in api));
  expect(missing).toEqual([]);
});

test('its types are one file that imports nothing and names nothing of the engines', () => {
  const text = publicTypes(root);
  expect(text).not.toMatch(/\bimport\b(?!ed|s)/);
  expect(text).not.toMatch(/GraphBuilder|Lowering|Onnx/);
  expect(text).toContain('export declare function dml1(');
  expect(text).toMatch(/@default 0.001\n\s+\*\/\n\s+readonly smooth\?: number;/);
});

test('a constant has as many numbers as its shape', () => {
  expect(() => api.constant({} as never, [1, 2, 3], [2, 2])).toThrow(/shape \[2,2\] from 3 numbers/);
});
