import { command, option, toggle } from '../command.ts';

export const lsp = command({
  name: 'lsp',
  summary: 'Serves an editor: findings and fixes, completion, hover, definitions, renaming, formatting',
  arguments: [],
  flags: {
    stdio: toggle('speak over standard input and output, which is the only way'),
    // Editors add it; the connection reads it from the words of the command itself.
    clientProcessId: option('number', 'process of the editor: the server ends when it does'),
  },
  notes:
    'An editor starts it, and speaks the Language Server Protocol with it. It finds what `dml lint` finds, in files as they stand in the editor, saved or not. Nothing of a file is ever run.',
  examples: [['dml lsp --stdio', 'what an editor is told to start for .dml files']],
  async run(_, context) {
    if (context.question)
      context.terminal.err.write('Waiting for an editor. To check a file yourself: dml lint FILE\n');
    const { serveEditor } = await import('../language-server.ts');
    return serveEditor(context);
  },
});
