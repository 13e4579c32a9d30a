import { choice, command, option, repeated, several } from '../command.ts';

export const labels = command({
  name: 'labels',
  summary: "Makes labels of raters' masks, or of a teacher's predictions, by a label pipeline",
  arguments: [['[pipeline]', "a label source of the language: 'raters |> average(weights: dice)'"]],
  flags: {
    raters: several('file', 'the mask of a rater; or all of them in one file, along its first axis'),
    mask: option('file', 'the stored mask: class indices, or soft with the class axis last'),
    'teacher-logits': option('file', 'what a teacher predicts, the class axis last'),
    'teacher-probabilities': option('file', 'in place of teacher-logits'),
    keys: option('file', 'key points of kde: probabilities, [key, class]'),
    'key-labels': option('file', 'the class of each key, [key]'),
    keep: option('file', '1 for pixels that count, 0 for ignored ones'),
    ignore: option(
      'value',
      'in masks: pixels that do not count; they have it in a map that is written (255)',
    ),
    classes: option('number', 'how many there are (default: what the masks hold)'),
    case: option('name', 'random steps draw from it (default: the name of the file)'),
    seed: option('number', 'random steps draw from it (default: 0)'),
    epoch: option('number', 'random steps draw from it (default: 0)'),
    form: choice(
      'form',
      ['classes', 'map', 'foreground'],
      'what is written (default: classes; a map in PNG, and in NIfTI if hard)',
    ),
    output: option(
      'file',
      '.npy, .npz, .nii, .nii.gz, .png, .safetensors or .json (default: standard output)',
      'o',
    ),
    use: repeated('file', 'TypeScript with label steps of your own'),
    allow: repeated('file', 'run this TypeScript, and until it changes'),
    jsonl: option('file', 'many questions, one JSON object a line (- for standard input), one answer a line'),
  },
  notes:
    'Masks are [height, width], or [image, height, width], each image a case of its own. Written is [height, width, class], float64 if soft; ignored pixels are 0 in every class. Many cases: {case} and {rater} in names, or a folder. A line of --jsonl has the names of the flags: {"pipeline": "raters |> majority", "raters": tensor}. docs/arrays.md tells all of it.',
  examples: [
    [
      "dml labels 'raters |> average' --raters r1.png r2.png -o soft.npy",
      'the share of raters, [height, width, class]',
    ],
    ["dml labels 'raters |> majority' --raters raters.npy -o voted.png", 'a map of class indices'],
    [
      "dml labels 'raters |> average' --raters 'masks/{case}_{rater}.png' -o '{case}.nii.gz'",
      'every case of a folder',
    ],
    [
      "dml labels 'teacher |> kde(bandwidth: 1e-3)' --teacher-logits z.npy --mask mask.png --json",
      'a calibrated teacher',
    ],
  ],
  async run({ arguments: [pipeline], flags }, context) {
    const { labelArrays } = await import('../arrays/labels.ts');
    return labelArrays(pipeline, flags, context);
  },
});
