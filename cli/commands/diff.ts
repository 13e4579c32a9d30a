import { command, option, toggle } from '../command.ts';

export const diff = command({
  name: 'diff',
  summary: 'Shows what differs in meaning between two experiments, files or revisions of git',
  arguments: [
    ['<before>', 'FILE, FILE#name, FILE#sweep/ARM, the folder of a run, or a revision of git'],
    [
      '<after>',
      'the same, or after a revision FILE[#name] in the working tree; of files with several experiments, those of one name are compared',
    ],
    ['[others...]', 'after two revisions, the FILE[#name] that is compared in them'],
  ],
  flags: {
    data: option(
      'folder',
      'where data lie, which tell what training costs (default: $DML_DATA, else data beside the file)',
    ),
    'git-driver': toggle('take the seven words that git gives to a diff driver, and exit with 0'),
  },
  notes: `Layout, comments, names and what is as by default mean nothing. Exit 0 if nothing differs, 1 if something does, 2 if that cannot be said. For git diff to show meaning: put "*.dml diff=dml" into .gitattributes and run git config diff.dml.command "dml diff --git-driver".`,
  examples: [
    ['dml diff old.dml new.dml', 'two versions of a file'],
    ['dml diff study.dml#plain study.dml#smoothed', 'two experiments of one file'],
    ['dml diff study.dml#mixes/1 study.dml#mixes/2', 'two arms of a sweep'],
    ['dml diff HEAD~1 study.dml', 'what changed since the last commit'],
    ['dml diff main topic study.dml', 'a file in two branches'],
    ['dml diff runs/small/1a2b3c4d5e6f/fold0-seed0 study.dml#small', 'a finished run and a file'],
  ],
  async run({ arguments: words, flags }, context) {
    const { compare, compareForGit } = await import('../compare.ts');
    const { sidesOf, sidesOfDriver } = await import('../sides.ts');
    return flags['git-driver']
      ? compareForGit(sidesOfDriver(words, context), flags.data, context)
      : compare(sidesOf(words, context), flags.data, context);
  },
});
