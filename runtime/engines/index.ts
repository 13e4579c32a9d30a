import type { EngineName, EngineProvider } from './engine.ts';

/** All engines, best first; each is loaded when it is looked for. */
const table: readonly (readonly [EngineName, () => Promise<EngineProvider>])[] = [
  ['cuda', async () => (await import('./tensorflow/provider.ts')).cuda],
  ['tensorflow', async () => (await import('./tensorflow/provider.ts')).tensorflow],
  ['native', async () => (await import('./native/provider.ts')).native],
];

/** The engine of that name, or all of them for `auto`: the first that is there is the best. */
export const enginesFor = (wanted: EngineName | 'auto'): Promise<readonly EngineProvider[]> =>
  Promise.all(table.filter(([name]) => wanted === 'auto' || name === wanted).map(([, load]) => load()));
