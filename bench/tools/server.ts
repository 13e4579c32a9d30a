/**
 * How long `dml lsp` takes to answer on a file of some 500 lines: from the request to the answer, over the protocol,
 * right after a letter was typed. Needs `npm run build`; prints the median and the slowest of each question.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver-protocol/node';

const rounds = 20;
const root = path.resolve(import.meta.dirname, '../..');

const experiment = (i: number) => `experiment e${i} {
  data:      shapes
  labels:    mean
  model:     unet(depth: 3, width: ${4 + i})
  loss:      0.25 ce + 0.75 dml1(smooth: 1)
  optimizer: sgd(rate: 1e-2, momentum: 0.9, decay: 5e-4)
  schedule:  warmup(1%, from: 1e-6) then poly(power: 0.9)
  train:     300 steps
  batch:     4
  evaluate:  dice on voted, bdice on mean, ece on mean
}
`;
const lets = 'let voted = raters |> majority\nlet mean = raters |> average\n';
const head = `dml 1\n\ndataset shapes {\n  source: phantom(cases: 60, raters: 4)\n}\n\n${lets}`;
const text = `${head}\n${Array.from({ length: 41 }, (_, i) => experiment(i)).join('\n')}`;
const lines = text.split('\n');
const uri = 'file:///study/large.dml';

const child = spawn(process.execPath, [path.join(root, 'dist/dml.js'), 'lsp', '--stdio'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
const connection = createProtocolConnection(
  new StreamMessageReader(child.stdout),
  new StreamMessageWriter(child.stdin),
);
connection.listen();
await connection.sendRequest('initialize', { processId: process.pid, rootUri: null, capabilities: {} });
await connection.sendNotification('initialized', {});
await connection.sendNotification('textDocument/didOpen', {
  textDocument: { uri, languageId: 'dml', version: 1, text },
});

const line = lines.findLastIndex((each) => each.includes('dml1('));
const position = { line, character: lines[line]!.indexOf('dml1') + 2 };
const textDocument = { uri };
const range = { start: position, end: position };
const questions = {
  'textDocument/completion': { position },
  'textDocument/hover': { position },
  'textDocument/definition': { position },
  'textDocument/documentSymbol': {},
  'textDocument/codeAction': { range, context: { diagnostics: [] } },
  'textDocument/formatting': { options: { tabSize: 2, insertSpaces: true } },
};

console.log(`${lines.length} lines, ${rounds} rounds, each right after a letter was typed`);
for (const [method, params] of Object.entries(questions)) {
  const times: number[] = [];
  for (let i = 0; i < rounds; i++) {
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: i + 2 },
      contentChanges: [{ text: `${text}#${'.'.repeat(i)}\n` }],
    });
    const start = performance.now();
    await connection.sendRequest(method, { textDocument, ...params });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const shown = [times[rounds / 2]!, times.at(-1)!].map((time) => time.toFixed(0).padStart(4));
  console.log(`${method.padEnd(28)} median ${shown[0]} ms, slowest ${shown[1]} ms`);
}
await connection.sendRequest('shutdown');
await connection.sendNotification('exit');
