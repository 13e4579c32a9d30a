import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { cachedDataVersionTag } from 'node:v8';
import { Script } from 'node:vm';
import { homeFolder } from '../runtime/home.ts';

/** Functions are compiled when they are first called, so another run of a command may add to what the first has kept. */
const additions = 3;

/**
 * The value of a script, with the code that V8 has made of it in earlier runs, which spares most of the time that
 * loading takes. It is kept in the user's folder, by `use`, for the next run: `module.enableCompileCache` of Node 22 for
 * Node 20 too. Where nothing can be kept, the script is compiled anew each time.
 *
 * @param file Its name changes with its content.
 */
export function runWithKeptCode(file: string, use: string, env = process.env): unknown {
  const folder = path.join(homeFolder(env), 'code');
  // V8 does not accept what another version of it, another processor or other flags have made. The place of the script
  // is in what it made, and would be told of a copy elsewhere.
  const maker = [hash(Buffer.from(file)).toString('hex', 0, 4), cachedDataVersionTag().toString(16)];
  const name = [path.basename(file, path.extname(file)), use, ...maker].join('-');
  const kept = path.join(folder, name);
  const known = read(kept);
  const script = new Script(readFileSync(file, 'utf8'), {
    filename: pathToFileURL(file).href,
    ...(known ? { cachedData: known.code } : {}),
  });
  const runs = script.cachedDataRejected ? 0 : (known?.runs ?? 0);
  if (runs < additions)
    process.once('exit', (exit) => {
      if (exit < 2) keep(kept, script.createCachedData(), runs + 1);
    });
  return script.runInThisContext();
}

/** A file: the hash of what follows it, how many runs have added to it, the code. V8 crashes on damaged code. */
function read(file: string): { readonly code: Buffer; readonly runs: number } | undefined {
  try {
    const bytes = readFileSync(file);
    const content = bytes.subarray(hashLength);
    if (!hash(content).equals(bytes.subarray(0, hashLength))) return undefined;
    return { runs: content[0] ?? 0, code: content.subarray(1) };
  } catch {
    return undefined;
  }
}

const hash = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest();
const hashLength = 32;

/** What was written longer ago is of builds that nobody has any more, or is soon written again. */
const forgottenAfterDays = 30;

function keep(file: string, code: Buffer, runs: number): void {
  const folder = path.dirname(file);
  const draft = `${file}.${process.pid}.tmp`;
  const content = Buffer.concat([Uint8Array.of(runs), code]);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(draft, Buffer.concat([hash(content), content]));
    renameSync(draft, file);
    const oldest = Date.now() - forgottenAfterDays * 24 * 3600 * 1000;
    for (const name of readdirSync(folder).map((each) => path.join(folder, each))) {
      if ((statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? oldest) < oldest)
        rmSync(name, { force: true });
    }
  } catch {
    rmSync(draft, { force: true });
  }
}
