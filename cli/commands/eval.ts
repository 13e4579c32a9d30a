import { choice, command, option, repeated, toggle } from '../command.ts';

export const evaluate = command({
  name: 'eval',
  summary: 'Evaluates a loss, and its gradient, on arrays from any tool',
  arguments: [['[loss]', "an expression of the language: '0.25 ce + 0.75 dml1(smooth: 0)'"]],
  flags: {
    logits: option('file', 'what the network gives before the softmax, the class axis last'),
    probabilities: option('file', 'in place of logits: free values in 0..1, no softmax'),
    labels: option('file', 'in the shape of the logits, or a map of class indices without class axis'),
    keep: option('file', '1 for pixels that count, 0 for ignored ones'),
    ignore: option('value', 'in a map of class indices: pixels that do not count'),
    head: repeated('name=file', 'another head, for terms `at name`'),
    'teacher-logits': option('file', 'for terms `on teacher`'),
    'teacher-probabilities': option('file', 'in place of teacher-logits'),
    'teacher-head': repeated('name=file', 'another head of the teacher, for terms `on teacher` `at name`'),
    grad: toggle('the gradient with respect to logits or probabilities, as they were given'),
    engine: choice(
      'name',
      ['reference', 'native', 'tensorflow', 'cuda'],
      'what computes (default: reference, in float64)',
    ),
    use: repeated('file', 'TypeScript with losses of your own'),
    allow: repeated('file', 'run this TypeScript, and until it changes'),
    jsonl: option('file', 'many questions, one JSON object a line (- for standard input), one answer a line'),
  },
  notes:
    'Files are .npy, .npz and .safetensors (file#name), .nii, .nii.gz, .png, or .json with shape and data. Axes: image, height, width, class; or height, width, class; or pixel, class. A line of --jsonl: {"loss": "dml1", "logits": tensor, "labels": tensor, "keep": tensor, "gradient": true}, with {"shape": …, "data": …} or the name of a file for each tensor; a line that fails gets {"error": …}, the others go on, and the exit code is 1. docs/arrays.md tells all of it.',
  examples: [
    [
      "dml eval '0.25 ce + 0.75 dml1' --logits logits.npy --labels labels.npy",
      'the value, and that of each term',
    ],
    ["dml eval 'dml1(smooth: 0)' --logits logits.npy --labels labels.npy --grad --json", 'with the gradient'],
    ['dml eval --jsonl questions.jsonl --engine native', 'many at once, in float32'],
  ],
  async run({ arguments: [loss], flags }, context) {
    const { evalArrays } = await import('../arrays/eval.ts');
    return evalArrays(loss, flags, context);
  },
});
