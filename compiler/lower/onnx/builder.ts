/** Attribute of an ONNX node; a float is written `{ float: 1 }` because a bare number is an integer. */
export type OnnxAttribute = number | string | readonly number[] | { readonly float: number };
export type OnnxAttributes = Readonly<Record<string, OnnxAttribute>>;

/** What an operation's ONNX lowering may do. Every value is float32 unless made by `ints`. */
export interface OnnxBuilder {
  /** Adds a node with one output and returns the name of that output. An input of `''` is left out. */
  node(operation: string, inputs: readonly string[], attributes?: OnnxAttributes, domain?: string): string;
  /** The same for a node with several outputs. */
  nodes(
    operation: string,
    inputs: readonly string[],
    outputs: number,
    attributes?: OnnxAttributes,
    domain?: string,
  ): readonly string[];
  /** An int64 vector initializer, shared when equal. */
  ints(values: readonly number[]): string;
  /** A float32 initializer, shared when equal. */
  constant(data: ArrayLike<number>, shape: readonly number[]): string;
  /** The same elements under another shape; nothing where the shape is equal. */
  reshape(value: string, from: readonly number[], to: readonly number[]): string;
}
