import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../../cli/commands.ts';
import { parse } from '../../grammar/parser.ts';
import { render } from '../../grammar/render.ts';
import { root } from '../support/dml.ts';

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/language.md',
  'docs/grammar.md',
  'docs/meaning.md',
  'docs/arrays.md',
  'docs/laws.md',
  'docs/editors.md',
  'docs/training-on-arrays.md',
  'docs/own-components.md',
];

const pages = readdirSync(path.join(root, 'docs/reference'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => `docs/reference/${file}`);

const blocks = (text: string) => [...text.matchAll(/^```dml\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

/** Links to files that are not there. */
function deadLinks(file: string, text: string): readonly string[] {
  const prose = text.replaceAll(/`[^`\n]*`/g, '');
  const links = [...prose.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
  const local = links.filter((link) => !/^https?:/.test(link));
  return local.filter((link) => !existsSync(path.join(root, path.dirname(file), link)));
}

test.each(pages)('%s links to what is there', (file) => {
  expect(deadLinks(file, read(file))).toEqual([]);
});

describe.each(documents)('%s', (file) => {
  const text = read(file);

  test('shows only files that can be read', () => {
    for (const [i, block] of blocks(text).entries()) {
      const source = { path: `${file}, block ${i + 1}`, text: block };
      const errors = parse(source).diagnostics.filter(({ severity }) => severity === 'error');
      expect(render(errors, { colour: false })).toBe('');
    }
  });

  test('links to what is there', () => {
    expect(deadLinks(file, text)).toEqual([]);
  });

  test('names files that are there', () => {
    const named = [
      ...text.matchAll(/`((?:grammar|compiler|runtime|cli|scripts|test|examples|docs)\/[\w./-]+)`/g),
    ];
    const missing = named.map((match) => match[1]!).filter((name) => !existsSync(path.join(root, name)));
    expect(missing.filter((name) => !/tversky/.test(name))).toEqual([]);
  });
});

test('the README shows the quickstart as it is', () => {
  expect(blocks(read('README.md'))).toContain(read('examples/quickstart.dml'));
});

test('the README names every command', () => {
  const text = read('README.md');
  for (const { name } of commands) expect(text).toMatch(new RegExp(`\`(dml )?${name}\\b`));
});
