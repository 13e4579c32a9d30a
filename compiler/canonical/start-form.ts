import type { Parts, Start } from '../experiment.ts';
import type { Embed } from './source-form.ts';
import type { Plain } from './value-form.ts';

/** Where training begins: a word, or one with its options. */
export function startForm(start: Start, embed: Embed): Plain {
  if (start === 'random') return start;
  const parts = partsForm(start.parts);
  return start.kind === 'weights'
    ? { weights: { file: start.file, parts } }
    : { trained: { ...embed(start), parts } };
}

/** `all`, `[encoder, decoder]`, or `all - head - aux`. */
export function partsForm(parts: Parts): Plain {
  if (parts === 'all') return parts;
  return 'only' in parts ? parts.only : ['all', ...parts.but].join(' - ');
}
