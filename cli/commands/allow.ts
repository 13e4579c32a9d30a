import { command } from '../command.ts';

export const allow = command({
  name: 'allow',
  summary: 'Allows files of your own TypeScript to be run, until they change',
  arguments: [
    ['<files...>', 'files that experiments `use`: losses, models, label steps and metrics of your own'],
  ],
  flags: {},
  notes:
    'Nothing is run by this. The answer is kept in $DML_HOME (default: the cache folder of the user) by hash of the file and all that it imports, so a change of any of them asks again. Reading, checking, linting and comparing need no permission: they never run anything.',
  examples: [
    ['dml allow boundary.ts', 'after reading it'],
    ['dml run study.dml --allow boundary.ts', 'the same while running'],
  ],
  async run({ arguments: files }, context) {
    const { allowFiles } = await import('../allow-files.ts');
    return allowFiles(files, context);
  },
});
