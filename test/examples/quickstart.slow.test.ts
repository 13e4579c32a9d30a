import { test } from 'vitest';
import { expectQuickstart } from '../support/quickstart.ts';

test('the quickstart shows that the semimetric loss keeps what the raters left open', async () => {
  await expectQuickstart();
}, 240_000);
