const report = 'process.on("exit",()=>process.stderr.write("peak "+process.resourceUsage().maxRSS+"\\n"))';

/** Flags of Node with which a process tells, as it ends, how much memory it had at most. */
export const peakFlags: readonly string[] = [
  '--import',
  `data:text/javascript,${encodeURIComponent(report)}`,
];

/** The largest resident memory that such a process has told on standard error, in bytes. */
export function peakOf(err: string): number {
  const kilobytes = /^peak (\d+)$/m.exec(err)?.[1];
  if (kilobytes === undefined) throw new Error(`No peak was told: ${err}`);
  return Number(kilobytes) * 1024;
}
