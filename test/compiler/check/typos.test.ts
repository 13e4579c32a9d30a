import { expect, test } from 'vitest';
import { childrenOf } from '../../../compiler/check/walk.ts';
import { parse } from '../../../grammar/parser.ts';
import type { Span } from '../../../grammar/source.ts';
import type { Argument, Expression } from '../../../grammar/syntax.ts';
import { checkText } from './support.ts';

/** Every kind of name of the language that is not the user's own. */
const example = `dml 1
dataset shapes {
  source:  phantom(cases: 60, raters: 4, seed: 7)
  classes: (background: 0, tumour: 1)
  window:  0 .. 255
  size:    64 x 64
  folds:   holdout(20%)
}
protocol paper {
  crop:      64 x 64
  augment:   scale(0.5 .. 2.0) |> flip(axis: horizontal) |> shift(3 px)
  model:     unet(depth: 3, width: 8, norm: batch)
  loss:      0.25 ce + 0.75 dml1(smooth: 1e-3, reduction: image)
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4, nesterov: true)
  schedule:  warmup(1%, from: 1e-6) then poly(power: 0.9)
  train:     200 steps
  batch:     4
  fold:      all
  seed:      0 .. 2
}
experiment mean extends paper {
  data:     shapes
  labels:   raters |> average(weights: dice) |> smooth(epsilon: 0.1)
  evaluate: dice, bdice(levels: 9), ece(bins: 10)
  expect:   bdice > 0.85
}
experiment student extends mean {
  labels:  0.25 (raters |> majority) + 0.75 (mask |> smooth(epsilon: 0.1))
  teacher: distill(from: mean, pick: best(metric: bdice), temperature: 2, head: main) |> kde(bandwidth: auto)
  loss:    0.25 ce + 0.25 focal(gamma: 2) on (labels |> harden) + 0.5 dml1 on teacher
  start:   weights(file: "student.safetensors")
}
experiment cooler extends student {
  teacher.distill.temperature: 1
  teacher.distill.pick: seed(number: 1)
}
experiment longer extends mean {
  train: 5 epochs
  model.width: 16
}
sweep widths of mean, longer {
  vary optimizer.rate in [1e-2, 1e-3]
  except: (experiment: longer)
}
compare table of widths, student {
  rows:      experiment
  columns:   rate
  metrics:   bdice, ece(bins: 10)
  baseline:  student
  statistic: wilcoxon(over: runs, correction: none)
  expect:    student.bdice > 0.5, lower(student.ece - (rate: 1e-2).ece) < 0
}
`;

const text = (span: Span) => span.source.text.slice(span.start, span.end);

/** Places of the names, in the order of the text. */
function namePlaces(): readonly Span[] {
  const { value: tree } = parse({ path: 'main.dml', text: example });
  const own = new Set(['table', 'shapes', 'paper', 'longer', 'widths', 'background', 'tumour', 'experiment']);
  const spans = tree!.declarations.flatMap((declaration) => {
    if (declaration.kind !== 'block') return [];
    const inside = declaration.statements.flatMap((statement) => {
      const targets =
        statement.kind === 'field' ? [statement.target] : statement.kind === 'vary' ? statement.targets : [];
      const values = statement.kind === 'field' ? statement.values : [statement.values];
      return [
        ...targets.flatMap((target) => target.path.map((part) => part.span)),
        ...values.flatMap(insideOf),
      ];
    });
    return [declaration.keyword.span, ...inside];
  });
  return spans.filter((span) => !own.has(text(span)));
}

function insideOf(expression: Expression): readonly Span[] {
  const args: readonly Argument[] =
    expression.kind === 'call' ? expression.arguments : expression.kind === 'tuple' ? expression.items : [];
  const named = args.flatMap((argument) => (argument.name ? [argument.name.span] : []));
  const here =
    expression.kind === 'name'
      ? expression.path.map((part) => part.span)
      : expression.kind === 'member'
        ? [expression.name.span]
        : [];
  return [...here, ...named, ...childrenOf(expression).flatMap(insideOf)];
}

/** One letter left out, doubled, replaced or exchanged with the next one, at every position. */
function typosOf(word: string): readonly string[] {
  const at = (i: number, replacement: string, length: number) =>
    word.slice(0, i) + replacement + word.slice(i + length);
  const typos = [...word].flatMap((letter, i) => [
    at(i, '', 1),
    at(i, letter + letter, 1),
    at(i, letter === 'q' ? 'w' : 'q', 1),
    ...(i + 1 < word.length ? [at(i, word[i + 1]! + letter, 2)] : []),
  ]);
  return [...new Set(typos)].filter((typo) => typo !== word && /^[A-Za-z_]\w*$/.test(typo));
}

/** Words that are names, too: a typo that makes one of them is another right file, or a wrong one with another fault. */
const known = new Set(['dml2', 'dice', 'step', 'epoch']);

test('the example itself is right', () => {
  expect(checkText(example).diagnostics).toEqual([]);
});

test('every name with one letter wrong is rejected there, and what was meant is suggested first in at least 95 %', () => {
  let typos = 0;
  const missed: string[] = [];
  for (const span of namePlaces()) {
    const word = text(span);
    // Every second one: of each word some of every kind, in half the time.
    for (const [i, typo] of typosOf(word).entries()) {
      if (known.has(typo) || i % 2 === 1) continue;
      typos += 1;
      const { diagnostics } = checkText(example.slice(0, span.start) + typo + example.slice(span.end));
      const [first] = diagnostics.filter(({ severity }) => severity === 'error');
      expect(first, `${word} as ${typo} at ${span.start}`).toBeDefined();
      const place = diagnostics.find((found) => found.span.start === span.start);
      if (place?.help !== `Did you mean \`${word}\`?`)
        missed.push(`${word} as ${typo}: ${first!.code} ${first!.message} ${first!.help}`);
    }
  }
  expect(typos).toBeGreaterThan(1000);
  expect(missed.length / typos, missed.join('\n')).toBeLessThan(0.05);
});

test('a misspelt name is one fault, so it gives one message', () => {
  const several: string[] = [];
  for (const span of namePlaces()) {
    const word = text(span);
    const typo = typosOf(word).at(-1)!;
    if (known.has(typo)) continue;
    const { diagnostics } = checkText(example.slice(0, span.start) + typo + example.slice(span.end));
    if (diagnostics.length !== 1)
      several.push(
        `${word} as ${typo}: ${diagnostics.map(({ code, message }) => `${code} ${message}`).join(' | ')}`,
      );
  }
  expect(several).toEqual([]);
});
