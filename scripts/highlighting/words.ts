import { units } from '../../compiler/check/numbers.ts';
import type { Takes } from '../../compiler/check/takes.ts';
import { wordsOf } from '../../editors/server/called.ts';
import { declarationWords, fieldsOf, targetWords } from '../../editors/server/fields.ts';
import { reservedWords } from '../../grammar/tokens.ts';
import { registry } from '../../runtime/registry.generated.ts';

const sorted = (words: Iterable<string>): readonly string[] => [...new Set(words)].sort();

const components = Object.values(registry).flatMap((family) => Object.values(family));
const blocks = Object.keys(declarationWords);
const fields = blocks.flatMap((block) => Object.entries(fieldsOf(block)));
const reserved = sorted([...reservedWords].map(({ PATTERN }) => String(PATTERN)));

/** What stands between values rather than before a name. */
const operators = ['on', 'at', 'then', 'in'];

/** Words that a field takes, what is called there, and what the options of that take. */
const wordsTaken = ({ words: own = [], calls = [] }: Takes): readonly string[] => [
  ...own,
  ...calls.flatMap(({ name, parameters }) => [name, ...parameters.flatMap(wordsTaken)]),
];

/** Every word that means something in a file, by what it is: what an editor without a language server shows. */
export const words = {
  /** Begin a declaration, and a name follows. */
  blocks: sorted(blocks.filter((block) => !reserved.includes(block))),
  keywords: reserved.filter((word) => !operators.includes(word)),
  operators,
  fields: sorted(fields.map(([name]) => name)),
  components: sorted(components.map(({ name }) => name)),
  /** What label sources begin with. */
  roots: sorted(Object.keys(targetWords)),
  units: sorted(Object.keys(units)),
  /** Values that are words: choices of options, and what fields take beside components. */
  constants: sorted([
    ...components.flatMap(({ parameters }) => parameters.flatMap(({ type }) => wordsOf(type))),
    ...fields.flatMap(([, field]) => wordsTaken(field)),
  ]).filter((word) => !Object.hasOwn(targetWords, word) && !components.some(({ name }) => name === word)),
};
