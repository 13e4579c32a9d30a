/**
 * Measures the linter: findings in right files, of which there should be none, and the share of one-fault mutants that
 * their rule finds. Exit 1 if a right file has a finding or the recall is below 90 %. With `--verbose` every miss.
 */
import { rules } from '../compiler/lint/rules/index.ts';
import { type Fault, falseFindings, recalls } from './lint-quality/measure.ts';

const least = 0.9;
const verbose = process.argv.includes('--verbose');
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const show = ({ text, found }: Fault) =>
  console.log(`${text.replace(/^/gm, '    ')}\n    found: ${found.join('; ') || 'nothing'}\n`);

const { files, wrong } = await falseFindings(300);
wrong.forEach(show);
const measured = await recalls();
for (const { code, files: all, found, missed } of measured) {
  const name = rules.find((rule) => rule.code === code)?.name ?? '';
  if (verbose || missed.length > 0) console.log(`${code} ${name}: ${found} of ${all}`);
  if (verbose) missed.forEach(show);
}
const sum = (of: 'files' | 'found') => measured.reduce((total, each) => total + each[of], 0);
const recall = sum('found') / sum('files');
console.log(`False findings: in ${wrong.length} of ${files} right files.`);
console.log(
  `Recall: ${percent(recall)}, ${sum('found')} of ${sum('files')} one-fault files, by ${measured.length} of ${rules.length} rules.`,
);
if (wrong.length > 0 || recall < least) process.exitCode = 1;
