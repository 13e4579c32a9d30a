import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sentTokens } from '../../editors/server/token-deltas.ts';

/** The numbers after edits, as an editor applies them. */
const applied = (
  data: readonly number[],
  edits: readonly { start: number; deleteCount: number; data?: readonly number[] }[],
) => {
  const after = [...data];
  for (const edit of edits) after.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
  return after;
};
const numbers = fc.array(fc.nat(3), { maxLength: 12 });

test('edits make the tokens that were sent those of now, whatever they are', () => {
  fc.assert(
    fc.property(numbers, numbers, (before, after) => {
      const tokens = sentTokens();
      const { resultId } = tokens.whole('a', { data: before });
      const delta = tokens.since('a', resultId!, { data: after });
      expect('edits' in delta && applied(before, delta.edits)).toEqual(after);
    }),
  );
});

test('what does not differ is not sent', () => {
  const tokens = sentTokens();
  const before = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
  const { resultId } = tokens.whole('a', { data: before });
  expect(tokens.since('a', resultId!, { data: [0, 1, 2, 0, 4, 5, 6, 7, 8, 9] })).toMatchObject({
    edits: [{ start: 3, deleteCount: 1, data: [0] }],
  });
  const { resultId: next } = tokens.whole('a', { data: before });
  expect(tokens.since('a', next!, { data: before })).toMatchObject({ edits: [] });
});

test('of an answer that is not the last one, or of a file that was closed, all tokens are sent', () => {
  const tokens = sentTokens();
  const { resultId } = tokens.whole('a', { data: [1] });
  tokens.whole('a', { data: [2] });
  expect(tokens.since('a', resultId!, { data: [3] })).toMatchObject({ data: [3] });
  const { resultId: last } = tokens.whole('a', { data: [4] });
  tokens.forget('a');
  expect(tokens.since('a', last!, { data: [5] })).toMatchObject({ data: [5] });
});
