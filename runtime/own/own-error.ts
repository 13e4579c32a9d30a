/** What a user's own TypeScript did wrong: shown as it is, with its file, without a stack. */
export class OwnError extends Error {
  override name = 'OwnError';
  readonly file: string;
  readonly help: string;
  constructor(message: string, file: string, help: string) {
    super(message);
    this.file = file;
    this.help = help;
  }
}
