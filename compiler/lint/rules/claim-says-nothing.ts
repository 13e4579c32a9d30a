import { type Fix, replacing, text } from '../../../grammar/diagnostic.ts';
import type { Span } from '../../../grammar/source.ts';
import { expectationForm } from '../../canonical/value-form.ts';
import type { Expectation } from '../../experiment.ts';
import { textAt } from '../edits.ts';
import { rule } from '../rule.ts';

export const claimSaysNothing = rule({
  code: 'DML3305',
  name: 'claim-says-nothing',
  level: 'warning',
  summary: 'What is expected of a metric cannot fail, or cannot hold.',
  why: 'Scores are fractions, 0 … 1. `dice > 85` was meant as `85%` and always fails; `dice >= 0` never does, and a test that cannot fail is no test.',
  source: 'language, `expect`',
  bad: 'experiment a extends base { labels: mean  expect: dice > 85 }',
  good: 'experiment a extends base { labels: mean  expect: dice > 85% }',
  message: text`\`${'claim'}\` ${'verdict'}: the metric is a fraction, between 0 and 1.`,
  help: text`${'advice'}`,
  check({ experiment: { expect }, registry }) {
    return expect.flatMap((expectation) => {
      const { metric, value, span } = expectation;
      if (registry.metric[metric]?.tags.unit) return [];
      const verdict = verdictOf(expectation);
      if (!verdict) return [];
      const claim = expectationForm(expectation);
      const isPercent = verdict === 'cannot hold' && typeof value === 'number' && value > 1 && value <= 100;
      const advice = isPercent
        ? `Write ${value}%, which is ${value / 100}.`
        : 'Choose a bound between 0 and 1.';
      const fix = isPercent ? inPercent(span, value) : undefined;
      return [{ span, values: { claim, verdict, advice }, fix }];
    });
  },
});

function inPercent(span: Span, value: number): Fix | undefined {
  const written = String(value);
  const place = textAt(span).endsWith(written) ? { ...span, start: span.end - written.length } : undefined;
  return place && replacing(`Write \`${value}%\``, place, `${value}%`);
}

type Verdict = 'cannot fail' | 'cannot hold' | undefined;

/** An interval may reach beyond what a metric can be, but not by its inner end. */
function verdictOf({ of, operator, value }: Expectation): Verdict {
  const isOuter =
    (of === 'lower' && !operator.startsWith('>')) || (of === 'upper' && !operator.startsWith('<'));
  if (isOuter) return undefined;
  const verdict = boundVerdict(operator, value);
  return of === 'lower' || of === 'upper' ? (verdict === 'cannot hold' ? verdict : undefined) : verdict;
}

function boundVerdict(operator: Expectation['operator'], value: Expectation['value']): Verdict {
  const { low, high } = typeof value === 'number' ? { low: value, high: value } : value;
  const verdicts: Readonly<Record<Expectation['operator'], Verdict>> = {
    '>': low >= 1 ? 'cannot hold' : low < 0 ? 'cannot fail' : undefined,
    '>=': low > 1 ? 'cannot hold' : low <= 0 ? 'cannot fail' : undefined,
    '<': high <= 0 ? 'cannot hold' : high > 1 ? 'cannot fail' : undefined,
    '<=': high < 0 ? 'cannot hold' : high >= 1 ? 'cannot fail' : undefined,
    in: low > 1 || high < 0 ? 'cannot hold' : low <= 0 && high >= 1 ? 'cannot fail' : undefined,
  };
  return verdicts[operator];
}
