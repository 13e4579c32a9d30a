/** Runs an unpacked extension, its folder the first argument, beside the fake API, and prints what came of it as JSON. */
const path = require('node:path');
const vscode = require('vscode');

const extension = process.argv[2];
const { activate, deactivate } = require(path.join(extension, 'extension.cjs'));
const { seen } = vscode;

const diagnostics = () =>
  [...seen.diagnostics.values()].flat().map(({ code, range }) => [code, range.start.line]);

async function run() {
  const subscriptions = [];
  const shown = new Promise((resolve) => seen.shown.event(resolve));
  await activate({ extensionPath: extension, subscriptions });
  await shown;
  const first = diagnostics();
  const { uri } = vscode.workspace.textDocuments[0];
  seen.diagnostics.clear();
  const again = new Promise((resolve) => seen.shown.event(resolve));
  await seen.commands.get('dml.restart')();
  await again;
  await seen.commands.get('dml.format')();
  await deactivate();
  console.log(
    JSON.stringify({
      uri: uri.toString(),
      first,
      restarted: diagnostics(),
      commands: [...seen.commands.keys()],
      providers: Object.keys(seen.providers),
      output: seen.output,
      subscriptions: subscriptions.length,
    }),
  );
}

run().then(
  () => process.exit(0),
  (error) => {
    console.error(error, seen.output);
    process.exit(1);
  },
);
