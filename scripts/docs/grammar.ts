import type { ISerializedGast, TokenType } from 'chevrotain';
import railroad, { type Part } from 'railroad-diagrams';
import { tightness } from '../../grammar/precedence.ts';
import { Rules } from '../../grammar/rules.ts';
import { reservedWords, vocabulary } from '../../grammar/tokens.ts';
import type { Files } from './page.ts';

const { Choice, Diagram, NonTerminal, OneOrMore, Optional, Sequence, Terminal, ZeroOrMore } = railroad;

/** One production of the parser, as Chevrotain serialises it. */
type Production = ISerializedGast & {
  readonly name?: string;
  readonly definition?: readonly Production[];
  readonly separator?: Production;
};

/** What a production looks like: as text, and as a part of a picture. */
interface Look {
  readonly text: string;
  readonly part: Part;
  /** Whether the text needs parentheses beside other texts. */
  readonly isChoice?: boolean;
}

/** In the order of reading; a rule that is not listed here is an error, so that none is forgotten. */
const order = [
  ...['file', 'version', 'declaration', 'use', 'let', 'block', 'blockHead', 'statement', 'field', 'vary'],
  ...['factor', 'setting', 'expressions', 'expression', 'phases', 'pipe', 'range', 'sum', 'product', 'unary'],
  ...['scaled', 'number', 'measured', 'primary', 'call', 'parenthesised', 'list', 'arguments', 'argument'],
  ...['references', 'reference', 'path', 'identifier', 'text'],
];

/** How each level of `tightness` is written. */
const written: Readonly<Record<keyof typeof tightness, string>> = {
  comparison: '`a < b`, `<=`, `>`, `>=`, `a in b`',
  sequence: '`a then b`',
  pipeline: '`a |> b`',
  range: '`a .. b`',
  sum: '`a + b`, `a - b`',
  product: '`a * b`, `a / b`',
  negation: '`-a`',
  scaled: '`0.75 a`, `150 epochs`',
  number: '`2/3`, `5%`',
  size: '`256 x 256`',
  on: '`a on b`',
  at: '`a at head`',
  primary: '`a`, `a.b`, `f(x: 1)`, `(a)`, `[a, b]`, `"text"`',
};

/** Tokens that are a class of words rather than one spelling. */
const isClass = ({ PATTERN }: TokenType) => PATTERN instanceof RegExp;

/** `docs/grammar.md` and its pictures, by their path below `docs/`: all of it from the rules that the parser runs. */
export function grammarFiles(): Files {
  const rules = new Rules({ skipValidations: false }).getSerializedGastProductions() as readonly Production[];
  const byName = new Map(rules.map((rule) => [rule.name ?? '', rule]));
  const forgotten = [...byName.keys()].filter((name) => !order.includes(name));
  if (forgotten.length > 0) throw new Error(`scripts/docs/grammar.ts does not place ${forgotten.join(', ')}`);
  const looks = order.map((name) => {
    const rule = byName.get(name);
    if (!rule) throw new Error(`The parser has no rule ${name}`);
    return { name, ...sequence(rule.definition ?? []) };
  });
  const pictures = looks.map(({ name, part }) => [`grammar/${name}.svg`, picture(name, part)] as const);
  return { 'grammar.md': page(looks), ...Object.fromEntries(pictures) };
}

const page = (looks: readonly (Look & { readonly name: string })[]) => `# The grammar

Written from the rules of the parser by \`npm run build:docs\`; what the sentences mean is in [the language](language.md).
Boxes with round corners are written as they stand, the others are rules or kinds of words.

${looks.map(({ name, text }) => `## ${name}\n\n![${name}](grammar/${name}.svg)\n\n\`\`\`ebnf\n${name} = ${text} ;\n\`\`\`\n`).join('\n')}
## Words

| kind | pattern |
| ---- | ------- |
${vocabulary
  .filter(isClass)
  .map(({ name, PATTERN }) => `| \`${kindName(name)}\` | \`${code(String((PATTERN as RegExp).source))}\` |`)
  .join('\n')}

