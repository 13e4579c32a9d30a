/** The index of the first item that lies at an offset or behind it, in a list that is sorted by that. */
export function firstFrom<T>(items: readonly T[], offset: number, placeOf: (item: T) => number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(items[middle]!) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
