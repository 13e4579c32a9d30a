/** An engine cannot do what is asked, for a reason that lies outside of `dml`. Shown as one message. */
export class EngineError extends Error {
  override name = 'EngineError';
  /** What to do. */
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}
