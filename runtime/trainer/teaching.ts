import type { LabelSource } from '../../compiler/experiment.ts';
import type { TeacherFolders } from '../data/teacher.ts';

/** What the labels of one run are made of, beside its data. */
export interface Teaching {
  readonly teachers: TeacherFolders;
  /** A label source as it is made, with the temperatures that were fitted in it. */
  readonly resolve: (source: LabelSource) => LabelSource;
  /** Folder of the run whose weights it begins with, where it begins with those of another experiment. */
  readonly start?: string;
  /** These temperatures, by their label source as written. */
  readonly temperatures: Readonly<Record<string, number>>;
}

/** Of a run without teachers. */
export const untaught: Teaching = { teachers: {}, resolve: (source) => source, temperatures: {} };
