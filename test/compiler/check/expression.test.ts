import { describe, expect, test } from 'vitest';
import { checkLabels, checkLoss, checkMetrics } from '../../../compiler/check/expression.ts';
import { labelText } from '../../support/label-text.ts';
import { registry } from './components.ts';
import { withoutSpans } from './support.ts';

const termsOf = (text: string, heads?: readonly string[]) => {
  const { value, diagnostics } = checkLoss(text, heads ? { registry, heads } : { registry });
  expect(diagnostics).toEqual([]);
  return value!.map(({ weight, loss, on, at }) => `${weight} ${loss.name} at ${at} on ${labelText(on)}`);
};

describe('A loss that stands alone', () => {
  test('is multiplied out, and measured on the labels that are given, which count as soft', () => {
    expect(termsOf('0.25 ce + 0.75 (0.5 dml1 + 0.5 dml2(smooth: 0))')).toEqual([
      '0.25 ce at main on mask ~',
      '0.375 dml1 at main on mask ~',
      '0.375 dml2 at main on mask ~',
    ]);
  });

  test('may be measured on the teacher, on what steps make of it, and on raters', () => {
    expect(
      termsOf(
        '0.5 ce on teacher + 0.25 ce on (teacher |> kde(bandwidth: 0.01)) + 0.25 ce on (raters |> average)',
      ),
    ).toEqual([
      '0.5 ce at main on teacher ~',
      '0.25 ce at main on teacher |> kde ~',
      '0.25 ce at main on raters |> average ~',
    ]);
  });

  test('looks at the heads that there are', () => {
    expect(termsOf('0.5 ce + 0.5 ce at aux', ['main', 'aux'])).toHaveLength(2);
    const { diagnostics } = checkLoss('0.5 ce at aux', { registry });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'DML1322 What is given has no head `aux`.',
    ]);
  });

  test('leaves it to the arrays whether they are hard, and knows of steps that make them soft', () => {
    expect(termsOf('focal')).toEqual(['1 focal at main on mask ~']);
    const codes = ['focal on teacher', 'focal on (labels |> smooth)', 'focal on (teacher |> harden)'].map(
      (text) => checkLoss(text, { registry }).diagnostics.map(({ code }) => code),
    );
    expect(codes).toEqual([['DML1335'], ['DML1335'], []]);
  });
});

describe('A label source that stands alone', () => {
  test.each([
    ['raters |> average', 'raters |> average ~'],
    ['mask |> edges(epsilon: 0.5)', 'mask |> edges ~'],
    ['teacher |> kde(bandwidth: 0.001)', 'teacher |> kde ~'],
    [
      '0.5 (raters |> majority) + 0.5 (mask |> smooth)',
      '0.5 (raters |> majority) + 0.5 (mask |> smooth ~) ~',
    ],
    [
      '(1/2 mask + 0.5 (0.5 mask + 0.5 teacher)) |> harden',
      '0.5 (mask) + 0.25 (mask) + 0.25 (teacher ~) |> harden',
    ],
    ['0 teacher + 1 (raters |> majority)', 'raters |> majority'],
  ])('%s', (text, expected) => {
    const { value, diagnostics } = checkLabels(text, { registry });
    expect(diagnostics).toEqual([]);
    expect(labelText(value!)).toBe(expected);
  });

  test.each([
    ['raters', 'DML1330'],
    ['mask |> average', 'DML1332'],
    ['raters |> smooth', 'DML1331'],
    ['0.5 mask + 0.4 teacher', 'DML1336'],
    ['mask - teacher', 'DML1301'],
    ['-0.5 mask + 1.5 teacher', 'DML1301'],
    ['teacher |> edges', 'DML1334'],
    ['raters |> averge', 'DML1203'],
    ['techer', 'DML1203'],
    ['', 'DML1000'],
  ])('%s is wrong: %s', (text, code) => {
    const { value, diagnostics } = checkLabels(text, { registry });
    expect(value).toBeUndefined();
    expect(diagnostics.map((each) => each.code)).toEqual([code]);
  });
});

describe('Metrics that stand alone', () => {
  test('are measured on their usual truth, or on what is written', () => {
    const { value } = checkMetrics('dice, bdice(levels: 5), ece(bins: 15) on mask', { registry });
    expect(value!.map(({ metric, on }) => [metric.name, metric.options, labelText(on)])).toEqual([
      ['dice', {}, 'raters |> majority'],
      ['bdice', { levels: 5 }, 'raters |> average ~'],
      ['ece', { bins: 15 }, 'mask'],
    ]);
  });

  test('are not measured on labels that are drawn at random', () => {
    const { diagnostics } = checkMetrics('dice on (raters |> drawn)', { registry });
    expect(diagnostics.map(({ code }) => code)).toEqual(['DML1338']);
  });

  test('are suggested where one is misspelt, and point into the text', () => {
    const { diagnostics } = checkMetrics('dice, ece(bnis: 15)', { registry });
    expect(diagnostics.map(({ code, help, span }) => [code, help, span.source.path, span.start])).toEqual([
      ['DML1218', 'Did you mean `bins`?', '<expression>', 10],
    ]);
  });
});

test('an expression means what it means in a file', () => {
  const { value } = checkLoss('0.25 ce(  ) + (1 - 0.25) * dml1', { registry });
  expect(withoutSpans(value!.map(({ weight, loss }) => [weight, loss.name]))).toEqual([
    [0.25, 'ce'],
    [0.75, 'dml1'],
  ]);
});
