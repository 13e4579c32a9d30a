import { expect, test } from 'vitest';
import { groupBy } from '../../grammar/group-by.ts';

test('groups stand in the order of their first members, and members in theirs', () => {
  const groups = groupBy(['sdl', 'ce', 'sjl', 'dml1', 'kl'], ({ length }) => length);
  expect([...groups]).toEqual([
    [3, ['sdl', 'sjl']],
    [2, ['ce', 'kl']],
    [4, ['dml1']],
  ]);
});
