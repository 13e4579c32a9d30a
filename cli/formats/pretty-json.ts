/** JSON with two blanks a level, as `JSON.stringify` writes it, but a list of plain values stays on one line. */
export function prettyJson(value: unknown, indent = ''): string {
  const inner = `${indent}  `;
  const entries = entriesOf(value);
  if (!entries) return JSON.stringify(value) ?? 'null';
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const lines = entries.map(
    ([key, one]) => `${inner}${key === undefined ? '' : `${JSON.stringify(key)}: `}${prettyJson(one, inner)}`,
  );
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}

/** What takes a line each; `undefined` if the value fits on one. */
function entriesOf(value: unknown): (readonly [key: string | undefined, value: unknown])[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value))
    return value.some((one) => typeof one === 'object' && one !== null)
      ? value.map((one) => [undefined, one])
      : undefined;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return entries.length > 0 ? entries : undefined;
}
