import { type Command, command, option } from '../command.ts';
import { UsageError } from '../errors.ts';

const shells = ['bash', 'zsh', 'fish', 'powershell'];

/** Completes the words of all `commands`, itself among them. */
export const completion = (commands: () => readonly Command[]): Command =>
  command({
    name: 'completion',
    summary: 'Prints the script by which a shell completes commands, flags, files and FILE#name',
    arguments: [
      ['[shell]', shells.join(', '), shells],
      ['[words...]', 'what --complete takes: the words before the cursor, behind --'],
    ],
    flags: { complete: option('word', 'print what may stand in place of this word; scripts ask it') },
    notes:
      'For good: add source <(dml completion bash) to ~/.bashrc, or source <(dml completion zsh) to ~/.zshrc below compinit; dml completion fish > ~/.config/fish/completions/dml.fish; in $PROFILE of PowerShell dml completion powershell | Out-String | Invoke-Expression.',
    examples: [
      ['source <(dml completion bash)', 'in this shell'],
      ['dml completion fish | source', 'in this one, if it is fish'],
    ],
    async run({ arguments: words, flags }, { cwd }) {
      if (flags.complete !== undefined) {
        const { candidates } = await import('../completion/candidates.ts');
        const found = await candidates(commands(), words, flags.complete, cwd);
        return {
          exit: 0,
          data: { candidates: found },
          text: found.map(({ value, doc }) => `${value}\t${doc.split('\n')[0]}\n`).join(''),
        };
      }
      const [shell = '', more] = words;
      if (!shells.includes(shell) || more !== undefined)
        throw new UsageError(
          shell === '' ? 'The shell must be said.' : `There is no completion for ${words.join(' ')}.`,
          `Write one of: ${shells.map((each) => `dml completion ${each}`).join(', ')}`,
        );
      const { scripts } = await import('../completion/scripts.ts');
      const script = scripts[shell as keyof typeof scripts];
      return { exit: 0, data: { script }, text: script };
    },
  });
