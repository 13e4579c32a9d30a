import fc from 'fast-check';
import { lex } from '../../grammar/lexer.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { componentsOf } from './component-text.ts';

/** A program as the files that it is made of; `main.dml` is the one that is read. */
export interface Files {
  readonly 'main.dml': string;
  readonly 'shared.dml': string;
}

const { component, chain } = componentsOf(registry);

const lines = (...parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts).map((all) => all.filter((line) => line !== '').join('\n'));
const field = (name: string, value: fc.Arbitrary<string>) => value.map((text) => `  ${name}: ${text}`);
const perhaps = (name: string, value: fc.Arbitrary<string>) =>
  fc.option(field(name, value), { nil: '', freq: 2 });
const oneOf = (...texts: readonly string[]) => fc.constantFrom(...texts);

/** Steps that a soft label bears, behind what makes one label of the raters' masks. */
const soft = fc
  .tuple(
    component('label', ['average', 'staple']),
    fc.array(component('label', ['smooth', 'harden', 'temperature']), { maxLength: 2 }),
  )
  .map(([first, rest]) => ['raters', first, ...rest].join(' |> '));
const hard = fc
  .tuple(
    component('label', ['majority']),
    fc.option(component('label', ['boundary', 'smooth']), { nil: undefined }),
  )
  .map(([first, last]) => ['raters', first, ...(last ? [last] : [])].join(' |> '));
const label = fc.oneof(
  soft,
  hard,
  oneOf('voted', 'mean', 'lib.stored', '(mean)'),
  fc.tuple(hard, soft).map(([a, b]) => `0.25 (${a}) + 75% (${b})`),
);

