import { expect, test } from 'vitest';
import type { Context } from '../../cli/command.ts';
import { loadable } from '../../cli/own-allowed.ts';
import { openFile } from '../../cli/program.ts';
import { temporaryFolder, tiny } from '../support/dml.ts';
import { gapFile, ownHome } from '../support/own.ts';
import { surroundings } from '../support/terminal.ts';

test('a person at the terminal is asked once, and only a yes runs the file', async () => {
  const cwd = temporaryFolder({
    'own.ts': gapFile(),
    'a.dml': tiny({ loss: 'gap' }).replace('dml 1\n', 'dml 1\nuse "./own.ts"\n'),
  });
  const env = ownHome();
  const asked: string[] = [];
  const contextOf = (answer: string | undefined): Context => ({
    ...surroundings({ cwd, env }),
    format: 'json',
    question:
      answer === undefined
        ? undefined
        : async (text) => {
            asked.push(text);
            return answer;
          },
  });
  const { program } = await openFile('a.dml', contextOf(undefined));
  const subject = { used: program!.experiments, components: program!.components, file: 'a.dml' };
  const load = (answer: string | undefined) => loadable(subject, [], contextOf(answer));

  for (const answer of [undefined, '', 'no', 'yesterday'])
    await expect(load(answer)).rejects.toThrow(
      /a\.dml runs own\.ts \(the loss gap\), which you have not allowed/,
    );
  await expect(program!.components.loss.gap!.load()).rejects.toThrow(/has not been allowed to run/);
  expect(await load('Yes')).toMatchObject({ own: { programs: [{ file: 'own.ts' }] } });
  expect(asked).toHaveLength(4);
  const again = await load('no');
  expect(asked).toHaveLength(4);
  expect('registry' in again && (await again.registry.loss.gap!.load())).toBeTypeOf('function');
}, 120_000);
