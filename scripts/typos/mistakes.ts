/** Every text that is one wrong character away from a word. */

export const letters = 'abcdefghijklmnopqrstuvwxyz0123456789_';
export const digits = '0123456789.%-e';

/** A character left out, one too many, another one, two neighbours exchanged; each text once, never the word itself. */
export function mistakesOf(word: string, alphabet: string): readonly string[] {
  const found = new Set<string>();
  for (let i = 0; i <= word.length; i++) {
    const [before, here, after] = [word.slice(0, i), word.slice(i, i + 1), word.slice(i + 1)];
    for (const letter of alphabet) found.add(before + letter + here + after);
    if (here === '') continue;
    found.add(before + after);
    for (const letter of alphabet) found.add(before + letter + after);
    if (after !== '') found.add(before + after[0] + here + after.slice(1));
  }
  found.delete(word);
  return [...found];
}
