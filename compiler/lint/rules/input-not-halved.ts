import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';
import { inputSizeOf, levelsOf } from '../sizes.ts';

export const inputNotHalved = rule({
  code: 'DML3210',
  name: 'input-not-halved',
  level: 'error',
  summary: 'The input of the network cannot be halved as often as it has levels.',
  why: 'A network of d levels halves height and width d − 1 times: at depth 4 both must be multiples of 8. Others do not meet the encoder again on the way up, and the run ends before its first step.',
  source: 'Ronneberger et al., U-Net, MICCAI 2015, section 2: an input that pooling divides evenly',
  bad: 'experiment a extends base { labels: mean  crop: 60 x 60  predict: sliding  model: unet(depth: 4) }',
  good: 'experiment a extends base { labels: mean  crop: 56 x 56  predict: sliding  model: unet(depth: 4) }',
  message: text`A network of ${'levels'} levels halves ${'height'} x ${'width'} pixels ${'times'} times, and what is left is ${'rest'}.`,
  help: text`Both sides must be multiples of ${'factor'}: take \`${'smaller'}\` or \`${'larger'}\`, or fewer levels.`,
  check({ experiment }) {
    const [levels, sides] = [levelsOf(experiment), inputSizeOf(experiment)];
    if (levels === undefined || !sides) return [];
    const factor = 2 ** (levels - 1);
    if (sides.every((side) => side % factor === 0)) return [];
    const rounded = (round: (share: number) => number) =>
      sides.map((side) => Math.max(1, round(side / factor)) * factor).join(' x ');
    const values = {
      levels: String(levels),
      height: String(sides[0]),
      width: String(sides[1]),
      times: String(levels - 1),
      rest: sides.map((side) => side / factor).join(' x '),
      factor: String(factor),
      smaller: rounded(Math.floor),
      larger: rounded(Math.ceil),
    };
    return [{ span: experiment.model.span, values }];
  },
});
