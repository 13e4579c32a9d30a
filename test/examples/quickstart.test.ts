import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { expectQuickstart } from '../support/quickstart.ts';

test('the quickstart shows after 120 of its steps that the semimetric loss keeps what the raters left open', async () => {
  await expectQuickstart('--set', 'train=120 steps');
}, 240_000);

test('npm start runs nothing but the quickstart', () => {
  expect(packageJson.scripts.start).toBe(
    'npm run --silent build && node dist/dml.js run examples/quickstart.dml#quickstart',
  );
});
