import { expect, test } from 'vitest';
import type { Term } from '../../../compiler/experiment.ts';
import { minimumOfTerm, rememberMinimums } from '../../../compiler/laws/term.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { experimentOf } from '../check/support.ts';

const termOf = (loss: string): Term =>
  experimentOf(`experiment a extends base { labels: mean  loss: ${loss} }`, { registry }).loss[0]!;

test('equal terms are decided once, whatever file they are in', async () => {
  const minimum = rememberMinimums();
  const answers = ['dml1', 'dml1(smooth: 0.001)', 'dml1(smooth: 1)'].map((loss) =>
    minimum(termOf(loss), 2, registry),
  );
  expect(answers[1]).toBe(answers[0]);
  expect(answers[2]).not.toBe(answers[0]);
  expect(minimum(termOf('dml1'), 3, registry)).not.toBe(answers[0]);
  expect(await answers[0]).toEqual(await minimumOfTerm(termOf('dml1'), 2, registry));
});
