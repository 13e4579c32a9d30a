import { catalogue, text } from '../../grammar/diagnostic.ts';

/** What can be wrong with a canonical file as YAML; what its values mean is checked like a `.dml` file. */
export const messages = catalogue({
  DML1401: {
    severity: 'error',
    message: text`This is no YAML: ${'problem'}`,
    example: 'experiment: [a',
  },
  DML1402: {
    severity: 'error',
    message: text`Expected ${'expected'}, found ${'found'}.`,
    example: 'dml: 1\nexperiment: {}',
  },
  DML1403: {
    severity: 'error',
    message: text`"${'file'}" is not what it was when this was written.`,
    help: text`Bring that file back, or take \`code\` away to have its components as they are now.`,
    example: 'dml: 1\nexperiment: a\nuse: [{file: ./own.ts, code: old}]',
  },
});
