import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { sarif } from '../../../cli/formats/sarif.ts';
import { lintText } from '../../compiler/lint/support.ts';

/** The schema of OASIS is not part of the project: `.ci/run` gets it and names its folder. */
const schemas = process.env.DML_SCHEMAS;
const reason = schemas ? '' : ' (skipped: DML_SCHEMAS names no folder of schemas)';

test.skipIf(!schemas)(`findings, fixes and failures are valid SARIF 2.1.0${reason}`, async () => {
  // One pattern of the schema is no regular expression with the Unicode flag.
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false });
  const validate = ajv.compile(JSON.parse(readFileSync(path.join(schemas!, 'sarif-2.1.0.json'), 'utf8')));
  const files = [
    'experiment a extends base { labels: mean  loss: 0.25ce + 0.75 sdl }',
    'experiment a extends base { labels: mean  loss: 0.25 ce + 0.75 sdl }',
    'experiment a extends base { labels: mean  loss: 0.25 ce + 0.75 dlm1 }',
    '',
  ];
  for (const text of files) {
    const { diagnostics } = await lintText(text);
    for (const failure of [
      undefined,
      { message: 'There is no file.', file: '/tmp/a b.dml', help: 'Look.' },
    ]) {
      const log: unknown = JSON.parse(
        sarif({ command: 'lint', exit: failure ? 2 : 1, data: {}, diagnostics, failure }),
      );
      validate(log);
      expect(validate.errors ?? []).toEqual([]);
    }
  }
  expect(validate({ version: '2.1.0', runs: [{ results: [] }] })).toBe(false);
});
