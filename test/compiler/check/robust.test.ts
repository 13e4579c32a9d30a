import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { check } from '../../../compiler/check/check.ts';
import type { Diagnostic } from '../../../grammar/diagnostic.ts';
import { registry } from '../../../runtime/registry.generated.ts';
import { randomExperiment } from './arbitrary.ts';
import { checkText, prelude } from './support.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const shared = path.resolve(root, '../shared/language');

const whole = `${prelude}
let w = 0.25
experiment a extends base { labels: mean |> smooth(0.1)  loss: w * ce + (1 - w) * dml1 on voted  expect: dice > 5% }
experiment b extends a { model.width: 8  augment: scale(0.5 .. 2) |> flip  schedule: warmup(1%) then poly }
sweep s of a, b { let n in [1, 2]  batch: n  vary labels, model.depth in [(mean, 1), (voted, 2)]  except: (n: 1) }
`;

describe('No text makes the checker throw, and what is not a program has an error', () => {
  const say = (text: string) => {
    const { value, diagnostics } = checkText(text);
    const isWrong = diagnostics.some(({ severity }) => severity === 'error');
    expect(value === undefined).toBe(isWrong);
    for (const { span } of diagnostics) {
      expect(span.start).toBeGreaterThanOrEqual(0);
      expect(span.end).toBeLessThanOrEqual(span.source.text.length);
    }
  };

  test('a right file with pieces exchanged', () => {
    const pieces = whole.match(/\w+|[^\s\w]+/g)!;
    const swap = fc.tuple(fc.nat(pieces.length - 1), fc.nat(pieces.length - 1));
    fc.assert(
      fc.property(fc.array(swap, { minLength: 1, maxLength: 3 }), (swaps) => {
        const changed = [...pieces];
        for (const [a, b] of swaps) [changed[a], changed[b]] = [changed[b]!, changed[a]!];
        say(changed.join(' '));
      }),
      { numRuns: 150 },
    );
  });

  test('every name exchanged for one that all objects of JavaScript have', () => {
    const pieces = whole.match(/\w+|[^\s\w]+/g)!;
    for (const [i, piece] of pieces.entries())
      for (const name of ['constructor', '__proto__', 'toString'])
        if (/^[A-Za-z_]/.test(piece)) say(pieces.toSpliced(i, 1, name).join(' '));
  });

  test('pieces left out and doubled', () => {
    const pieces = whole.match(/\w+|[^\s\w]+/g)!;
    for (const [i, piece] of pieces.entries()) {
      say(pieces.toSpliced(i, 1).join(' '));
      say(pieces.toSpliced(i, 0, piece).join(' '));
    }
  });
});

test('what is drawn right is right', () => {
  fc.assert(
    fc.property(randomExperiment, (text) => {
      expect(checkText(text).diagnostics).toEqual([]);
    }),
    { numRuns: 30 },
  );
});

const filesOf = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.dml')) : [];
const readBelow = (folder: string) => (file: string) => {
  const full = path.join(folder, file);
  return existsSync(full) ? { path: file, text: readFileSync(full, 'utf8') } : undefined;
};

test.each(filesOf(path.join(root, 'examples')))('examples/%s is right', (file) => {
  const read = readBelow(path.join(root, 'examples'));
  const { value, diagnostics } = check(read(file)!, { registry, read });
  expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  expect(value!.experiments.length + value!.sweeps.length).toBeGreaterThan(0);
});

describe.skipIf(!existsSync(shared))(
  'The files of the proposal of the language (skipped where they are not)',
  () => {
    test.each(filesOf(shared))('%s: every error is about what this version does not have', (file) => {
      const read = readBelow(shared);
      const { diagnostics } = check(read(file)!, { registry, read });
      // A component, an option, a choice or a head that is not there yet, a feature, a file that is not there.
      const missing = ['DML1203', 'DML1205', 'DML1209', 'DML1218', 'DML1310', 'DML1322'];
      // `by` takes a pattern of names of cases; the proposal has a name of its own.
      const isGroup = ({ code, message }: Diagnostic) => code === 'DML1201' && message.includes('`subject`');
      const others = diagnostics.filter((found) => !missing.includes(found.code) && !isGroup(found));
      expect(
        others.map(({ code, message, span }) => `${span.source.path} ${span.start} ${code} ${message}`),
      ).toEqual([]);
    });
  },
);
