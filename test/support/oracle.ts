import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Reference vectors and data lie beside the checkout. */
const shared = path.resolve(import.meta.dirname, '..', '..', '..', 'shared');

/** A file of the reference vectors; `undefined` where they are not there, and the test is skipped. */
export function oracle<T>(name: string): T | undefined {
  const file = path.join(shared, 'oracles', `${name}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** A folder or file of the shared images; `undefined` where they are not there, and the test is skipped. */
export function sharedData(...parts: readonly string[]): string | undefined {
  const place = path.join(shared, 'data', ...parts);
  return existsSync(place) ? place : undefined;
}
