import { expect, test } from 'vitest';
import type { Term } from '../../../compiler/experiment.ts';
import { lawOfTerm, rememberLaws } from '../../../compiler/laws/term.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { experimentOf } from '../check/support.ts';

const termOf = (loss: string): Term =>
  experimentOf(`experiment a extends base { labels: mean  loss: ${loss} }`, { registry }).loss[0]!;

test('equal terms are decided once, whatever file they are in', async () => {
  const laws = rememberLaws();
  const answers = ['dml1', 'dml1(smooth: 0.001)', 'dml1(smooth: 1)'].map((loss) =>
    laws('minimum', termOf(loss), 2, registry),
  );
  expect(answers[1]).toBe(answers[0]);
  expect(answers[2]).not.toBe(answers[0]);
  expect(laws('minimum', termOf('dml1'), 3, registry)).not.toBe(answers[0]);
  expect(laws('gradient', termOf('dml1'), 2, registry)).not.toBe(answers[0]);
  expect(await answers[0]).toEqual(await lawOfTerm('minimum', termOf('dml1'), 2, registry));
});

test("a gradient that grows without bound is refuted with its example, and a loss that is a user's own is not run", async () => {
  const steep = termOf('dml1(log: true, smooth: 0)');
  expect(await lawOfTerm('gradient', steep, 2, registry)).toMatchObject({
    verdict: 'refuted',
    example: { prediction: [[0]] },
  });
  const own = { ...steep, loss: { ...steep.loss, code: 'abc' } };
  expect(await lawOfTerm('gradient', own, 2, registry)).toBeUndefined();
});
