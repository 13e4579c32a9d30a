import type { Sample } from '../data/prepared.ts';
import type { Random } from '../random.ts';

/** The function of a transform component: a sample, changed at random, before it is cropped. */
export type Transform<Options> = (sample: Sample, random: Random, options: Options) => Sample;
