/** A file of a run that cannot be read or written: shown to the user as it is, without a stack, and exit 2. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly file: string;
  readonly help: string;
  constructor(message: string, file: string, help: string) {
    super(message);
    this.file = file;
    this.help = help;
  }
}
