import { type CatalogueEntry, text } from '../../grammar/diagnostic.ts';

/** What can be wrong with a comparison: entries of `messages.ts`. */
export const compareEntries = {
  DML1370: {
    severity: 'error',
    message: text`\`${'name'}\` is compared with itself.`,
    help: text`Name each experiment and sweep once after \`of\`.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b, a { }',
  },
  DML1371: {
    severity: 'warning',
    message: text`The comparison \`${'name'}\` is of one experiment alone, \`${'arm'}\`.`,
    help: text`Name another one after \`of\`, or a sweep.`,
    example: 'experiment a extends base { labels: mean } compare c of a { }',
  },
  DML1372: {
    severity: 'error',
    message: text`\`${'name'}\` is no factor of this comparison.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { rows: batch }',
  },
  DML1373: {
    severity: 'error',
    message: text`\`${'factor'}\` is a factor of the table already.`,
    help: text`A factor goes down or across: name it once in \`rows\` and \`columns\`.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { rows: experiment  columns: experiment }',
  },
  DML1374: {
    severity: 'error',
    message: text`\`${'metric'}\` is not measured by ${'arms'}: \`evaluate\` of \`${'first'}\` measures ${'measured'}.`,
    help: text`Add it to \`evaluate\` of each, or take it away here.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { metrics: ece on mean }',
  },
  DML1375: {
    severity: 'error',
    message: text`No arm of this comparison has ${'record'}.`,
    example:
      'experiment a extends base { labels: mean } sweep s of a { vary batch in [1, 2] } compare c of s { baseline: (batch: 3) }',
  },
  DML1376: {
    severity: 'error',
    message: text`All arms are the baseline ${'baseline'}, so nothing is compared with it.`,
    help: text`Name one arm, or a record that some arms do not match.`,
    example:
      'experiment a extends base { labels: mean } sweep s of a { vary batch in [1, 2] } compare c of s { baseline: s }',
  },
  DML1377: {
    severity: 'error',
    message: text`\`${'statistic'}\` is of differences to a baseline, and there is none.`,
    help: text`Write \`baseline:\` with an arm, or take the statistic away.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { statistic: wilcoxon }',
  },
  DML1378: {
    severity: 'error',
    message: text`\`${'claim'}\` is about no result.`,
    help: text`Name one, such as \`student.dice\`.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { expect: 1 > 0 }',
  },
  DML1379: {
    severity: 'error',
    message: text`\`worst\` is the worst case of one metric of one arm, and \`${'found'}\` is more than that.`,
    help: text`Compare two of them, or take \`lower\` of the difference.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { expect: worst(a.dice - b.dice) > 0 }',
  },
  DML1380: {
    severity: 'error',
    message: text`It is open which arm's \`${'metric'}\` is meant.`,
    help: text`Put its name before it: \`${'arm'}.${'metric'}\`.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { expect: dice > 0.5 }',
  },
  DML1381: {
    severity: 'error',
    message: text`The comparison has \`${'metric'}\` more than once, so it is open which one is meant.`,
    help: text`Name one of them in \`metrics\`, with its truth.`,
    example:
      'experiment a extends base { labels: mean  evaluate: dice on voted, dice on mean } experiment b extends a { batch: 2 } compare c of a, b { expect: a.dice > b.dice }',
  },
  DML1382: {
    severity: 'error',
    message: text`The comparison has no \`${'metric'}\`: it has ${'measured'}.`,
    example:
      'experiment a extends base { labels: mean } experiment b extends a { batch: 2 } compare c of a, b { metrics: dice  expect: a.ece > b.ece }',
  },
} as const satisfies Record<`DML${number}`, CatalogueEntry>;
