import type { Shape } from '../../compiler/graph/graph.ts';

/** Bytes that are no safetensors file that is read here; the reason goes on after "the file is unreadable:". */
export interface Unreadable {
  readonly reason: string;
}

/** A tensor as the header describes it; offsets count from the end of the header. */
export interface Entry {
  readonly name: string;
  /** `F32`, `I64` … */
  readonly dtype: string;
  readonly shape: Shape;
  readonly from: number;
  readonly to: number;
}

export interface SafetensorsHeader {
  /** In the order of the data. */
  readonly entries: readonly Entry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/** Bytes of the number before the header, which is the header's length. */
export const lengthBytes = 8;
export const metadataKey = '__metadata__';

/**
 * The header of a safetensors file, its JSON text without the length before it.
 *
 * @source https://huggingface.co/docs/safetensors, section "Format"
 */
export function parseSafetensorsHeader(text: Uint8Array): SafetensorsHeader | Unreadable {
  const header = parseJson(text);
  if (!isRecord(header)) return { reason: 'its header is not a JSON object' };
  const metadata = header[metadataKey] ?? {};
  if (!isTexts(metadata)) return { reason: `'${metadataKey}' of its header must hold texts` };
  const entries: Entry[] = [];
  for (const [name, description] of Object.entries(header)) {
    if (name === metadataKey) continue;
    const entry = parseEntry(name, description);
    if ('reason' in entry) return entry;
    entries.push(entry);
  }
  return { entries: entries.sort((a, b) => a.from - b.from || a.to - b.to), metadata };
}

function parseEntry(name: string, description: unknown): Entry | Unreadable {
  if (!isRecord(description)) return { reason: `its header does not describe '${name}'` };
  const { dtype, shape, data_offsets: offsets } = description;
  if (!isCounts(shape) || !isCounts(offsets) || offsets.length !== 2)
    return { reason: `shape or data_offsets of '${name}' are no lists of whole numbers` };
  const [from, to] = offsets as [number, number];
  return { name, dtype: String(dtype), shape, from, to };
}

function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(text));
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isTexts = (value: unknown): value is Record<string, string> =>
  isRecord(value) && Object.values(value).every((item) => typeof item === 'string');

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0);
