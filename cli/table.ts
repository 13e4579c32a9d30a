/** What a table shows: texts already formatted; a title may have several lines; a column of numbers goes to the right. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns that go to the right, whatever stands in them. */
  readonly numbers?: readonly number[];
}

const numeric = /^[−+-]?[\d.,]+(e[−+-]?\d+)?( ?± ?[\d.,]+)?( ?[%a-zA-Z]{1,4}(\/s)?)?$/;
const missing = '–';

/** Columns two blanks apart, a line under the head, no blank at the end of a line; ends with a line break. */
export function printTable({ head, rows, numbers = [] }: Table): string {
  const columns = head.map((title, c) => {
    const cells = rows.map((row) => row[c] ?? missing);
    return {
      width: Math.max(...[...title.split('\n'), ...cells].map(widthOf)),
      right:
        numbers.includes(c) ||
        (cells.length > 0 && cells.every((cell) => numeric.test(cell) || cell === missing)),
    };
  });
  const line = (cells: readonly string[]) =>
    columns
      .map(({ width, right }, c) => pad(cells[c] ?? missing, width, right))
      .join('  ')
      .trimEnd();
  const height = Math.max(...head.map((title) => title.split('\n').length));
  const heads = Array.from({ length: height }, (_, i) =>
    line(head.map((title) => title.split('\n')[i] ?? '')),
  );
  const rule = columns.map(({ width }) => '─'.repeat(width)).join('──');
  return `${[...heads, rule, ...rows.map(line)].join('\n')}\n`;
}

/** Facts, one a line: names aligned, values in full. */
export function printFacts(facts: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(0, ...facts.map(([name]) => widthOf(name)));
  return facts.map(([name, value]) => `${pad(name, width, false)}  ${value}\n`).join('');
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? blanks + text : text + blanks;
}

const widthOf = (text: string) => [...text].length;
