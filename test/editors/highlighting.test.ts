import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { IToken } from 'chevrotain';
import { describe, expect, test } from 'vitest';
import oniguruma from 'vscode-oniguruma';
import textmate from 'vscode-textmate';
import { lex } from '../../grammar/lexer.ts';
import * as token from '../../grammar/tokens.ts';
import { textMateGrammar } from '../../scripts/highlighting/text-mate.ts';
import { words } from '../../scripts/highlighting/words.ts';
import { root, temporaryFolder } from '../support/dml.ts';

const examples = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.dml'),
);
const read = (file: string) => readFileSync(path.join(root, 'examples', file), 'utf8');

const wasm = readFileSync(createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm'));
const engine = oniguruma.loadWASM(wasm).then(() => ({
  createOnigScanner: (patterns: string[]) => new oniguruma.OnigScanner(patterns),
  createOnigString: (text: string) => new oniguruma.OnigString(text),
}));
const grammar = new textmate.Registry({
  onigLib: engine,
  loadGrammar: async () => textmate.parseRawGrammar(JSON.stringify(textMateGrammar()), 'dml.json'),
}).loadGrammar('source.dml');

/** The innermost scope of every character of a text, by its offset; without `.dml`. */
async function scopesIn(text: string): Promise<readonly string[]> {
  const found: string[] = [];
  let stack = textmate.INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = (await grammar)!.tokenizeLine(line, stack);
    for (const { startIndex, endIndex, scopes } of tokens)
      for (let i = startIndex; i < Math.min(endIndex, line.length); i++)
        found.push(scopes.at(-1)!.replace(/\.dml$/, ''));
    found.push('line end');
    stack = ruleStack;
  }
  return found;
}

/** What a token of the language is to be shown as. */
function scopeOf(tokens: readonly IToken[], at: number): string {
  const { tokenType, image } = tokens[at]!;
  const next = tokens[at + 1];
  if (tokenType === token.Text) return 'string.quoted.double';
  if (tokenType === token.Size || tokenType === token.Numeral) return 'constant.numeric';
  if (tokenType === token.Percent) return 'keyword.other.unit.percent';
  if (words.operators.includes(image)) return 'keyword.operator.word';
  if (token.reservedWords.has(tokenType)) return 'keyword.other';
  if (tokenType === token.Flow) return 'keyword.operator.pipeline';
  if (tokenType === token.Dots) return 'keyword.operator.range';
  if (tokenType === token.Equals) return 'keyword.operator.assignment';
  if (tokenType !== token.Name) return '';
  if (image === 'dml' && at === 0) return 'keyword.control.version';
  if (words.blocks.includes(image) && next?.tokenType === token.Name) return 'storage.type.declaration';
  const isNamed = next?.tokenType === token.Colon;
  if (isNamed) return words.fields.includes(image) ? '' : 'variable.parameter.option';
  if (words.roots.includes(image)) return 'variable.language.source';
  if (words.components.includes(image)) return 'support.function.component';
  if (words.units.includes(image)) return 'keyword.other.unit';
  return '';
}

describe('the TextMate grammar', () => {
  test.each(examples)('shows every token of %s as what it is', async (file) => {
    const source = { path: file, text: read(file) };
    const { tokens, comments } = lex(source);
    const scopes = await scopesIn(source.text);
    const wrong = tokens.flatMap((each, at) => {
      const wanted = scopeOf(tokens, at);
      const found = scopes[each.startOffset]!;
      const isInPath = tokens[at - 1]?.tokenType === token.Dot;
      return found.startsWith(wanted) || isInPath ? [] : [`${each.image}: ${found}, not ${wanted}`];
    });
    expect(wrong).toEqual([]);
    for (const { span, doc } of comments)
      expect(scopes[span.start]).toMatch(
        doc ? /^comment\.line\.documentation/ : /^(comment|punctuation\.definition\.comment)/,
      );
  });

  test('tells fields from options, names that are declared from others, a code of a suppression from its reason', async () => {
    const text = `dml 1
let mix = 0.25 ce
experiment a extends b {
  # dml-ignore DML3101: on purpose
  model.width: 16
  labels:    mask |> smooth(smooth: 5%)
  crop:      256 x 256
  train:     150 epochs
}
`;
    const scopes = await scopesIn(text);
    const at = (part: string, within = part) => scopes[text.indexOf(within) + within.indexOf(part)];
    expect(at('mix')).toBe('variable.other.constant');
    expect(at('a', 'a extends')).toBe('entity.name.type');
    expect(at('DML3101')).toBe('constant.other.code');
    expect(at(': on purpose')).toBe('comment.line.reason');
    expect(at('model')).toBe('support.type.property-name.field');
    expect(at('.width')).toBe('variable.other.property.path');
    expect(at('labels')).toBe('support.type.property-name.field');
    expect(at('smooth', 'smooth(')).toBe('support.function.component');
    expect(at('smooth', 'smooth:')).toBe('variable.parameter.option');
    expect(at('%')).toBe('keyword.other.unit.percent');
    expect(at('256 x')).toBe('constant.numeric.size');
    expect(at('epochs')).toBe('keyword.other.unit');
  });

  test('never takes one word for two things', () => {
    const { blocks, keywords, operators, units } = words;
    const all = [...blocks, ...keywords, ...operators, ...units];
    expect(new Set(all).size).toBe(all.length);
  });
});

const vim = spawnSync('vim', ['--version']).status === 0;

test.skipIf(!vim)('Vim finds the type of a file and shows its words as what they are', () => {
  const script = `set nocompatible
set runtimepath^=${root}/editors/vim
filetype plugin on
syntax on
edit ${root}/examples/distillation.dml
let out = [&filetype, &commentstring]
for l in range(1, line('$'))
  for c in range(1, len(getline(l)))
    call add(out, synIDattr(synID(l, c, 1), 'name'))
  endfor
  call add(out, 'line end')
endfor
call writefile(out, 'groups')
qall!
`;
  const cwd = temporaryFolder({ 'look.vim': script });
  execFileSync('vim', ['-u', 'NONE', '-es', '-S', 'look.vim'], { cwd });
  const [type, comment, ...groups] = readFileSync(path.join(cwd, 'groups'), 'utf8').split('\n');
  expect([type, comment]).toEqual(['dml', '# %s']);
  const text = read('distillation.dml');
  const at = (part: string, within = part) => groups[text.indexOf(within) + within.indexOf(part)];
  expect(at('## 60')).toBe('dmlDoc');
  expect(at('dml-ignore')).toBe('dmlIgnore');
  expect(at('dataset')).toBe('dmlBlock');
  expect(at('shapes', 'shapes {')).toBe('dmlName');
  expect(at('source')).toBe('dmlField');
  expect(at('phantom')).toBe('dmlComponent');
  expect(at('raters', 'raters: 5')).toBe('dmlOption');
  expect(at('raters', 'raters |>')).toBe('dmlRoot');
  expect(at('|>')).toBe('dmlOperator');
  expect(at('0.25')).toBe('dmlNumber');
  expect(at('model.width')).toBe('dmlField');
  expect(at('steps', '300 steps')).toBe('dmlUnit');
  expect(at('on', 'on voted')).toBe('dmlWordOperator');
  expect(at('auto')).toBe('dmlConstant');
});
