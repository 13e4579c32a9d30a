import { expect, test } from 'vitest';
import { checkLoss } from '../../../compiler/check/expression.ts';
import { messages } from '../../../compiler/check/messages.ts';
import type { Signatures } from '../../../compiler/registry.ts';
import { registry } from './components.ts';
import { checkText, prelude } from './support.ts';

const files = {
  'other.dml': 'dml 1 let soft = 2',
  'sets.dml': 'dml 1 dataset clinic { source: phantom(seed: 3) }',
  'circle.dml': 'dml 1 use "./main.dml"',
  'picture.dml': 'PNG\0',
  'broken.ts': 'export function gap() {}',
  'like-ours.ts': 'export function dml1() {}',
};

/** What a reader of signatures finds in two TypeScript files. */
const scripts: Readonly<Record<string, Signatures>> = {
  'broken.ts': { components: [], code: '', problems: [{ line: 1, message: "'gap' has no doc comment." }] },
  'like-ours.ts': { components: [{ ...registry.loss.dml1!, file: 'like-ours.ts' }], code: '1', problems: [] },
};

test.each(Object.entries(messages.entries))(
  '%s is what its example gives, and nothing else',
  (code, { example, severity }) => {
    const [, set, text = example] = /^--set (\S+): (.*)$/s.exec(example) ?? [];
    const whole =
      code === 'DML1250'
        ? prelude.replace('dml 1\n', '')
        : prelude.replace('dml 1', text.startsWith('dml') ? '' : 'dml 1');
    const written = text.startsWith('dml') ? text + whole : whole + text;
    const { diagnostics } = text.startsWith('eval: ')
      ? checkLoss(text.slice('eval: '.length), { registry })
      : checkText(written, {
          files,
          components: (file) => scripts[file],
          ...(set ? { set: [set], target: 's' } : {}),
        });
    expect([...new Set(diagnostics.map((each) => each.code))]).toEqual([code]);
    expect(diagnostics[0]!.severity).toBe(severity);
  },
);

test('a code is never used for two things', () => {
  const sentences = Object.values(messages.entries).map(({ message }) => message.render({} as never));
  expect(new Set(sentences).size).toBe(sentences.length);
});
