import { catalogue, text } from '../../grammar/diagnostic.ts';

/** What is wrong with suppressions themselves; the rules have the codes from DML31 on. */
export const messages = catalogue({
  DML3001: {
    severity: 'warning',
    message: text`This suppresses nothing: ${'missing'}.`,
    help: text`Write \`# dml-ignore DML3101: why it is right here\`.`,
    example: '# dml-ignore DML3101\nexperiment a extends base { labels: mean }',
  },
  DML3002: {
    severity: 'warning',
    message: text`There is no ${'code'} to suppress here.`,
    help: text`Take the comment away, or move it to the line before the statement that it means.`,
    example: '# dml-ignore DML3101: compared on purpose\nexperiment a extends base { labels: mean }',
  },
  DML3003: {
    severity: 'warning',
    message: text`There is no finding ${'code'}.`,
    help: text`Codes look like DML3101; \`dml lint\` prints that of each finding.`,
    example: '# dml-ignore DML3199: compared on purpose\nexperiment a extends base { labels: mean }',
  },
});
