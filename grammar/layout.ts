/**
 * Text with places where a line may break, after Wadler's "A prettier printer": a group is printed on one line if it
 * fits, else all its own lines break, and the groups in it are tried one by one.
 */
export type Doc =
  | string
  | readonly Doc[]
  | { readonly kind: 'group'; readonly doc: Doc; readonly broken: boolean }
  /** A line end, or `flat` where the group is on one line; without it the line always ends. */
  | { readonly kind: 'line'; readonly flat: string | undefined }
  /** Lines in it start two columns further right. */
  | { readonly kind: 'indent'; readonly doc: Doc }
  /** Lines in it start in the column where it starts. */
  | { readonly kind: 'align'; readonly doc: Doc }
  /** Text only where the group is broken. */
  | { readonly kind: 'broken'; readonly text: string }
  /** Text at the end of the line, which ends with it and does not count for its width. */
  | { readonly kind: 'comment'; readonly text: string };

export const group = (doc: Doc): Doc => ({ kind: 'group', doc, broken: mustBreak(doc) });
export const indent = (doc: Doc): Doc => ({ kind: 'indent', doc });
export const align = (doc: Doc): Doc => ({ kind: 'align', doc });
export const whenBroken = (text: string): Doc => ({ kind: 'broken', text });
export const endComment = (text: string): Doc => ({ kind: 'comment', text });
export const line: Doc = { kind: 'line', flat: ' ' };
export const softLine: Doc = { kind: 'line', flat: '' };
export const hardLine: Doc = { kind: 'line', flat: undefined };

function mustBreak(doc: Doc): boolean {
  if (typeof doc === 'string') return false;
  if ('length' in doc) return doc.some(mustBreak);
  switch (doc.kind) {
    case 'group':
      return doc.broken;
    case 'line':
      return doc.flat === undefined;
    case 'indent':
    case 'align':
      return mustBreak(doc.doc);
    case 'broken':
      return false;
    case 'comment':
      return true;
  }
}

/** What is still to be printed. */
interface Rest {
  readonly doc: Doc;
  readonly column: number;
  readonly flat: boolean;
  readonly next: Rest | undefined;
}

/** The text of a document in lines of at most `width` columns, where its breaks allow it. */
export function layout(document: Doc, width: number): string {
  const lines: string[] = [];
  let current = '';
  let comment = '';
  const endLine = () => {
    lines.push((comment ? `${current}  ${comment}` : current).trimEnd());
    comment = '';
  };
  let rest: Rest | undefined = { doc: document, column: 0, flat: false, next: undefined };
  while (rest) {
    const { doc, column, flat, next }: Rest = rest;
    rest = next;
    if (typeof doc === 'string') current += doc;
    else if ('length' in doc) rest = sequence(doc, column, flat, next);
    else if (doc.kind === 'group') {
      const inner: Rest = { doc: doc.doc, column, flat: true, next };
      rest = !doc.broken && (flat || fits(inner, width - current.length)) ? inner : { ...inner, flat: false };
    } else if (doc.kind === 'indent') rest = { doc: doc.doc, column: column + 2, flat, next };
    else if (doc.kind === 'align') rest = { doc: doc.doc, column: current.length, flat, next };
    else if (doc.kind === 'broken') current += flat ? '' : doc.text;
    else if (doc.kind === 'comment') comment = doc.text;
    else if (flat && doc.flat !== undefined) current += doc.flat;
    else {
      endLine();
      current = ' '.repeat(column);
    }
  }
  endLine();
  return lines.join('\n');
}

const sequence = (
  docs: readonly Doc[],
  column: number,
  flat: boolean,
  next: Rest | undefined,
): Rest | undefined =>
  docs.reduceRight<Rest | undefined>((following, doc) => ({ doc, column, flat, next: following }), next);

/** Whether everything up to the next line end has room. */
function fits(start: Rest, width: number): boolean {
  let room = width;
  let rest: Rest | undefined = start;
  while (rest && room >= 0) {
    const { doc, column, flat, next }: Rest = rest;
    rest = next;
    if (typeof doc === 'string') room -= doc.length;
    else if ('length' in doc) rest = sequence(doc, column, flat, next);
    else if (doc.kind === 'group') rest = { doc: doc.doc, column, flat: flat && !doc.broken, next };
    else if (doc.kind === 'indent' || doc.kind === 'align') rest = { doc: doc.doc, column, flat, next };
    else if (doc.kind === 'broken') room -= flat ? 0 : doc.text.length;
    else if (doc.kind === 'comment') return true;
    else if (flat && doc.flat !== undefined) room -= doc.flat.length;
    else return true;
  }
  return room >= 0;
}