Reserved, as names of options too: ${[...reservedWords].map(({ PATTERN }) => `\`${PATTERN}\``).join(' ')}. Every other name is free.
Blanks and line ends only separate words. \`#\` begins a comment, \`##\` the doc comment of the declaration below it.

A rule alone does not decide these: a number takes the next name as its operand unless that name begins a field (\`name … :\`) or
a block (\`name name {\`); a comma goes on with a list unless a field follows; an argument is named if its second word is a colon;
\`1/3\` is one number only where no factor stands before it.

## Precedence

From what binds loosest to what binds tightest; operators of one line associate to the left.

| level | written |
| ----- | ------- |
${levels()
  .map(([level, forms]) => `| ${level} | ${forms.map((form) => code(written[form])).join(', ')} |`)
  .join('\n')}
`;

/** Pipes would end a cell of a table. */
const code = (text: string) => text.replaceAll('|', '\\|');

function levels(): readonly (readonly [number, readonly (keyof typeof tightness)[]])[] {
  const names = Object.keys(tightness) as (keyof typeof tightness)[];
  const distinct = [...new Set(Object.values(tightness))].sort((a, b) => a - b);
  return distinct.map((level) => [level, names.filter((name) => tightness[name] === level)] as const);
}

function look(production: Production): Look {
  const inner = () => sequence(production.definition ?? []);
  switch (production.type) {
    case 'NonTerminal':
      return { text: production.name ?? '', part: NonTerminal(production.name ?? '') };
    case 'Terminal':
      return word(production.name ?? '');
    case 'Alternation': {
      const choices = (production.definition ?? []).map(look);
      return {
        text: choices.map(({ text }) => text).join(' | '),
        part: Choice(0, ...choices.map(({ part }) => part)),
        isChoice: true,
      };
    }
    case 'Option':
      return { text: `[ ${inner().text} ]`, part: Optional(inner().part) };
    case 'Repetition':
      return { text: `{ ${inner().text} }`, part: ZeroOrMore(inner().part) };
    case 'RepetitionMandatoryWithSeparator': {
      const separator = look(production.separator!);
      const { text, part } = inner();
      return { text: `${text} { ${separator.text} ${text} }`, part: OneOrMore(part, separator.part) };
    }
    case 'Alternative':
      return inner();
    default:
      throw new Error(`scripts/docs/grammar.ts cannot draw ${production.type}`);
  }
}

function sequence(productions: readonly Production[]): Look {
  const looks = productions.map(look);
  const only = looks.length === 1 ? looks[0] : undefined;
  if (only) return only;
  return {
    text: looks.map(({ text, isChoice }) => (isChoice ? `( ${text} )` : text)).join(' '),
    part: Sequence(...looks.map(({ part }) => part)),
  };
}

function word(name: string): Look {
  const token = vocabulary.find((candidate) => candidate.name === name);
  if (!token) throw new Error(`No token ${name}`);
  if (isClass(token)) return { text: kindName(name), part: NonTerminal(kindName(name)) };
  const spelling = String(token.PATTERN);
  return { text: `"${spelling}"`, part: Terminal(spelling) };
}

const kindName = (name: string) => name.toUpperCase();

function picture(name: string, part: Part): string {
  const diagram = Diagram(part);
  diagram.format(10);
  diagram.attrs.xmlns = 'http://www.w3.org/2000/svg';
  diagram.attrs.role = 'img';
  diagram.attrs['aria-label'] = `The rule ${name}`;
  return diagram.toString().replace('\n', `\n<style>\n${style}\n</style>\n`);
}

/** The background is that of the page; lines and texts follow whether it is light or dark. */
const style = `path { fill: none; stroke: #57606a; stroke-width: 1.5; }
rect { fill: none; stroke: #57606a; stroke-width: 1.5; }
text { font: 13px ui-monospace, monospace; text-anchor: middle; fill: #57606a; }
@media (prefers-color-scheme: dark) { path, rect { stroke: #9198a1; } text { fill: #9198a1; } }`;
