import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { printLaws } from '../../../cli/laws.ts';
import { check } from '../../../compiler/check/check.ts';
import { lawsOf } from '../../../compiler/laws/laws.ts';
import { ruleTexts } from '../../../compiler/laws/rule-names.ts';
import type { Registry } from '../../../compiler/registry.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { expectGolden } from '../../golden.ts';
import { prelude } from '../check/support.ts';

const lawsOfText = async (text: string, components: Registry = registry) => {
  const { value, diagnostics } = check(
    { path: 'main.dml', text: prelude + text },
    { registry: components, read: () => undefined },
  );
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return lawsOf(value!, { registry: components });
};

test('what check says of losses and labels of all kinds', async () => {
  const losses = {
    the_mix: 'labels: mean  loss: 0.25 ce + 0.75 dml1',
    the_mix_on_hard_labels: 'labels: voted  loss: 0.25 ce + 0.75 dml1',
    soft_dice: 'labels: mean  loss: sdl(smooth: 0)',
    soft_dice_in_a_mix: 'labels: mean  loss: 0.25 ce + 0.75 sdl',
    soft_dice_on_hard_labels: 'labels: voted  loss: sdl',
    soft_dice_on_smoothed_labels: 'labels: voted |> smooth(0.1)  loss: sdl',
    soft_jaccard: 'labels: mean  loss: sjl',
    jaccard_metrics: 'labels: mean  loss: 0.5 jml1 + 0.5 jml2(smooth: 0)',
    two_reductions: 'labels: mean  loss: dml2(reduction: 0.5 image + 0.5 class, gamma: 1.5)',
    tversky_both: 'labels: mean  loss: tversky(fp: 0.3, fn: 0.7)',
    tversky_one: 'labels: mean  loss: tversky(fp: 0, fn: 1)',
    tversky_norm: 'labels: mean  loss: tversky(fp: 0.3, fn: 0.7, norm: 2)',
    focal_on_hard_labels: 'labels: voted  loss: focal',
    divergence: 'labels: mean  loss: kl',
    tempered: 'labels: mean  loss: kl(temperature: 2)',
    logarithmic: 'labels: mean  loss: dml1(log: true)',
    logarithmic_without_smoothing: 'labels: mean  loss: dml1(log: true, smooth: 0)',
    one_class_weighs_nothing: 'labels: voted  loss: dml1(weights: [0, 1])',
    two_targets: 'labels: voted  loss: 0.5 dml1 + 0.5 dml1 on mean',
  };
  const text = Object.entries(losses).map(
    ([name, fields]) => `experiment ${name} extends base { ${fields} }\n`,
  );
  const laws = await lawsOfText(text.join(''));
  const shown = laws.map(({ verdicts, ...rest }) => ({
    ...rest,
    file: '',
    verdicts: Object.values(verdicts),
  }));
  expectGolden(path.join(import.meta.dirname, 'golden/laws.txt'), printLaws(shown));
});

test('losses that are the same are decided once, and experiments are named together', async () => {
  let loads = 0;
  const count = <T>(loaded: T): T => {
    loads++;
    return loaded;
  };
  const dml1 = registry.loss.dml1!;
  const counted: Registry = {
    ...registry,
    loss: { ...registry.loss, dml1: { ...dml1, load: () => count(dml1.load()) } },
  };
  const laws = await lawsOfText(
    `experiment a extends base { labels: mean  loss: dml1 }
experiment b extends a { batch: 4 }
sweep s of a { vary model.width in [4, 8, 16] }
experiment c extends a { labels: voted }
`,
    counted,
  );
  expect(laws.map(({ experiments, labels }) => [experiments, labels])).toEqual([
    [['a', 'b', 's/1', 's/2', 's/3'], 'soft'],
    [['c'], 'hard'],
  ]);
  expect(loads).toBe(2);
});

test('a loss whose options do not fit is not decided, and says why', async () => {
  const [laws] = await lawsOfText('experiment a extends base { labels: mean  loss: tversky(fp: 0, fn: 0) }');
  expect(laws!.verdicts.zero.verdict).toBe('not decided');
  expect(laws!.verdicts.zero.because).toContain('is 0 for every prediction');
});

test('the document of the laws names every rule', () => {
  const text = readFileSync(path.resolve(import.meta.dirname, '../../../docs/laws.md'), 'utf8');
  for (const name of Object.keys(ruleTexts)) expect(text).toContain(`| \`${name}\` |`);
});
