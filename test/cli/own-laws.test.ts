import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dml, root, temporaryFolder, tiny } from '../support/dml.ts';

test('the laws of a loss of your own are decided when it may run for the first time, and known from then on', async () => {
  const text = tiny({ loss: 'boundary_dml' }).replace('dml 1\n', 'dml 1\nuse "./boundary.ts"\n');
  const cwd = temporaryFolder({ 'a.dml': text });
  copyFileSync(path.join(root, 'examples/boundary/boundary.ts'), path.join(cwd, 'boundary.ts'));
  const call = { cwd, env: { DML_HOME: temporaryFolder() } };
  const verdicts = async () => {
    const { laws } = JSON.parse((await dml(['check', 'a.dml', '--json'], call)).out);
    return laws[0].verdicts.map(({ verdict }: { verdict: string }) => verdict);
  };
  expect(await verdicts()).toEqual(['not decided', 'not decided', 'not decided']);
  expect((await dml(['explain', 'a.dml', '--allow', 'boundary.ts'], call)).exit).toBe(0);
  expect(await verdicts()).toEqual(['proved', 'proved', 'proved']);
}, 60_000);
