import { expect, test } from 'vitest';
import { registry } from '../../runtime/registry.generated.ts';
import { openOutlooks } from '../../runtime/trainer/outlook.ts';
import { workOf } from '../../runtime/work.ts';
import { smallExperiment, use } from '../support/experiment.ts';

test('the work of a training is that of its outlook, its memory to predict that of how it predicts', async () => {
  const whole = {
    ...smallExperiment,
    batch: 2,
    predict: [use('sliding', { stride: 0.5 })],
  };
  const [plain, sliding] = await Promise.all(
    [{ ...whole, predict: smallExperiment.predict }, whole].map((one) => workOf(one, '/nowhere', registry)),
  );
  const { network, steps } = (await openOutlooks(registry)(whole, '/nowhere'))!;
  expect(sliding).toEqual({ ...network, steps });
  // Windows are predicted one by one, and not a batch of them at once.
  expect(sliding!.peakBytes.score).toBeLessThan(plain!.peakBytes.score);
  expect(sliding!.peakBytes.train).toBe(plain!.peakBytes.train);
});