const weight = oneOf('0.25', '1/3', '2', '5%', '1e-3', 'w *', '(1 - w) *', '0.5');
const losses = ['ce', 'kl', 'sdl', 'sdl_l2', 'sjl', 'jml1', 'jml2', 'dml1', 'dml2', 'tversky'];
const behind = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: label.map((text) => ` on (${text})`) },
  { weight: 1, arbitrary: fc.constant(' at main') },
);
const mix = fc
  .array(
    fc.oneof(
      fc.tuple(weight, component('loss', losses), behind).map(([w, loss, on]) => `${w} ${loss}${on}`),
      oneOf('0.5 blend', 'w * (blend)', '0.5 (ce + 0.5 dml1) on voted'),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((terms) => terms.join(' + '));

const measures = fc
  .uniqueArray(
    fc.tuple(
      oneOf('dice', 'bdice', 'ece', 'accuracy', 'brier', 'extreme'),
      behind.filter((on) => !on.includes('at')),
    ),
    { selector: ([name]) => name, minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.map((part) => part.join('')).join(', '));

const phantom = component('source', ['phantom']);
const dataset = lines(
  fc.constant('## What lies on disk.\ndataset shapes {'),
  field('source', fc.oneof(phantom, component('source', ['folder']))),
  perhaps('classes', oneOf('(background: 0, tumour: [1, 2])', '(none: 0, cyst: 3, rest: others)')),
  perhaps('ignore', fc.constant('99')),
  perhaps('size', oneOf('48 x 32', '64 x 64')),
  perhaps('window', oneOf('-60 .. 140', 'image', 'none')),
  perhaps(
    'folds',
    oneOf('contiguous(5)', 'shuffled(count: 5, by: "{subject}_*")', 'holdout(20%, by: "{site}/*")'),
  ),
  fc.constant('}'),
);
const protocol = lines(
  fc.constant('protocol paper {'),
  field('model', component('model')),
  field('optimizer', component('optimizer')),
  perhaps('schedule', chain('schedule', ' then ', 2)),
  field('train', oneOf('3 epochs', '40k steps', 'none', 'long')),
  perhaps('batch', oneOf('1', '8', '2 * 4')),
  perhaps('augment', fc.oneof(chain('transform', ' |> ', 2), fc.constant('none'))),
  perhaps('crop', oneOf('64 x 64', 'none')),
  fc.constant('}'),
);
const base = lines(
  fc.constant('## The first one.\nexperiment base extends paper {\n  data: shapes'),
  field('labels', label),
  field('loss', mix),
  perhaps('evaluate', measures),
  perhaps('fold', oneOf('all', '2', '0 .. 2', '[0, 3]')),
  perhaps('seed', oneOf('0', '0 .. 2', '[0, 2]')),
  perhaps('start', oneOf('random', 'weights("nets/a.safetensors")')),
  perhaps('predict', oneOf('center', 'sliding(stride: 1/2) |> flips(all)', 'flips(horizontal)')),
  fc.constant('}'),
);
const student = lines(
  fc.constant('experiment student extends base {'),
  perhaps('labels', label),
  perhaps('teacher', oneOf('distill(base)', 'distill(from: base, temperature: 2) |> smooth(0.1)')),
  perhaps('optimizer.rate', oneOf('1e-2', '0.5%', 'w')),
  fc.oneof(
    perhaps('train', oneOf('5 epochs', '200 steps')),
    oneOf('dice', 'ece, every: 2 epochs').map(
      (best) => `  train: 5 epochs\n  evaluate: dice, ece\n  checkpoint: best(${best})`,
    ),
  ),
  perhaps('augment', fc.constant('none')),
  perhaps('start', oneOf('trained(base)', 'trained(from: base, pick: same, parts: all)')),
  fc.constant('}'),
);
const sweep = fc
  .uniqueArray(
    oneOf(
      'vary optimizer.rate in [1e-2, 1e-3, 5%]',
      'vary labels, batch in [(mean, 1), (voted, 2)]',
      'vary loss in [0.25 ce + 0.75 dml1, blend]',
      'let n in [2, 3]  seed: 0 .. 1  train: n * 10 epochs',
      'vary model, crop in [(unet, 32 x 32), (convnet, none)]',
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((factors) => `sweep many of base {\n  ${factors.join('\n  ')}\n}`);
const compare = fc.oneof(
  fc.constant(''),
  lines(
    oneOf('compare table of base, student {', '## All.\ncompare table of base, student, many {'),
    perhaps('columns', oneOf('none', 'experiment')),
    oneOf('', '  baseline: base', '  baseline: base\n  statistic: bootstrap(over: runs)'),
    fc.constant('}'),
  ),
);

const lets =
  'let w = 0.25\nlet voted = raters |> majority\nlet mean = raters |> average\nlet long = 150 epochs\nlet blend = 0.5 ce + 0.5 dml1(smooth: 1)';

/** Declarations in any order: it means nothing. */
const whole = fc
  .tuple(dataset, protocol, base, student, sweep, compare)
  .chain((blocks) => fc.shuffledSubarray([lets, ...blocks], { minLength: 7, maxLength: 7 }))
  .map((parts) => `dml 1\nuse "./shared.dml" as lib\n${parts.join('\n')}\n`);

/** Right programs with every block, every family of components, `let`, `use … as`, paths and units. */
export const programs: fc.Arbitrary<Files> = whole.map((text) => ({
  'main.dml': text,
  'shared.dml': 'dml 1\nlet stored = mask\n',
}));

/** What may stand between two tokens; nothing where a sign is on one side. */
const gap = fc.oneof(
  { weight: 9, arbitrary: oneOf('', ' ', ' ', '  ', '\t', '\n', '\n\n', '\r\n  ', '\u00a0') },
  { weight: 1, arbitrary: fc.nat(99).map((n) => `  # behind ${n}\n`) },
  { weight: 1, arbitrary: fc.nat(99).map((n) => `\n# line ${n} { "\n`) },
  { weight: 1, arbitrary: fc.nat(99).map((n) => `\n\n## doc ${n}\n# and ${n} more\n\n`) },
);
const isSign = (image: string): boolean => /^[^\w"]/.test(image) && !/^[.%-]/.test(image);

/** The same text with other blanks, line ends and comments between its tokens. */
export function scattered(text: string): fc.Arbitrary<string> {
  const images = lex({ path: 'main.dml', text }).tokens.map(({ image }) => image);
  return fc.array(gap, { minLength: images.length, maxLength: images.length }).map((gaps) =>
    images
      .map((image, i) => {
        const touches = isSign(image) || isSign(images[i + 1] ?? '}');
        return image + (gaps[i] === '' && !touches ? ' ' : gaps[i]);
      })
      .join(''),
  );
}
