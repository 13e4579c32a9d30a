import { text } from '../../../grammar/diagnostic.ts';
import { points } from '../../laws/verdict.ts';
import { settingOption } from '../edits.ts';
import { rule } from '../rule.ts';

export const gradientWithoutBound = rule({
  code: 'DML3127',
  name: 'gradient-without-bound',
  level: 'warning',
  summary: 'The gradient of a loss grows without bound.',
  why: 'The logarithmic form of an overlap loss without `smooth` is −log 0 where nothing of a class is met: the loss is infinite, and the step that follows makes all weights no numbers. With `smooth: 1e-3` it is 6.9 for a class of one pixel.',
  source: 'law checker, the gradient stays finite',
  bad: 'experiment a extends base { labels: mean  loss: dml1(log: true, smooth: 0) }',
  good: 'experiment a extends base { labels: mean  loss: dml1(log: true) }',
  message: text`The gradient of \`${'loss'}\` has no bound: for a pixel labelled ${'label'} it is ${'steepness'} at ${'prediction'}.`,
  help: text`Give it a \`smooth\` above 0, or leave \`log\` out.`,
  async check({ experiment: { loss, data }, registry, laws }) {
    const findings = loss.map(async (term) => {
      const verdict = await laws('gradient', term, data.classes.length, registry);
      if (verdict?.verdict !== 'refuted' || !verdict.example) return [];
      const { label, prediction } = verdict.example;
      const gradient = verdict.gradient ?? Number.POSITIVE_INFINITY;
      const values = {
        loss: term.loss.name,
        label: points(label),
        prediction: points(prediction),
        steepness: Number.isFinite(gradient) ? gradient.toExponential(1) : 'infinite',
      };
      return [{ span: term.loss.span, values, fix: settingOption(term.loss, 'smooth', '1e-3') }];
    });
    return (await Promise.all(findings)).flat();
  },
});
