import { command } from '../command.ts';

export const diff = command({
  name: 'diff',
  summary: 'Shows what differs in meaning between two experiments, or between two files',
  arguments: [
    ['<before>', 'FILE, FILE#name or FILE#sweep/ARM'],
    ['<after>', 'the same; of files with several experiments, those of one name are compared'],
  ],
  flags: {},
  notes:
    'Layout, comments, names and what is as by default mean nothing. Exit 0 if nothing differs, 1 if something does, 2 if that cannot be said.',
  examples: [
    ['dml diff old.dml new.dml', 'two versions of a file'],
    ['dml diff study.dml#plain study.dml#smoothed', 'two experiments of one file'],
    ['dml diff study.dml#mixes/1 study.dml#mixes/2', 'two arms of a sweep'],
  ],
  async run({ arguments: [before = '', after = ''] }, context) {
    const { compare } = await import('../compare.ts');
    return compare(before, after, context);
  },
});
