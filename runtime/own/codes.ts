/** The codes of a user's own components that an experiment, or anything checked, is made of; its teachers' too. */
export function codesIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    for (const [key, inner] of Object.entries(part)) {
      if (key === 'code' && typeof inner === 'string') found.add(inner);
      else if (key !== 'span') visit(inner);
    }
  };
  visit(value);
  return found;
}
