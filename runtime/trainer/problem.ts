/** Why a run could not be done, as one message for people. */
export interface Problem {
  /** What happened and where. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  /** Exit code: 1 where the experiment is at fault (it diverged), 2 where it could not be run. */
  readonly exit: 1 | 2;
}
