#!/usr/bin/env node
import { loadQuick } from './load-quick.ts';
import { isQuick } from './quick-names.ts';

const [, , name] = process.argv;
const quick = isQuick(name) ? loadQuick(name) : undefined;
if (quick) {
  await quick.startQuick();
} else {
  const [{ commands }, { start }] = await Promise.all([import('./commands.ts'), import('./start.ts')]);
  await start(commands);
}
