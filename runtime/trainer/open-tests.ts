import type { Registry } from '../../compiler/registry.ts';
import { coversImages, unseenSize } from '../../compiler/tested-size.ts';
import type { dataOpener, OpenData } from './data.ts';
import type { PlannedArm } from './planned.ts';
import type { Problem } from './problem.ts';

interface Tools {
  readonly registry: Registry;
  readonly data: ReturnType<typeof dataOpener>;
}

/**
 * The data sets that an experiment is tested on, or why its network cannot predict their images. Looks at the head of every
 * file. Rejects with a DataError where the data are not as described.
 */
export async function openTests(
  { experiment, data, size }: Pick<PlannedArm, 'experiment' | 'data' | 'size'>,
  tools: Tools,
): Promise<readonly OpenData[] | Problem> {
  const tests: OpenData[] = [];
  for (const { data: set } of experiment.test) {
    const test = await tools.data(set, 'whole');
    const problem =
      channelsFault(experiment.name, data, test) ?? (await sizesFault({ experiment, size }, test, tools));
    if (problem) return problem;
    tests.push(test);
  }
  return tests;
}

function channelsFault(experiment: string, own: OpenData, { set, source }: OpenData): Problem | undefined {
  const [theirs, ours] = [source.channels, own.source.channels];
  if (theirs === ours) return undefined;
  return {
    message: `${experiment} is tested on ${set.name}, whose images have ${theirs} channels; those that it is trained on have ${ours}.`,
    help: 'A network sees images of as many channels as it was trained on.',
    exit: 2,
  };
}

async function sizesFault(
  { experiment: { crop, predict }, size: window }: Pick<PlannedArm, 'experiment' | 'size'>,
  { set, source }: OpenData,
  { registry }: Tools,
): Promise<Problem | undefined> {
  const covers = coversImages(predict, registry);
  // One after the other: opening the files of thousands of cases at once exceeds what a process may hold open.
  for (const id of source.cases) {
    const { height, width } = await source.size(id);
    const size = set.size ?? ([height, width] as const);
    const unseen = unseenSize({ name: set.name, size, window, crop, covers });
    if (unseen)
      return { message: `${unseen.fault} (height x width, case ${id}).`, help: unseen.help, exit: 2 };
  }
  return undefined;
}
