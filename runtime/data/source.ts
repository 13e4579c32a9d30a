/**
 * What a data source gives. A source component is a function of its options that returns a `Source`; reading is lazy
 * and case by case. Masks hold the values of the files; `classes` of the data set maps them to class indices later.
 */
export interface Source {
  /** Sorted; stable names that messages and results use. */
  readonly cases: readonly string[];
  /** Number of raters; 0 where the source has one stored mask a case instead. */
  readonly raters: number;
  readonly channels: number;
  /** Masks hold shares of the foreground, 0 … 1, instead of values that stand for classes. */
  readonly soft: boolean;
  /** Files that the content hash covers, relative to `root`; none where the source needs no files. */
  readonly files: readonly string[];
  /** Size of the image, and that all masks have it, from the heads of the files alone. */
  size(id: string): Promise<{ readonly height: number; readonly width: number }>;
  read(id: string): Promise<RawCase>;
}

/** The function of a source component. */
export type SourceFunction<Options> = (context: SourceContext, options: Options) => Source | Promise<Source>;

export interface RawCase {
  readonly id: string;
  readonly image: Picture;
  /** One mask a rater, in the order of the raters; or the stored mask alone. */
  readonly masks: readonly Picture[];
}

/** Row-major, channels last: [height, width, channels]. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Given to every source: where data lie. Paths of a source are relative to `root` and may not leave it. */
export interface SourceContext {
  readonly root: string;
}

/** Bad data: shown to the user as it is, without a stack, and exit 2. */
export class DataError extends Error {
  override name = 'DataError';
  readonly file: string;
  readonly help: string | undefined;
  constructor(message: string, file: string, help?: string) {
    super(message);
    this.file = file;
    this.help = help;
  }
}
