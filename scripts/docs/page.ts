import { useText } from '../../compiler/canonical/text.ts';
import type { Use } from '../../compiler/experiment.ts';
import { decide } from '../../compiler/laws/decide.ts';
import type { Loss } from '../../compiler/laws/loss-graph.ts';
import { lawTitles, type Verdict, type Verdicts } from '../../compiler/laws/verdict.ts';
import type { Component, Registry } from '../../compiler/registry.ts';
import { type Curves, curvesOf, usualOptions } from './curves.ts';
import { oneLine, optionTable } from './options.ts';
import { plot } from './plot.ts';

/** A written file, by its path below `docs/reference/`. */
export type Files = Readonly<Record<string, string>>;

/** The page of a component, and its plot if it is a loss. `folder` is that of its family. */
export async function pageOf(component: Component, folder: string, registry: Registry): Promise<Files> {
  const { name, family } = component;
  const measured = family === 'loss' ? await lossSections(component, registry) : undefined;
  const sections = [
    `# \`${name}\`\n\n${component.doc}\n`,
    formula(component),
    facts(component),
    options(component),
    ...(measured?.sections ?? []),
    example(component),
    source(component),
  ];
  return {
    [`${folder}/${name}.md`]: sections.filter((section) => section !== '').join('\n'),
    ...(measured ? { [`${folder}/${name}.svg`]: measured.svg } : {}),
  };
}

/** What is computed with a loss itself: its laws and its curves. */
async function lossSections(component: Component, registry: Registry) {
  const { name } = component;
  const { given, options: chosen } = usualOptions(component, registry);
  const curves = await curvesOf(component, chosen);
  const shown = given ? useText({ name, options: chosen, span: nowhere }, 'loss', registry) : name;
  const caption = captionOf(shown, curves);
  return {
    sections: [
      await laws(component, chosen, given ? `Of \`${shown}\`` : 'With the default options'),
      `## Over the prediction\n\n![${caption}](${name}.svg)\n\n${caption}. A dot is where the prediction is the label.\n`,
    ],
    svg: plot(caption, curves.curves),
  };
}

const nowhere = { source: { path: '', text: '' }, start: 0, end: 0 };

/** In a fence: between dollars GitHub takes a backslash before punctuation for an escape of Markdown. */
const formula = ({ tags }: Component) => (tags.formula ? `\`\`\`math\n${tags.formula}\n\`\`\`\n` : '');

/** What a metric is on if nothing is written, by its tag. */
const truths: Readonly<Record<string, string>> = {
  hard: '`raters |> majority`',
  soft: '`raters |> average`',
};

/** What it takes and gives, as the checker knows it. */
function facts({ family, tags }: Component): string {
  const lines = {
    loss: [
      tags.requires === 'hard'
        ? 'Labels must be hard: on soft ones it does not compile.'
        : tags.labels === 'hard'
          ? 'Made for hard labels: on soft ones it is a finding of the linter.'
          : 'Labels may be hard or soft.',
    ],
    label: [
      tags.takes === 'raters' ? 'Takes the masks of all raters.' : 'Takes one label.',
      ...(tags.requires === 'hard' ? ['They must be hard: after a soft label it does not compile.'] : []),
      { hard: 'Gives hard labels.', soft: 'Gives soft labels.', same: 'Gives labels as soft as it takes.' }[
        tags.gives ?? ''
      ] ?? '',
      ...(tags.random === undefined ? [] : ['Draws anew in every epoch, from seed, case and epoch alone.']),
    ],
    model: [
      ...(tags.parts === undefined
        ? []
        : [`Parts of its weights: ${tags.parts.replace('conv#', '`conv1`, `conv2` …')}.`]),
    ],
    metric: [
      ...(truths[tags.truth ?? '']
        ? [`Measured against ${truths[tags.truth ?? '']} if no \`on\` is written.`]
        : []),
      { number: 'The value is a number.', nats: 'The value is in nats.' }[tags.unit ?? ''] ??
        'The value is a fraction.',
    ],
  }[family as string];
  const text = (lines ?? []).filter((line) => line !== '').join(' ');
  return text === '' ? '' : `${text}\n`;
}

const options = ({ parameters }: Component) =>
  parameters.length === 0 ? '' : `## Options\n\n${optionTable(parameters)}`;

/** The verdicts of the law checker on hard and on soft labels, for two classes. */
async function laws({ tags, load }: Component, chosen: Use['options'], which: string): Promise<string> {
  const loss = (await load()) as Loss;
  const term = { weight: 1, loss, options: chosen, target: 0 };
  const kinds = tags.requires === 'hard' ? (['hard'] as const) : (['hard', 'soft'] as const);
  const verdicts = kinds.map((kind) => decide([[{ ...term, soft: kind === 'soft' }]], 2));
  const head = `| | ${kinds.map((kind) => `${kind} labels`).join(' | ')} |\n|---${'|---'.repeat(kinds.length)}|`;
  const rows = (Object.keys(lawTitles) as (keyof Verdicts)[]).map(
    (law) => `| ${lawTitles[law]} | ${verdicts.map((found) => shown(found[law])).join(' | ')} |`,
  );
  return `## Laws\n\n${which}, as \`dml check\` decides them ([laws](../../laws.md)).\n\n${head}\n${rows.join('\n')}\n`;
}

const shown = ({ verdict, alone, because }: Verdict): string =>
  `${verdict}${alone === false ? ', but not alone' : ''}: ${because}`.replaceAll('|', '\\|');

const captionOf = (name: string, { classes, curves }: Curves) =>
  `${name} of one pixel ${classes === 1 ? 'of one class by itself' : 'of two classes, over the probability of the second'}, for the labels ${curves.map(({ target }) => target).join(', ')}`;

const example = ({ tags }: Component) =>
  tags.example ? `## Example\n\n\`\`\`\n${tags.example}\n\`\`\`\n` : '';

/** Pages lie two folders below `docs/`. */
const source = ({ tags, file }: Component) =>
  `${tags.source ? `Source: ${oneLine(tags.source)}\n\n` : ''}<sub>[${file}](../../../${file})</sub>\n`;
