import { DataError } from '../data/source.ts';
import { countOf, type NumericArray, shapeText } from './array.ts';

const example = '{"shape": [2, 2], "data": [0, 0.5, 1, 1]}';

/** `{"shape": [2, 3], "data": […]}`: row-major. Every number is a float64 and finite. */
export function decodeJson(text: string, file: string): NumericArray {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(`${file} is no JSON: ${(error as Error).message}.`, file, `Expected: ${example}`);
  }
  return arrayOf(value, file);
}

/** An array from a parsed value. @param name for messages */
export function arrayOf(value: unknown, name: string): NumericArray {
  const { shape, data } = isRecord(value) ? value : {};
  if (!Array.isArray(shape) || !Array.isArray(data))
    throw new DataError(
      `${name} is no array: it has no \`shape\` and \`data\`.`,
      name,
      `Expected: ${example}`,
    );
  if (
    !shape.every((n): n is number => Number.isSafeInteger(n) && n >= 0) ||
    !Number.isSafeInteger(8 * countOf(shape))
  )
    throw new DataError(
      `${name} has the impossible shape ${JSON.stringify(shape)}.`,
      name,
      'A shape is a list of whole numbers.',
    );
  if (data.length !== countOf(shape))
    throw new DataError(
      `${name} has the shape ${shapeText(shape)}, which takes ${countOf(shape)} numbers; \`data\` holds ${data.length}.`,
      name,
    );
  const at = data.findIndex((number) => typeof number !== 'number' || !Number.isFinite(number));
  if (at >= 0)
    throw new DataError(
      `${name} holds ${data[at]} as element ${at} of \`data\`, which is no finite number.`,
      name,
      '`data` is one flat list of numbers.',
    );
  return { shape, data: Float64Array.from(data) };
}

export const encodeJson = ({ shape, data }: NumericArray): string =>
  `${JSON.stringify({ shape, data: Array.from(data) })}\n`;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
