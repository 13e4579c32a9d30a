import { catalogue, text } from './diagnostic.ts';

/** As code in a message. */
export const quote = (code: string): string => `\`${code}\``;

/** What reading a file can find wrong with its text. What its words mean is the checker's to say. */
export const messages = catalogue({
  DML1000: {
    severity: 'error',
    message: text`Expected ${'expected'}${'after'}, found ${'found'}.`,
    example: 'experiment { }',
  },
  DML1001: {
    severity: 'error',
    message: text`The language has no ${'found'}.`,
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
    message: text`${'rule'}, found ${'found'}.`,
    help: text`${'advice'}`,
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
    message: text`A name has only the letters a to z, digits and \`_\`: found ${'found'}.`,
    example: 'experiment größe { batch: 8 }',
  },
  DML1006: {
    severity: 'error',
    message: text`${'word'} is a reserved word and cannot be a name.`,
    help: text`Reserved are ${'words'}.`,
    example: 'let of = ce',
  },
  DML1010: {
    severity: 'error',
    message: text`Expected ${'sign'} after ${'name'}, found ${'found'}.`,
    help: text`Write ${'wanted'}.`,
    example: 'experiment a { batch 8 }',
  },
  DML1011: {
    severity: 'error',
    message: text`${'thing'} is written with ${'sign'}, found ${'found'}.`,
    help: text`Write ${'wanted'}.`,
    example: 'experiment a { batch = 8 }',
  },
  DML1012: {
    severity: 'error',
    message: text`A field has one value; \`in\` gives several, which only a \`vary\` of a sweep takes.`,
    help: text`Write ${'wanted'}.`,
    example: 'sweep a of b { labels in [voted, mean] }',
  },
  DML1013: {
    severity: 'error',
    message: text`Expected a value after ${'before'}, found ${'found'}.`,
    example: 'experiment a { batch: }',
  },
  DML1014: {
    severity: 'error',
    message: text`This ${'opening'} is not closed.`,
    help: text`Add ${'closing'}.`,
    example: 'experiment a { model: unet(width: 16 }',
  },
  DML1015: {
    severity: 'error',
    message: text`${'opening'} is closed by ${'closing'}, found ${'found'}.`,
    help: text`Write ${'closing'}.`,
    example: 'experiment a { model: unet(width: 16] }',
  },
  DML1016: {
    severity: 'error',
    message: text`Two values side by side: ${'left'} and ${'right'}.`,
    help: text`Values are separated by commas; a weight that has a name is multiplied: \`w * ce\`.`,
    example: 'experiment a { loss: w ce }',
  },
  DML1017: {
    severity: 'error',
    message: text`A block extends one other, found a second after ${'parent'}.`,
    help: text`Only \`of\`, in a sweep or a compare, takes several.`,
    example: 'experiment a extends b, c { }',
  },
  DML1018: {
    severity: 'error',
    message: text`The block ${'name'} is not closed.`,
    help: text`Add \`}\` before this.`,
    example: 'experiment a { batch: 8',
  },
  DML1019: {
    severity: 'error',
    message: text`This ${'found'} closes nothing.`,
    example: 'let a = ce)',
  },
  DML1020: {
    severity: 'error',
    message: text`${'name'} stands outside of all blocks.`,
    help: text`A block begins with a line like \`experiment name {\`.`,
    example: 'batch: 8',
  },
  DML1021: {
    severity: 'error',
    message: text`${'word'} stands inside of the block ${'name'}.`,
    help: text`${'advice'}`,
    example: 'experiment a { let b = ce }',
  },
  DML1022: {
    severity: 'error',
    message: text`Expected a declaration, found ${'found'}.`,
    help: text`A file holds \`use\`, \`let\` and blocks, like \`experiment name { … }\`.`,
    example: '3 epochs',
  },
  DML1023: {
    severity: 'error',
    message: text`Expected the version of the language before everything else, found it here.`,
    help: text`\`dml 1\` is the first line of a file.`,
    example: 'use "./a.dml"\ndml 1',
  },
  DML1024: {
    severity: 'error',
    message: text`Options stand in parentheses, found ${'found'}.`,
    help: text`Write \`${'name'}: component(option: value)\`.`,
    example: 'experiment a { model: { width: 16 } }',
  },
  DML1025: {
    severity: 'error',
    message: text`Brackets are nested more than ${'most'} deep.`,
    help: text`Give a name to a part with a \`let\`.`,
    example: `let a = ${'('.repeat(70)}1${')'.repeat(70)}`,
  },
  DML1026: {
    severity: 'error',
    message: text`A value is joined of more than ${'most'} parts.`,
    help: text`Give a name to a part with a \`let\`.`,
    example: `let a = 1${' + 1'.repeat(1000)}`,
  },
});
