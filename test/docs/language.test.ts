import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dml, root, temporaryFolder } from '../support/dml.ts';

const text = readFileSync(path.join(root, 'docs/language.md'), 'utf8');
const blocks = [...text.matchAll(/^```dml\n([\s\S]*?)^```$/gm)].map((match) => match[1]!);

test('the file that the page begins with is right together with its comparison, and can be run', async () => {
  const [file] = blocks;
  const compare = blocks.find((block) => block.startsWith('compare '))!;
  const cwd = temporaryFolder({
    'study.dml': `${file}\n${compare}`,
    'datasets.dml':
      'dml 1\ndataset kidney {\n  source: phantom(cases: 6, raters: 3, size: 16)\n  folds: holdout(34%)\n}\n',
  });
  const checked = await dml(['check', 'study.dml'], { cwd });
  expect(checked.exit, checked.out).toBe(0);
  expect(checked.out).toContain('table: a comparison of 4 arms');
  const words = ['study.dml#table', '--engine', 'native', '--set', 'train=2 steps', '--set', 'batch=1'];
  const { out, err } = await dml(['run', ...words], { cwd });
  expect(out, err).toMatch(/^experiment {2}model\.width +dice +bdice$/m);
  expect(out).toMatch(/differences to \(width: 8\) .*; wilcoxon, n = 2, /);
  expect(out).toMatch(/^expect \(width: 32\)\.bdice > \(width: 8\)\.bdice: (holds|fails), found/m);
});
