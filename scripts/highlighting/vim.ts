import { words } from './words.ts';

const keywords = (group: string, list: readonly string[]): string =>
  `syntax keyword ${group} ${list.join(' ')}`;

/** For words that are free names elsewhere: a keyword would win over every match. */
const matches = (group: string, list: readonly string[]): string =>
  `syntax match ${group} /\\<\\%(${list.join('\\|')}\\)\\>/`;

const groups: Readonly<Record<string, string>> = {
  dmlBlock: 'Structure',
  dmlKeyword: 'Keyword',
  dmlWordOperator: 'Operator',
  dmlOperator: 'Operator',
  dmlName: 'Type',
  dmlField: 'Identifier',
  dmlOption: 'Identifier',
  dmlComponent: 'Function',
  dmlRoot: 'Special',
  dmlConstant: 'Constant',
  dmlUnit: 'Type',
  dmlNumber: 'Number',
  dmlText: 'String',
  dmlComment: 'Comment',
  dmlDoc: 'SpecialComment',
  dmlIgnore: 'PreProc',
};

/** The syntax file of Vim: its words from the same tables as the checker's. */
export const vimSyntax = (): string => `" Written by scripts/docs.ts. Do not edit.
if exists('b:current_syntax')
  finish
endif

syntax case match
syntax iskeyword @,48-57,_

${keywords('dmlKeyword', ['dml', ...words.keywords])}
${keywords('dmlWordOperator', words.operators)}
${matches('dmlComponent', words.components)}
${matches('dmlRoot', words.roots)}
${matches('dmlConstant', words.constants)}
${matches('dmlUnit', words.units)}
${keywords('dmlBlock', words.blocks)} nextgroup=dmlName skipwhite
syntax match dmlName /\\h\\w*/ contained
" What is defined last wins: a name before a colon is an option or a field, whatever it is elsewhere.
syntax match dmlOption /\\<\\h\\w*\\ze\\s*:/
syntax match dmlField /^\\s*\\zs\\%(${words.fields.join('\\|')}\\)\\%(\\.\\h\\w*\\)*\\ze\\s*:/
syntax match dmlNumber /\\<\\d[0-9_]*\\%(\\.\\d\\+\\)\\?\\%([eE][+-]\\?\\d\\+\\|[kM]\\>\\)\\?%\\?/
syntax match dmlNumber /\\<\\d\\+\\%( *x *\\d\\+\\)\\+\\>/
syntax match dmlOperator /|>\\|\\.\\.\\|[-+*\\/=<>]/
syntax region dmlText start=/"/ end=/"/ oneline
syntax match dmlIgnore /dml-ignore\\s[^:]*/ contained
syntax match dmlComment /#.*/ contains=dmlIgnore,@Spell
syntax match dmlDoc /##.*/ contains=@Spell

${Object.entries(groups)
  .map(([group, look]) => `highlight default link ${group} ${look}`)
  .join('\n')}

let b:current_syntax = 'dml'
`;
