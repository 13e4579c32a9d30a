import { messages as canonicalMessages } from '../../compiler/canonical/messages.ts';
import { messages as checkMessages } from '../../compiler/check/messages.ts';
import { findingsOfExample, layoutOf, prelude } from '../../compiler/lint/example.ts';
import { messages as lintMessages } from '../../compiler/lint/messages.ts';
import type { LintRule, Witness } from '../../compiler/lint/rule.ts';
import { rules } from '../../compiler/lint/rules/index.ts';
import type { Registry } from '../../compiler/registry.ts';
import type { CatalogueEntry, Diagnostic } from '../../grammar/diagnostic.ts';
import { messages as grammarMessages } from '../../grammar/messages.ts';
import { render } from '../../grammar/render.ts';
import type { Files } from './page.ts';

/** A page for each rule of the linter, an index of them, and a list of all other messages. */
export async function ruleFiles(registry: Registry, witness: Witness): Promise<Files> {
  const found = await Promise.all(
    rules.map(async (rule) => {
      const findings = await findingsOfExample(layoutOf(rule.bad), { registry, witness });
      return { rule, finding: findings.find(({ code }) => code === rule.code) };
    }),
  );
  const shown = found.flatMap(({ rule, finding }) => (finding ? [{ rule, finding }] : []));
  return {
    'README.md': index(shown),
    'messages.md': messageList(),
    ...Object.fromEntries(shown.map(({ rule, finding }) => [`${rule.code}.md`, pageOf(rule, finding)])),
  };
}

interface Shown {
  readonly rule: LintRule;
  /** What the rule finds in its wrong example. */
  readonly finding: Diagnostic;
}

const fixNames = { safe: 'safe', unsafe: 'unsafe', none: '' } as const;
const fixOf = ({ fix }: Diagnostic) => fixNames[fix ? (fix.safe ? 'safe' : 'unsafe') : 'none'];
const sections: Readonly<Record<string, string>> = {
  DML31: 'Labels, losses and teachers',
  DML32: 'Training',
  DML33: 'Evaluation',
  DML34: 'Sweeps and comparisons',
  DML35: 'Files and names',
};

function index(shown: readonly Shown[]): string {
  const groups = [...new Set(shown.map(({ rule }) => rule.code.slice(0, 5)))];
  const row = ({ rule, finding }: Shown) =>
    `| [${rule.code}](${rule.code}.md) | \`${rule.name}\` | ${rule.level} | ${fixOf(finding)} | ${cell(rule.summary)} |`;
  const tables = groups.map((group) => {
    const rows = shown.filter(({ rule }) => rule.code.startsWith(group)).map(row);
    return `## ${sections[group] ?? 'More'}\n\n| code | name | level | fix | what it finds |\n|---|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Rules of the linter

The ${shown.length} rules of \`dml lint\`, a page each: why, wrong, right, what is printed, where it is known from. Written from the rules
by \`npm run build:docs\`; \`dml explain DML3101\` prints a page in the terminal. Other messages are [listed](messages.md).

An error or a warning makes the exit 1, a note (\`info\`) does not. \`dml lint --fix\` applies safe fixes, each proved to leave every
training and score as it is; \`--fix --unsafe\` the others too, and shows what they change in meaning.
\`# dml-ignore DML3101: reason\` suppresses a finding on its own line or in the next statement.

${tables.join('\n')}
Examples stand behind these declarations:

\`\`\`dml
${layoutOf(prelude)}\`\`\`
`;
}

function pageOf(
  { code, name, level, summary, why, source, bad, good }: LintRule,
  finding: Diagnostic,
): string {
  const { fix } = finding;
  const offered = fix
    ? `\n\`dml lint --fix${fix.safe ? '' : ' --unsafe'}\`: ${fix.title.charAt(0).toLowerCase()}${fix.title.slice(1)}.\n`
    : '';
  return `# ${code} ${name}

${summary}

${level === 'info' ? 'A note' : `A${level === 'error' ? 'n' : ''} ${level}`}${fix ? `, with ${fix.safe ? 'a safe' : 'an unsafe'} fix` : ''}. [All rules](README.md)

## Why

${why}

Source: ${source}

## Wrong

\`\`\`dml
${layoutOf(bad)}\`\`\`

\`dml lint\` prints, behind the [declarations](README.md) of all examples:

\`\`\`
${render([finding], { colour: false })}\`\`\`
${offered}
## Right

\`\`\`dml
${layoutOf(good)}\`\`\`
`;
}

function messageList(): string {
  const catalogues: readonly (readonly [string, Readonly<Record<string, CatalogueEntry>>])[] = [
    ['Reading', grammarMessages.entries],
    ['Checking', checkMessages.entries],
    ['YAML', canonicalMessages.entries],
    ['Suppressions', lintMessages.entries],
  ];
  const tables = catalogues.map(([title, entries]) => {
    const rows = Object.entries(entries).map(
      ([code, { severity, message, help, example }]) =>
        `| ${code} | ${severity} | ${cell([message, ...(help ? [help] : [])].map(withGaps).join(' '))} | ${codeCell(example)} |`,
    );
    return `## ${title}\n\n| code | level | says | for example |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  return `# Messages

What \`dml check\` says, and every other command of a file that it reads; the [rules of the linter](README.md) have a page each. What stands
in ‹› depends on the file. Written from the messages by \`npm run build:docs\`.

${tables.join('\n')}`;
}

const withGaps = ({ names, render: fill }: CatalogueEntry['message']): string =>
  fill(Object.fromEntries(names.map((each) => [each, `‹${each}›`])));

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** Of several lines the first ones, as far as they fit; an example of nothing but signs stays readable. */
function codeCell(example: string): string {
  const line = example.trim().replace(/\s*\n\s*/g, ' ⏎ ');
  if (line === '') return 'an empty file';
  const fence = line.includes('`') ? '``' : '`';
  return `${fence}${cell(line)}${fence}`;
}
