import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Round } from '../../editors/server/analysis.ts';
import { publishing } from '../../editors/server/publishing.ts';
import type { Workspace } from '../../editors/server/workspace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Longer than anybody waits for the next letter. */
const aWhile = 1000;

function setting() {
  const rounds: Round[] = [];
  const workspace = {
    open: () => ['a.dml'],
    documents: () => [],
    folders: () => [],
    read: () => undefined,
    uriOf: (file: string) => `file:///${file}`,
  } as unknown as Workspace;
  const analyser = {
    analyse: (round: Round) => void rounds.push(round),
    cancel: () => {},
    repair: async () => undefined,
  };
  return { rounds, ...publishing(workspace, analyser, { diagnostics: () => {}, hints: () => {} }) };
}

test('an open file that changed is looked at once nobody types', () => {
  const { rounds, changed } = setting();
  changed('a.dml');
  expect(rounds).toEqual([]);
  vi.advanceTimersByTime(aWhile);
  expect(rounds.map(({ files }) => files)).toEqual([['a.dml']]);
});

test('what is told late of a text that changed since does not count for the new one', async () => {
  const { rounds, changed, told, before } = setting();
  changed('a.dml');
  vi.advanceTimersByTime(aWhile);
  changed('a.dml');
  let finish = () => {};
  const work = before(() => new Promise<void>((resolve) => (finish = resolve)));
  vi.advanceTimersByTime(aWhile);
  told({ number: rounds[0]!.number, file: 'a.dml', outlooks: {} });
  // Work begins behind what was waiting for its turn.
  await Promise.resolve();
  finish();
  await work;
  vi.advanceTimersByTime(aWhile);
  expect(rounds.map(({ files }) => files)).toEqual([['a.dml'], ['a.dml']]);
});
