/** Attribute of a TensorFlow node; bare numbers are ambiguous there, so each names its kind. */
export type TensorflowAttribute =
  | { readonly type: 'float' | 'int32' | 'resource' | 'bool' }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly bool: boolean }
  | { readonly string: string }
  | { readonly ints: readonly number[] }
  | { readonly shape: readonly number[] };

/** What an operation's TensorFlow lowering may do. Every value is float32 unless made by `ints`. */
export interface TensorflowBuilder {
  /** Adds a node and returns the name of its first output. */
  op(
    type: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, TensorflowAttribute>>,
  ): string;
  /** An int32 vector constant, shared when equal. */
  ints(values: readonly number[]): string;
  /** An int32 scalar constant. */
  int(value: number): string;
  /** A float32 constant, shared when equal. */
  constant(data: ArrayLike<number>, shape: readonly number[]): string;
}
