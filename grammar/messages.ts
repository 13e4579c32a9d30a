import { catalogue, text } from './diagnostic.ts';

/** Everything that reading a file can find wrong with its text. What its words mean is the checker's (DML11xx on). */
export const messages = catalogue({
  DML1001: {
    severity: 'error',
    message: text`No statement has the character ${'found'}.`,
    example: 'experiment a { batch: 8 @ }',
  },
  DML1002: {
    severity: 'error',
    message: text`This text is not closed on its line.`,
    help: text`End it with \`"\`.`,
    example: 'use "./datasets.dml',
  },
  DML1003: {
    severity: 'error',
    message: text`${'rule'} Found ${'found'}.`,
    example: 'experiment a { labels: raters | average }',
  },
  DML1004: {
    severity: 'error',
    message: text`A number must not touch the name after it: found ${'found'}.`,
    help: text`Write ${'wanted'}.`,
    example: 'experiment a { loss: 0.25ce + 0.75 dml1 }',
  },
  DML1005: {
    severity: 'error',
    message: text`Names are made of the letters a to z, digits and \`_\`: found ${'found'}.`,
    example: 'experiment größe { batch: 8 }',
  },
  DML1099: {
    severity: 'error',
    message: text`Expected ${'expected'}, found ${'found'}.`,
    example: 'experiment { }',
  },
});
