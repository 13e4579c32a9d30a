import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A user's folder of its own, so that what a test allows is allowed there alone. */
export function ownHome(): { readonly DML_HOME: string } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dml-home-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { DML_HOME: folder };
}

/** A loss of a user's own, as a file of TypeScript, with changes. */
export const gapFile = ({
  name = 'gap',
  imports = '',
  doc = '/** Mean of (x − y)². @labels soft */',
  options = '{ power = 1 }: GapOptions = {}',
  body = 'const d = sub(probabilities, labels); return mul(sum(mul(d, d)), power);',
} = {}) => `import { type LossInputs, mul, sub, sum, type Value } from 'dml';
${imports}
export interface GapOptions {
  /** Factor. @minimum 0 */
  readonly power?: number;
}
${doc}
export function ${name}({ probabilities, labels }: LossInputs, ${options}): Value {
  ${body}
}
`;
