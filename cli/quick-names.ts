const names = ['check', 'lint', 'fmt', 'diff'] as const;

export type QuickName = (typeof names)[number];

/** Whether a word is a command of `quick.ts`, told without loading it. */
export const isQuick = (word: string | undefined): word is QuickName =>
  (names as readonly (string | undefined)[]).includes(word);
