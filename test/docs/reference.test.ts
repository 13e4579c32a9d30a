import { describe, expect, test } from 'vitest';
import { checkLabels, checkLoss, checkMetrics } from '../../compiler/check/expression.ts';
import { slopeAt } from '../../compiler/laws/evaluate.ts';
import { loadLoss, lossGraph } from '../../compiler/laws/loss-graph.ts';
import type { Component } from '../../compiler/registry.ts';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { render } from '../../grammar/render.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { referenceFiles } from '../../scripts/docs/reference.ts';

const measured = (['loss', 'label', 'metric'] as const).flatMap((family) =>
  Object.values(registry[family]).map((component) => [`${family} ${component.name}`, component] as const),
);

const readers = { loss: checkLoss, label: checkLabels, metric: checkMetrics } as const;

describe.each(measured)('%s', (_, component: Component) => {
  const { family, name, tags } = component;

  test('has a formula that can be typeset', () => {
    expect(tags.formula).toMatch(/\S/);
    expect(tags.formula).not.toContain('$');
    const plain = tags.formula!.replaceAll(/\\[{}]/g, '');
    let depth = 0;
    for (const sign of plain) {
      depth += sign === '{' ? 1 : sign === '}' ? -1 : 0;
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
  });

  test('has an example with itself in it that the checker accepts', () => {
    expect(tags.example).toMatch(new RegExp(`\\b${name}\\b`));
    const read = readers[family as keyof typeof readers];
    const { value, diagnostics } = read(tags.example!, { registry }) as {
      value: unknown;
      diagnostics: readonly Diagnostic[];
    };
    expect(render(diagnostics, { colour: false })).toBe('');
    expect(value).toBeDefined();
  });
});

test.each(Object.values(registry.loss))(
  'the example of $name can be computed, with its gradient',
  async (component) => {
    const terms = checkLoss(component.tags.example!, { registry }).value!;
    const soft = component.tags.requires !== 'hard';
    const loaded = await Promise.all(
      terms.map(async ({ weight, loss }) => ({
        weight,
        loss: await loadLoss(registry, loss),
        options: loss.options,
        target: 0,
        soft,
      })),
    );
    const graph = lossGraph(loaded, { classes: 2, images: 1, pixels: 2 });
    const label = soft ? [0.7, 0, 0.3, 1] : [1, 0, 0, 1];
    const { loss, gradient } = slopeAt(graph, { prediction: [0.6, 0.2, 0.4, 0.8], labels: [label] });
    expect(loss).toBeGreaterThan(0);
    expect(gradient.every(Number.isFinite)).toBe(true);
    expect(gradient.some((value) => value !== 0)).toBe(true);
  },
);

describe('the reference', async () => {
  const files = await referenceFiles(registry);

  test('has a page for each component, and all are in its index', () => {
    const components = Object.values(registry).flatMap((family) => Object.values(family));
    const pages = Object.keys(files).filter((file) => file.endsWith('.md') && file !== 'README.md');
    expect(pages).toHaveLength(components.length);
    for (const page of pages) expect(files['README.md']).toContain(`](${page})`);
  });

  test('shows options with their range, unit and default, and laws of losses with their proofs', () => {
    const page = files['losses/dml1.md'];
    expect(page).toContain('| `smooth` | number ≥ 0 | pixels | `0.001` |');
    expect(page).toContain('| the target is its minimum | proved: ');
    expect(files['losses/sdl.md']).toMatch(
      /the target is its minimum \| proved: .* \| refuted: .*0\.333 at 1/,
    );
  });

  test('draws each loss for the labels 0, 0.3, 0.5 and 1, with no number that is none', () => {
    for (const name of Object.keys(registry.loss)) {
      const svg = files[`losses/${name}.svg`]!;
      const hard = registry.loss[name]!.tags.requires === 'hard';
      expect([...svg.matchAll(/>label ([\d.]+)</g)].map((match) => match[1])).toEqual(
        hard ? ['0', '1'] : ['0', '0.3', '0.5', '1'],
      );
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
