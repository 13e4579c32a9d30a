import { command, option, repeated, several, toggle } from '../command.ts';

export const score = command({
  name: 'score',
  summary: 'Scores predictions of any tool by metrics, against a truth or the masks of raters',
  arguments: [],
  flags: {
    prediction: several(
      'file',
      'probabilities with the class axis last, or a map of class indices; a file a case',
    ),
    truth: several('file', 'class indices, shares of the foreground, or with the class axis last'),
    raters: several(
      'file',
      'the mask of a rater, in place of a truth; or all of them in one file, along its first axis',
    ),
    keep: several('file', '1 for pixels that count, 0 for ignored ones'),
    metrics: option('list', "expressions of the language: 'dice, bdice, ece(bins: 10)'"),
    classes: option('number', 'of maps of class indices (default: what the first case holds)'),
    ignore: option('value', 'in maps of class indices: pixels that do not count'),
    logits: toggle('predictions are logits'),
    foreground: toggle(
      'a prediction without class axis is the probability of the foreground, even if all are 0 or 1',
    ),
    each: toggle('every entry of the first axis is a case of its own'),
    use: repeated('file', 'TypeScript with metrics of your own'),
    allow: repeated('file', 'run this TypeScript, and until it changes'),
    jsonl: option('file', 'many questions, one JSON object a line (- for standard input), one answer a line'),
  },
  notes:
    'A file is a case, with all its slices: [slice, height, width, class] or [height, width, class]. Many cases: a folder, or a pattern with {case} (and {rater}), matched by name. Of large arrays only a part is in memory. Scores are fractions, and say the truth that they are measured on. A line of --jsonl: {"metrics": "dice", "prediction": tensor, "truth": tensor}, or with "cases", a list of such. docs/arrays.md tells all of it.',
  examples: [
    ["dml score --prediction p.npy --truth y.nii.gz --metrics 'dice, ece(bins: 15)'", 'one case'],
    [
      "dml score --prediction predictions --truth 'truth/{case}.png' --metrics dice --json",
      'a folder, matched by name',
    ],
    [
      "dml score --prediction p.npy --raters 'r{rater}.png' --metrics 'dice, bdice'",
      'majority and average of the raters',
    ],
    [
      "dml score --prediction all.npy --truth all-y.npy --each --metrics 'dice(by: class)'",
      'an array of many cases',
    ],
  ],
  async run({ flags }, context) {
    const { scoreArrays } = await import('../arrays/score.ts');
    return scoreArrays(flags, context);
  },
});
