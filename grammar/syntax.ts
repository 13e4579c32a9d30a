import type { Source, Span } from './source.ts';

/** What was written, with every token's place and every comment kept; nothing is resolved here. */
export interface SyntaxTree {
  readonly source: Source;
  /** `text` is the number as written, which may be larger than any value. */
  readonly version: { readonly value: number; readonly text: string; readonly span: Span } | undefined;
  readonly declarations: readonly Declaration[];
  /** In the order of the file; `##` comments are `doc`. */
  readonly comments: readonly Comment[];
}

export interface Comment {
  /** Without `#` or `##`, one blank after it, and blanks at the end. */
  readonly text: string;
  readonly doc: boolean;
  /** Nothing but blanks stands before it on its line. */
  readonly ownLine: boolean;
  readonly span: Span;
}

export interface Identifier {
  readonly text: string;
  readonly span: Span;
}

export type Declaration = Use | Let | Block;

export interface Use {
  readonly kind: 'use';
  readonly path: TextLiteral;
  readonly alias: Identifier | undefined;
  readonly span: Span;
}

export interface Let {
  readonly kind: 'let';
  readonly name: Identifier;
  readonly value: Expression;
  readonly span: Span;
}

export interface Block {
  readonly kind: 'block';
  /** `dataset`, `protocol`, `experiment`, `sweep`, `compare`, or a misspelling that the checker reports. */
  readonly keyword: Identifier;
  readonly name: Identifier;
  readonly parent: Reference | undefined;
  readonly bases: readonly Reference[];
  readonly statements: readonly Statement[];
  /** Text of the `##` lines right above it. */
  readonly doc: string | undefined;
  readonly span: Span;
}

/** `a.b.c` */
export interface Reference {
  readonly path: readonly Identifier[];
  readonly span: Span;
}

export type Statement = Field | Vary | Factor;

/** `model.width: 16`, `expect: dice > 0.85, ece < 5%` */
export interface Field {
  readonly kind: 'field';
  readonly target: Reference;
  readonly values: readonly Expression[];
  readonly span: Span;
}

/** `vary a, b in [(1, 2), (3, 4)]` */
export interface Vary {
  readonly kind: 'vary';
  readonly targets: readonly Reference[];
  readonly values: Expression;
  readonly span: Span;
}

/** `let w in [0, 0.5, 1]`, in a sweep */
export interface Factor {
  readonly kind: 'factor';
  readonly name: Identifier;
  readonly values: Expression;
  readonly span: Span;
}

export type Expression =
  | NumberLiteral
  | SizeLiteral
  | TextLiteral
  | Name
  | Call
  | List
  | Tuple
  | Group
  | Member
  | Negation
  | Scaled
  | Binary
  | Range
  | Pipeline
  | Sequence
  | On
  | At
  | Comparison
  | Unreadable;

/**
 * Stands for what could not be read. The grammar has said why, so that later stages pass over it in silence: a field
 * with such a value is there, a name with such a value is declared. Only trees of files with errors have it.
 */
export interface Unreadable {
  readonly kind: 'unreadable';
  readonly span: Span;
}

/** `1e-3`, `2/3`, `5%`, `40k`; `text` keeps the spelling, `value` is what it means (5% is 0.05). */
export interface NumberLiteral {
  readonly kind: 'number';
  readonly text: string;
  readonly value: number;
  readonly percent: boolean;
  readonly span: Span;
}

/** `256 x 256` */
export interface SizeLiteral {
  readonly kind: 'size';
  readonly texts: readonly string[];
  readonly values: readonly number[];
  readonly span: Span;
}

export interface TextLiteral {
  readonly kind: 'text';
  readonly value: string;
  readonly span: Span;
}

export interface Name {
  readonly kind: 'name';
  readonly path: readonly Identifier[];
  readonly span: Span;
}

export interface Argument {
  readonly name: Identifier | undefined;
  readonly value: Expression;
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  readonly callee: Name;
  readonly arguments: readonly Argument[];
  readonly span: Span;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Argument[];
  readonly span: Span;
}

/** `(1, 2)` and the record `(labels: voted, loss: ce)` */
export interface Tuple {
  readonly kind: 'tuple';
  readonly items: readonly Argument[];
  readonly span: Span;
}

/** Parentheses around one expression. */
export interface Group {
  readonly kind: 'group';
  readonly inner: Expression;
  readonly span: Span;
}

export interface Member {
  readonly kind: 'member';
  readonly object: Expression;
  readonly name: Identifier;
  readonly span: Span;
}

export interface Negation {
  readonly kind: 'negation';
  readonly operand: Expression;
  readonly span: Span;
}

/** A literal right before what it scales: `0.75 dml1`, `150 epochs`, `0.5 (a + b)`. */
export interface Scaled {
  readonly kind: 'scaled';
  readonly factor: NumberLiteral | SizeLiteral;
  readonly operand: Expression;
  readonly span: Span;
}

export interface Binary {
  readonly kind: 'binary';
  readonly operator: '+' | '-' | '*' | '/';
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export interface Range {
  readonly kind: 'range';
  readonly low: Expression;
  readonly high: Expression;
  readonly span: Span;
}

/** `a |> b |> c`: at least two stages. */
export interface Pipeline {
  readonly kind: 'pipeline';
  readonly stages: readonly Expression[];
  readonly span: Span;
}

/** `a then b`: at least two phases. */
export interface Sequence {
  readonly kind: 'sequence';
  readonly phases: readonly Expression[];
  readonly span: Span;
}

export interface On {
  readonly kind: 'on';
  readonly subject: Expression;
  readonly target: Expression;
  readonly span: Span;
}

export interface At {
  readonly kind: 'at';
  readonly subject: Expression;
  readonly head: Identifier;
  readonly span: Span;
}

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: '<' | '<=' | '>' | '>=' | 'in';
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}
