import { catalogue, text } from '../../grammar/diagnostic.ts';

/** What can be wrong with a canonical file as YAML; what its values mean is checked like a `.dml` file. */
export const messages = catalogue({
  DML1401: {
    severity: 'error',
    message: text`This is no YAML: ${'problem'}.`,
    example: 'experiment: [a',
  },
  DML1402: {
    severity: 'error',
    message: text`Expected ${'expected'}, found ${'found'}.`,
    example: 'dml: 1\nexperiment: {}',
  },
  DML1404: {
    severity: 'error',
    message: text`\`${'key'}\` stands twice in this map.`,
    help: text`Take one of them away.`,
    example: 'dml: 1\nexperiment: a\nbatch: 1\nbatch: 2',
  },
  DML1405: {
    severity: 'error',
    message: text`There is no \`${'key'}\` in ${'owner'}.`,
    example: 'dml: 1\nexperiment: a\nloss: [{wieght: 1, loss: ce}]',
  },
  DML1406: {
    severity: 'error',
    message: text`${'keys'} must be given in ${'owner'}.`,
    example: 'dml: 1\nexperiment: a\nloss: [{loss: ce}]',
  },
  DML1407: {
    severity: 'error',
    message: text`\`${'found'}\` is ${'what'} of YAML, which has no meaning here.`,
    help: text`Write the value out.`,
    example: 'dml: 1\nexperiment: a\nfold: &n 1\nseed: *n',
  },
  DML1408: {
    severity: 'error',
    message: text`\`${'name'}\` was written with other code than the file in \`use\` has.`,
    help: text`Take \`code\` away to have the component as that file has it.`,
    example: 'dml: 1\nexperiment: a\nuse: [{file: ./own.ts}]\nloss: [{weight: 1, loss: {edgy: {code: old}}}]',
  },
  DML1403: {
    severity: 'error',
    message: text`"${'file'}" is not what it was when this was written.`,
    help: text`Bring that file back, or take \`code\` away to have its components as they are now.`,
    example: 'dml: 1\nexperiment: a\nuse: [{file: ./own.ts, code: old}]',
  },
  DML1409: {
    severity: 'error',
    message: text`\`${'path'}\` has ${'count'} values, and \`${'first'}\` has ${'other'}.`,
    help: text`Paths in one entry of \`vary\` take their values together: write as many for each, or an entry for each path.`,
    example:
      'dml: 1\nexperiment: {a: {batch: 1}}\nsweep: {s: {of: a, vary: [{batch: [1, 2], train: [1 epoch]}]}}',
  },
});
