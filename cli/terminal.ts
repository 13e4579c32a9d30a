import picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Where a command writes. Results go to `out`, everything else (progress, notes, errors) to `err`. */
export interface Terminal {
  readonly out: Channel;
  readonly err: Channel;
}

export interface Channel {
  write(text: string): void;
  /** Somebody watches: a line may be drawn again. */
  readonly interactive: boolean;
  readonly columns: number;
  readonly colors: Colors;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The terminal of this process. A reader that goes away (`dml explain … | head`) is no error: what would be written
 * afterwards is dropped, and `onClosed` is called once.
 */
export function processTerminal(onClosed: () => void): Terminal {
  const { stdout, stderr, env } = process;
  let closed = false;
  const channel = (stream: NodeJS.WriteStream): Channel => {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      if (!closed) onClosed();
      closed = true;
    });
    return {
      write: (text) => {
        if (!closed) stream.write(text);
      },
      interactive: stream.isTTY === true && env.TERM !== 'dumb',
      get columns() {
        return stream.columns ?? 80;
      },
      colors: picocolors.createColors(wantsColor(stream.isTTY === true, env)),
    };
  };
  return { out: channel(stdout), err: channel(stderr) };
}

/** https://no-color.org and https://force-color.org: both count if they are set and not empty. */
export function wantsColor(isTerminal: boolean, env: Environment): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return isTerminal && env.TERM !== 'dumb';
}
