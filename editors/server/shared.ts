/** How many items of two sequences are equal from the start. */
export const sharedStart = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
};

/** How many items of two sequences are equal at the end. */
export const sharedEnd = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): number => {
  let length = 0;
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length])
    length++;
  return length;
};
