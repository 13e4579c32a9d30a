/** An option of a metric that does not fit the data. Shown to the user as it is, without a stack, and exit 2. */
export class MetricError extends Error {
  override name = 'MetricError';
  readonly help: string;
  constructor(message: string, help: string) {
    super(message);
    this.help = help;
  }
}
