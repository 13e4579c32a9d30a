import { check } from '../../compiler/check/check.ts';
import type { Experiment } from '../../compiler/experiment.ts';
import { registry } from '../../runtime/registry.generated.ts';

/** One network and batch to measure. */
export interface Setting {
  readonly size: number;
  readonly width: number;
  readonly batch: number;
  readonly depth: number;
}

const textOf = ({ size, width, batch, depth }: Setting) => `dml 1
dataset shapes {
  source: phantom(cases: 40, raters: 4, seed: 7, size: ${size})
  folds:  holdout(20%)
}
experiment step {
  data:      shapes
  labels:    raters |> average
  model:     unet(depth: ${depth}, width: ${width})
  loss:      0.25 ce + 0.75 dml1
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4)
  train:     100 steps
  batch:     ${batch}
}`;

/** The experiment that the step of a setting belongs to. */
export function experimentOf(setting: Setting): Experiment {
  const source = { path: 'bench.dml', text: textOf(setting) };
  const { value, diagnostics } = check(source, { registry, read: () => undefined });
  if (!value) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return value.experiments[0]!;
}
