import { expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { mainFormat, outputsOf } from '../../cli/outputs.ts';

const of = (words: string) => outputsOf(words.split(' '), commands);

test.each([
  ['lint a.dml', [{ format: 'text' }]],
  ['lint a.dml --json', [{ format: 'json' }]],
  ['--json lint a.dml', [{ format: 'json' }]],
  ['run a.dml --json', [{ format: 'jsonl' }]],
  ['run a.dml --format json', [{ format: 'json' }]],
  ['lint a.dml --format jsonl', [{ format: 'jsonl' }]],
  ['lint run --json', [{ format: 'json' }]],
  ['--format github run a.dml', [{ format: 'github' }]],
  ['lint --format=sarif a.dml', [{ format: 'sarif' }]],
  [
    'lint a.dml --format sarif --output-file a.sarif',
    [{ format: 'sarif', file: 'a.sarif' }, { format: 'text' }],
  ],
  [
    'lint a.dml --format sarif --output-file=a.sarif --format junit --output-file b.xml --format github',
    [{ format: 'sarif', file: 'a.sarif' }, { format: 'junit', file: 'b.xml' }, { format: 'github' }],
  ],
  ['lint --json --output-file x -- --format sarif', [{ format: 'json', file: 'x' }, { format: 'text' }]],
])('dml %s', (words, outputs) => {
  expect(of(words)).toEqual({ all: outputs });
});

test('an output file needs a format before it, and only one format goes to standard output', () => {
  expect(of('lint a.dml --output-file x').problem).toBe('--output-file x has no --format before it.');
  const both = of('lint a.dml --format json --format github');
  expect(both.problem).toBe('json and github cannot both go to standard output.');
  expect(mainFormat(both)).toBe('json');
});
