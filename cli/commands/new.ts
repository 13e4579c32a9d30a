import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { command } from '../command.ts';
import { UsageError } from '../errors.ts';

const start = `dml 1

## Four simulated raters draw blurred shapes. No files are needed: replace this by images of your own, for example
##   source: folder(images: "scans/{case}.png", masks: "masks/{case}_{rater}.png")
dataset shapes {
  source: phantom(cases: 60, raters: 4, seed: 7)
  folds:  holdout(20%)
}

## The network learns the mean of the raters: a label of 0.75 means that three of four drew there.
experiment first {
  data:      shapes
  labels:    raters |> average
  model:     unet(depth: 2, width: 8)
  loss:      0.25 ce + 0.75 dml1
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4)
  schedule:  poly
  train:     200 steps
  batch:     4
  evaluate:  dice, bdice, ece
  seed:      0
}
`;

export const create = command({
  name: 'new',
  summary: 'Writes a starting file, which checks and runs as it is',
  arguments: [['[file]', 'where to write (default: experiment.dml); never overwrites']],
  flags: {},
  examples: [
    ['dml new', 'experiment.dml in this folder'],
    ['dml new studies/raters.dml', 'another place and name'],
  ],
  async run({ arguments: [file = 'experiment.dml'] }, { cwd }) {
    const target = path.extname(file) === '' ? `${file}.dml` : file;
    if (path.extname(target) !== '.dml')
      throw new UsageError(
        `${file} has not the name of a .dml file.`,
        `Write dml new ${file.slice(0, -path.extname(file).length)}.dml`,
        file,
      );
    await write(path.resolve(cwd, target), target);
    return {
      exit: 0,
      data: { file: target },
      text: `${target} written. Next:\n  dml check ${target}\n  dml run ${target}\n`,
    };
  },
});

async function write(target: string, shown: string): Promise<void> {
  try {
    await writeFile(target, start, { flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') {
      throw new UsageError(
        `${shown} exists already and is left as it is.`,
        'Give another name: dml new NAME.dml',
      );
    }
    if (code === 'ENOENT') {
      throw new UsageError(
        `The folder ${path.dirname(shown)} does not exist.`,
        `Make it first: mkdir -p ${path.dirname(shown)}`,
      );
    }
    throw error;
  }
}
