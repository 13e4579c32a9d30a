import { expect, test } from 'vitest';
import { hoverAt } from '../../editors/server/hover.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { viewAt } from '../support/view.ts';

const hover = (text: string, files?: Readonly<Record<string, string>>): string | undefined => {
  const { view, offset } = viewAt(text, files);
  const contents = hoverAt(view, offset, ({ name }) => `file:///reference/${name}.md`)?.contents;
  return contents && typeof contents === 'object' && 'value' in contents ? contents.value : undefined;
};
const field = (written: string) =>
  `dml 1\nlet mix = 0.25 ce + 0.75 dml1\n## The base.\nexperiment a {\n  ${written}\n}\n`;

test('a component shows its doc, formula, options and source', () => {
  const { tags, parameters } = registry.loss.dml1!;
  const shown = hover(field('loss: 0.25 ce + 0.75 dm‸l1'));
  expect(shown).toContain('Dice semimetric loss');
  expect(shown).toContain(`$$${tags.formula}$$`);
  for (const { name } of parameters) expect(shown).toContain(`| \`${name}\` |`);
  expect(shown).toContain(tags.source);
  expect(shown).toContain('[Reference](file:///reference/dml1.md)');
});

test('a name of several families is the one that the field expects', () => {
  expect(hover(field('evaluate: dic‸e'))).toContain(registry.metric.dice!.doc.split('\n')[0]);
});

test('an option shows what it may be, its default and doc, in a call and in a path', () => {
  for (const text of ['optimizer: sgd(rat‸e: 1e-2)', 'optimizer.rat‸e: 1e-2'])
    expect(hover(field(text))).toMatch(/\*\*rate\*\*: a number above 0; must be given/);
});

test('a name shows what it stands for, in this file or another', () => {
  expect(hover(field('loss: mi‸x'))).toBe('```dml\nlet mix = 0.25 ce + 0.75 dml1\n```');
  expect(hover(`${field('batch: 4')}experiment b extends ‸a {}`)).toBe(
    '```dml\nexperiment a {\n  batch: 4\n}\n```\n\nThe base.',
  );
  const used = 'dml 1\nuse "./b.dml" as b\nexperiment a {\n  loss: b.hal‸f\n}';
  expect(hover(used, { 'b.dml': 'dml 1\nlet half = 0.5 ce\n' })).toContain('let half = 0.5 ce');
});

test('a field shows what it is, a keyword too, and the root of a label source', () => {
  expect(hover(field('los‸s: ce'))).toContain('weighted sum of losses');
  expect(hover('dml 1\nprotoc‸ol p {}')).toContain('never runs');
  expect(hover(field('labels: rat‸ers |> average'))).toContain('masks of all raters');
});

test('a word that a field takes shows the field', () => {
  expect(hover(field('crop: non‸e'))).toMatch(/^\*\*crop\*\*: /);
});

test('a number, a comment, and what is not known show nothing', () => {
  expect(hover(field('batch: ‸4'))).toBeUndefined();
  expect(hover('dml 1\n# lo‸ss')).toBeUndefined();
  expect(hover(field('loss: nonsen‸se'))).toBeUndefined();
});
