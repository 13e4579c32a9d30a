import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { checkYaml } from '../../compiler/canonical/read.ts';
import { toYaml } from '../../compiler/canonical/write.ts';
import { trainingHash } from '../../compiler/identity.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { root, temporaryFolder } from '../support/dml.ts';
import { dml } from '../support/within.ts';

// Several whole runs, on a machine that may be busy.
vi.setConfig({ testTimeout: 120_000 });

/** The example of the chapter on checkpoints. */
const guide = readFileSync(path.join(root, 'docs/language.md'), 'utf8');
const example = /### Checkpoints[\s\S]*?```dml\n([\s\S]*?)```/.exec(guide)![1]!;

test('the best weights are kept, which the run tells and the linter minds', async () => {
  const cwd = temporaryFolder({ 'a.dml': example });
  const linted = await dml(['lint', 'a.dml'], { cwd });
  expect(linted.err + linted.out).toContain('the best of 3 looks at the same 1 case that');
  const run = await dml(['run', 'a.dml', '--engine', 'native'], { cwd });
  expect(run.exit, run.err).toBe(0);
  expect(run.err).toMatch(/^ {2}step \d+\/\d+ {2}dice [\d.]+ %, the best so far$/m);
  expect(run.out).toMatch(
    /^run {2}runs\/kept\/\w+\/fold0-seed0, kept step \d+ of \d+ \(epoch [246]\): dice [\d.]+ %, the best of 3 looks$/m,
  );
  const again = await dml(['run', 'a.dml', '--engine', 'native'], { cwd });
  expect(again.out).toBe(run.out);
  const yaml = await dml(['compile', 'a.dml', '--emit', 'yaml'], { cwd });
  expect(yaml.out).toContain('checkpoint: {best: {metric: dice, every: 2 epochs}}');
  const { value } = checkYaml({ path: 'a.yaml', text: yaml.out }, { registry });
  expect(toYaml(value!.experiments[0]!)).toBe(yaml.out);
  expect(trainingHash(value!.experiments[0]!)).toMatch(/^[0-9a-f]{64}$/);
});

test('an error of what cannot be looked for is told with a way out', async () => {
  const cwd = temporaryFolder({ 'a.dml': example.replace('every: 2 epochs', 'every: 9 steps') });
  const { exit, err, out } = await dml(['plan', 'a.dml', '--engine', 'native', '--set', 'train=1 epoch'], {
    cwd,
  });
  expect(exit).toBe(2);
  expect(err + out).toMatch(/looked for every 9 steps, which is 9 steps, and the run is over after \d+/);
});
