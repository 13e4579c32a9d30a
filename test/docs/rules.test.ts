import { describe, expect, test } from 'vitest';
import { rules } from '../../compiler/lint/rules/index.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { witnessOf } from '../../runtime/witness.ts';
import { ruleFiles } from '../../scripts/docs/rules.ts';

describe('pages of rules', async () => {
  const files = await ruleFiles(registry, witnessOf(registry));

  test.each(rules.map((rule) => [rule.code, rule] as const))(
    '%s has a page, and a line in the index',
    (code, rule) => {
      const page = files[`${code}.md`]!.toString();
      expect(page).toContain(`# ${code} ${rule.name}`);
      expect(page).toContain(`${rule.level}[${code}]: `);
      expect(page).toContain(rule.why);
      expect(files['README.md']).toContain(`| [${code}](${code}.md) | \`${rule.name}\` | ${rule.level} |`);
    },
  );
});
