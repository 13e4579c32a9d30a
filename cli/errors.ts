/** The command was called wrongly, or what it was given cannot be worked with. Shown as it is, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly help: string | undefined;
  /** The file that it is about. */
  readonly file: string | undefined;
  constructor(message: string, help?: string, file?: string) {
    super(message);
    this.help = help;
    this.file = file;
  }
}

/** A file that was named, or found in a folder that was, cannot be read. */
export class UnreadableFile extends UsageError {
  override name = 'UnreadableFile';
}

/** One message: what went wrong, where, and what to do. */
export interface Told {
  readonly message: string;
  /** The file that it is about, relative to the folder where the command ran if it is below. */
  readonly file?: string;
  readonly help?: string;
}

/** A message, and what only we need to know. */
export interface Failure extends Told {
  /** A bug of ours: the stack is worth reading. */
  readonly stack?: string;
}

/** What the operating system says, in words. */
const system: Readonly<Record<string, readonly [message: string, help: string]>> = {
  ENOENT: ['This file does not exist.', 'Check the path.'],
  EISDIR: ['This is a folder, not a file.', 'Name a file in it.'],
  ENOTDIR: ['A part of this path is a file, not a folder.', 'Check the path.'],
  EACCES: ['This cannot be opened: permission denied.', 'Check its owner and permissions.'],
  EPERM: ['The system does not permit this.', 'Check its owner and permissions.'],
  ELOOP: ['Symbolic links lead in a circle here.', 'Check where the link points to.'],
  ENAMETOOLONG: ['This path is too long for the system.', 'Give a shorter one.'],
  EROFS: ['This is on a file system that can only be read.', 'Name another folder with --out.'],
  ENOSPC: [
    'The disk is full.',
    'Free some space, or name another folder with --out; the run resumes where it was.',
  ],
  EDQUOT: ['Your share of the disk is used up.', 'Free some space, or name another folder with --out.'],
  EMFILE: ['Too many files are open.', 'Raise the limit with ulimit -n.'],
};

/** Any error as one message. Errors made for people carry a `help` property; what is left is a bug of ours. */
export function describe(error: unknown): Failure {
  if (!(error instanceof Error)) return { message: String(error), stack: String(error) };
  if ('help' in error) {
    return {
      message: error.message,
      ...('file' in error && typeof error.file === 'string' ? { file: error.file } : {}),
      ...(typeof error.help === 'string' ? { help: error.help } : {}),
    };
  }
  const { code, path } = error as NodeJS.ErrnoException;
  const known = code === undefined ? undefined : system[code];
  if (known) return { message: known[0], help: known[1], ...(path ? { file: path } : {}) };
  return { message: error.message, stack: error.stack ?? error.message };
}
