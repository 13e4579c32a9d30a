/**
 * How long `dml lsp` takes to answer on a file of some 500 lines: from the request to the answer, over the protocol, right
 * after a letter was typed; first on a quiet server, then while rules look at losses that take long to decide. Needs
 * `npm run build`; prints the median, the 95th percentile and the slowest of each question, and, on Linux, the median and
 * the 95th percentile of what the thread that answers computed, which does not depend on what else the machine does.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const rounds = 40;
const root = path.resolve(import.meta.dirname, '../..');

const experiment = (i: number, loss: string) => `experiment e${i} {
  data:      shapes
  labels:    mean
  model:     unet(depth: 3, width: ${4 + i})
  loss:      ${loss}
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4)
  schedule:  warmup(1%, from: 1e-6) then poly(power: 0.9)
  train:     300 steps
  batch:     4
  evaluate:  dice on voted, bdice on mean, ece on mean
}
`;
const lets = 'let voted = raters |> majority\nlet mean = raters |> average\n';
const head = `dml 1\n\ndataset shapes {\n  source: phantom(cases: 60, raters: 4)\n}\n\n${lets}`;
const fileOf = (loss: (i: number) => string) =>
  `${head}\n${Array.from({ length: 41 }, (_, i) => experiment(i, loss(i))).join('\n')}`;

const light = fileOf(() => '0.25 ce + 0.75 dml1(smooth: 1)');
/** Each experiment with terms of its own, and others with every letter that is typed: nothing is known of them. */
const heavy = (round: number) =>
  fileOf((i) => {
    const smooth = ((round * 41 + i) / 1e5 + 0.1).toFixed(5);
    return `0.2 tversky(fp: 0.3, fn: 0.7, smooth: ${smooth}) + 0.3 jml2(smooth: ${smooth}) + 0.5 dml2(smooth: ${smooth})`;
  });

const uri = 'file:///study/large.dml';
const child = spawn(process.execPath, [path.join(root, 'dist/dml.js'), 'lsp', '--stdio'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const connection = createProtocolConnection(
  new StreamMessageReader(child.stdout),
  new StreamMessageWriter(child.stdin),
);
let looked: () => void = () => undefined;
connection.onNotification('textDocument/publishDiagnostics', () => looked());
connection.listen();
await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
await connection.sendNotification('initialized', {});
await connection.sendNotification('textDocument/didOpen', {
  textDocument: { uri, languageId: 'dml', version: 1, text: light },
});
await new Promise<void>((resolve) => {
  looked = resolve;
});

const lines = light.split('\n');
const line = lines.findLastIndex((each) => each.includes('dml1('));
const position = { line, character: lines[line]!.indexOf('dml1') + 2 };
const textDocument = { uri };
const range = { start: position, end: position };
const everywhere = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
const questions = {
  'textDocument/completion': { position },
  'textDocument/hover': { position },
  'textDocument/definition': { position },
  'textDocument/documentSymbol': {},
  'textDocument/codeAction': { range, context: { diagnostics: [] } },
  'textDocument/inlayHint': { range: everywhere },
  'textDocument/semanticTokens/full': {},
  'textDocument/foldingRange': {},
  'textDocument/formatting': { options: { tabSize: 2, insertSpaces: true } },
};

let version = 1;
const type = (text: string) =>
  connection.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: ++version },
    contentChanges: [{ text: `${text}#${'.'.repeat(version)}\n` }],
  });
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds that the thread which answers has computed; those of other threads are not in it. */
const schedule = `/proc/${child.pid}/task/${child.pid}/schedstat`;
const computed = () =>
  existsSync(schedule) ? Number(readFileSync(schedule, 'utf8').split(' ')[0]) / 1e6 : Number.NaN;

/** Types before each question; `pause` milliseconds later the question is asked. */
async function measure(title: string, text: (round: number) => string, pause: number): Promise<void> {
  console.log(`${title}: ${lines.length} lines, ${rounds} rounds`);
  for (const [method, params] of Object.entries(questions)) {
    const times: number[] = [];
    const work: number[] = [];
    for (let i = 0; i < rounds; i++) {
      await type(text(version));
      if (pause > 0) await wait(pause);
      const [start, before] = [performance.now(), computed()];
      await connection.sendRequest(method, { textDocument, ...params });
      times.push(performance.now() - start);
      work.push(computed() - before);
    }
    const [median, high, slowest] = [0.5, 0.95, 1].map((share) => at(times, share));
    console.log(
      `  ${method.padEnd(32)} median ${median} ms, 95th percentile ${high} ms, slowest ${slowest} ms; computed ${at(work, 0.5)} and ${at(work, 0.95)} ms`,
    );
  }
}

/** The value below which a share of all lies. */
function at(values: readonly number[], share: number): string {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(0).padStart(4);
}

await measure('right after a letter was typed', () => light, 0);
// The server looks at a file 120 ms after the last letter.
await measure('while rules decide 123 terms', heavy, 250);

const start = performance.now();
await type(heavy(version));
await new Promise<void>((resolve) => {
  looked = resolve;
});
console.log(`those 123 terms take ${((performance.now() - start) / 1000).toFixed(1)} s`);
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
