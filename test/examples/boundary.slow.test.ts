import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RunResult } from '../../runtime/trainer/result.ts';
import { dml, root, temporaryFolder } from '../support/dml.ts';
import { ownHome } from '../support/own.ts';

test('the example of one’s own components is right, asks for permission, and trains', async () => {
  const cwd = temporaryFolder();
  cpSync(path.join(root, 'examples/boundary'), cwd, { recursive: true });
  const env = ownHome();
  for (const words of [['check'], ['lint'], ['fmt', '--check']]) {
    const { exit, out } = await dml([...words, 'boundary.dml'], { cwd, env });
    expect([words[0], exit, out]).toEqual([words[0], 0, expect.any(String)]);
  }
  const run = ['run', 'boundary.dml#near', '--engine', 'native'];
  const refused = await dml(run, { cwd, env });
  expect(refused.exit).toBe(2);
  expect(refused.err).toMatch(
    /split\.ts \(the label step sharpen, the metric split_error\) and boundary\.ts \(the loss boundary_dml\)/,
  );
  const allowed = await dml([...run, '--json', '--allow', 'boundary.ts', '--allow', 'split.ts'], {
    cwd,
    env,
  });
  expect(allowed.exit).toBe(0);
  const events = allowed.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string });
  const { runs } = events.at(-1) as unknown as { runs: readonly { result: RunResult }[] };
  const score = (name: string) => runs[0]!.result.scores.find(({ metric }) => metric === name)!.value;
  expect(score('bdice')).toBeGreaterThan(0.8);
  expect(score('split_error')).toBeGreaterThan(0);
});
