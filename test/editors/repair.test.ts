import { expect, test } from 'vitest';
import { rememberLaws } from '../../compiler/laws/term.ts';
import { type Repair, type RepairOrder, repaired } from '../../editors/server/repair.ts';
import type { Analysis } from '../../editors/server/services.ts';
import { registry } from '../../runtime/registry.generated.ts';
import { witnessOf } from '../../runtime/witness.ts';
import { tiny } from '../support/dml.ts';

const other = { path: '/study/b.dml', text: 'dml 1\nlet other = 0.5 ce + 0.5 dml1\n' };
const services: Analysis = {
  registry,
  witness: witnessOf(registry),
  laws: rememberLaws(),
  read: (path) => (path === other.path ? other : undefined),
  list: () => [],
  components: () => undefined,
  outlook: async () => undefined,
};
const order = (text: string, repair: Repair = 'source.fixAll.dml'): RepairOrder => ({
  number: -2,
  repair,
  file: '/study/a.dml',
  documents: [{ uri: 'file:///study/a.dml', text }],
  folders: ['/study'],
});
const after = (text: string, repair?: Repair) => repaired(order(text, repair), services, () => false);

const using = (text: string) => text.replace('dml 1\n', 'dml 1\nuse "./b.dml"\n');

test('safe fixes are applied, all in one go, and those that change the meaning are not', async () => {
  const mended = await after(using(tiny({ loss: '0.25 ce + 0.75 ce', labels: 'mask |> smooth(1)' })));
  expect(mended).toContain('loss: ce\n');
  expect(mended).not.toContain('use ');
  const unsafe = tiny({ loss: '0.25 ce + 0.75 sdl' });
  expect(await after(unsafe)).toBe(unsafe);
});

test('only what is not used is taken away where imports alone are asked for', async () => {
  const mended = await after(using(tiny({ loss: '0.25 ce + 0.75 ce' })), 'source.organizeImports.dml');
  expect(mended).toContain('0.25 ce + 0.75 ce');
  expect(mended).not.toContain('use ');
  const used = using(tiny({ loss: 'other' }));
  expect(await after(used, 'source.organizeImports.dml')).toBe(used);
});

test('a file with errors stays as it is, since nothing can be proved of it', async () => {
  const wrong = tiny({ loss: '0.25 ce + 0.75 ce', model: 'unett' });
  expect(await after(wrong)).toBe(wrong);
});

test('what is overtaken gives up, whichever question it is at', async () => {
  const text = tiny({ loss: '0.25 ce + 0.75 ce' });
  let questions = 0;
  const count = () => {
    questions++;
    return false;
  };
  expect(await repaired(order(text), services, count)).toContain('loss: ce');
  const all = questions;
  expect(all).toBeGreaterThan(1);
  for (let last = 0; last < all; last++) {
    questions = 0;
    expect(await repaired(order(text), services, () => questions++ >= last)).toBeUndefined();
  }
});
