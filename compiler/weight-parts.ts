import type { Parts } from './experiment.ts';

/** The part of a model that a weight or statistic belongs to: `encoder` of `encoder.0.conv1.kernel`. */
export const partOf = (variable: string): string => variable.split('.')[0]!;

/** Whether the weights of a part are taken over. */
export function isTaken(part: string, parts: Parts): boolean {
  if (parts === 'all') return true;
  return 'only' in parts ? parts.only.includes(part) : !parts.but.includes(part);
}
