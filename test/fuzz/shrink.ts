/** A text that still fails and from which no stretch of the lengths tried can be taken, within some trials. */
export function shrunk(text: string, fails: (text: string) => boolean, trials = 2000): string {
  let smallest = text;
  let left = trials;
  for (
    let length = Math.ceil(text.length / 2);
    length >= 1;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let start = 0; start < smallest.length && left > 0; left -= 1) {
      const shorter = smallest.slice(0, start) + smallest.slice(start + length);
      if (fails(shorter)) smallest = shorter;
      else start += length;
    }
  }
  return smallest;
}
