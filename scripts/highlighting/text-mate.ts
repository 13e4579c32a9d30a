import { Numeral, Size, Text } from '../../grammar/tokens.ts';
import { words } from './words.ts';

interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly include?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly endCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
}

const oneOf = (list: readonly string[]): string => String.raw`\b(?:${list.join('|')})\b`;
const regex = ({ PATTERN }: { readonly PATTERN?: unknown }): string => (PATTERN as RegExp).source;
const includes = (...names: readonly string[]): readonly Pattern[] =>
  names.map((name) => ({ include: `#${name}` }));
const named = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name, i) => [String(i + 1), { name: `${name}.dml` }]));

const name = String.raw`[A-Za-z_]\w*`;
const punctuation = (what: string) => ({ '0': { name: `punctuation.section.${what}.dml` } });

const inBrackets = (what: string, begin: string, end: string): Pattern => ({
  name: `meta.${what}.dml`,
  begin,
  end,
  beginCaptures: punctuation(`${what}.begin`),
  endCaptures: punctuation(`${what}.end`),
  patterns: includes('comments', 'options', 'values'),
});

const repository: Readonly<Record<string, Pattern>> = {
  comments: {
    patterns: [
      {
        name: 'comment.line.number-sign.suppression.dml',
        match: String.raw`(#)\s*(dml-ignore)\b\s*([^:\n]*)(:.*)?$`,
        captures: named(
          'punctuation.definition.comment',
          'keyword.other.suppression',
          'constant.other.code',
          'comment.line.reason',
        ),
      },
      { name: 'comment.line.documentation.dml', match: '##.*$' },
      { name: 'comment.line.number-sign.dml', match: '#.*$' },
    ],
  },
  version: {
    match: String.raw`^\s*(dml)\s+(\d+)`,
    captures: named('keyword.control.version', 'constant.numeric.version'),
  },
  blocks: {
    match: String.raw`\b(${words.blocks.join('|')})\s+(${name})`,
    captures: named('storage.type.declaration', 'entity.name.type'),
  },
  lets: {
    match: String.raw`\b(let)\s+(${name})`,
    captures: named('keyword.other.let', 'variable.other.constant'),
  },
  fields: {
    match: String.raw`\b(${words.fields.join('|')})((?:\s*\.\s*${name})*)\s*(:)`,
    captures: named(
      'support.type.property-name.field',
      'variable.other.property.path',
      'punctuation.separator.key-value',
    ),
  },
  options: {
    match: String.raw`\b(${name})\s*(:)`,
    captures: named('variable.parameter.option', 'punctuation.separator.key-value'),
  },
  texts: {
    name: 'string.quoted.double.dml',
    match: regex(Text),
    captures: { '0': { name: 'string.quoted.double.dml' } },
  },
  numbers: {
    patterns: [
      { name: 'constant.numeric.size.dml', match: String.raw`(?<![\w.])${regex(Size)}` },
      {
        match: String.raw`(?<![\w.])(${regex(Numeral)})(?:(%)|\s*(${oneOf(words.units)}))?`,
        captures: named('constant.numeric', 'keyword.other.unit.percent', 'keyword.other.unit'),
      },
    ],
  },
  words: {
    patterns: [
      { name: 'keyword.operator.word.dml', match: oneOf(words.operators) },
      { name: 'keyword.other.dml', match: oneOf(words.keywords) },
      { name: 'variable.language.source.dml', match: String.raw`(?<!\.)${oneOf(words.roots)}` },
      { name: 'support.function.component.dml', match: oneOf(words.components) },
      { name: 'constant.language.dml', match: oneOf(words.constants) },
      { name: 'keyword.other.unit.dml', match: oneOf(words.units) },
      { name: 'variable.other.dml', match: String.raw`\b${name}\b` },
    ],
  },
  operators: {
    patterns: [
      { name: 'keyword.operator.pipeline.dml', match: String.raw`\|>` },
      { name: 'keyword.operator.range.dml', match: String.raw`\.\.` },
      { name: 'keyword.operator.comparison.dml', match: '[<>]=?' },
      { name: 'keyword.operator.arithmetic.dml', match: '[-+*/]' },
      { name: 'keyword.operator.assignment.dml', match: '=' },
    ],
  },
  brackets: {
    patterns: [
      inBrackets('parenthesised', String.raw`\(`, String.raw`\)`),
      inBrackets('list', String.raw`\[`, String.raw`\]`),
    ],
  },
  values: { patterns: includes('texts', 'numbers', 'brackets', 'words', 'operators') },
};

/** The TextMate grammar of VS Code, Sublime Text and others: its words from the same tables as the checker's. */
export const textMateGrammar = () => ({
  information_for_contributors: ['Written by scripts/docs.ts. Do not edit.'],
  name: 'dml',
  scopeName: 'source.dml',
  fileTypes: ['dml'],
  patterns: includes('comments', 'version', 'blocks', 'lets', 'fields', 'values'),
  repository,
});
