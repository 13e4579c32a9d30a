import { arrayOf } from '../../runtime/arrays/json.ts';
import { readArray } from '../../runtime/arrays/open.ts';
import type { Given } from '../../runtime/expressions/given.ts';
import { UsageError } from '../errors.ts';

/** An array that is written out as `{"shape": …, "data": …}`, or named by its file. */
export async function tensorField(value: unknown, name: string, cwd: string): Promise<Given | undefined> {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { ...(await readArray(value, cwd)), name: value };
  return { ...arrayOf(value, `\`${name}\``), name: `\`${name}\`` };
}

/** One array or several, each as in `tensorField`. */
export async function tensorsField(value: unknown, name: string, cwd: string): Promise<readonly Given[]> {
  if (value === undefined) return [];
  const list = Array.isArray(value) ? value : [value];
  const tensors: Given[] = [];
  for (const [i, one] of list.entries()) {
    const tensor = await tensorField(one, list.length > 1 ? `${name}[${i}]` : name, cwd);
    if (tensor) tensors.push(tensor);
  }
  return tensors;
}

/** Arrays by name: `{"aux": tensor}`. */
export async function namedTensorsField(
  value: unknown,
  name: string,
  cwd: string,
): Promise<Readonly<Record<string, Given>>> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`\`${name}\` must be an object of arrays by name, found ${JSON.stringify(value)}.`);
  const tensors: Record<string, Given> = {};
  for (const [key, one] of Object.entries(value)) {
    const tensor = await tensorField(one, `${name}.${key}`, cwd);
    if (tensor) tensors[key] = tensor;
  }
  return tensors;
}

/** `NAME=FILE`, repeated, as files by name. */
export function namedFiles(
  pairs: readonly string[],
  flag: string,
): Readonly<Record<string, string>> | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1)
        throw new UsageError(
          `--${flag} ${pair} does not say which.`,
          `Write --${flag} NAME=FILE, as --${flag} aux=aux.npy`,
        );
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}
