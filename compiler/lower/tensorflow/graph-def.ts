import type { TensorflowAttribute, TensorflowBuilder } from './builder.ts';
import type { TensorAttribute, TensorflowNode } from './protobuf.ts';

type NodeAttributes = Readonly<Record<string, TensorflowAttribute | TensorAttribute>>;

/** Grows a TensorFlow graph node by node. Equal constants are one. */
export class GraphDef implements TensorflowBuilder {
  readonly nodes: TensorflowNode[] = [];
  readonly #names = new Set<string>();
  readonly #constants = new Map<string, string>();
  #scope = '';

  /** Nodes from here on are named after this part of the graph: `conv2d.12/Conv2D`. */
  scope(name: string): void {
    this.#scope = name;
  }

  op(type: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.named(this.#scope ? `${this.#scope}/${type}` : type, type, inputs, attributes);
  }

  /** A node under a name of its own, or that name with a number where it is taken. */
  named(name: string, type: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    const unique = this.#claim(nodeName(name));
    this.nodes.push({ name: unique, operation: type, inputs, attributes });
    return unique;
  }

  ints(values: readonly number[]): string {
    return this.#constant(Int32Array.from(values), [values.length]);
  }

  int(value: number): string {
    return this.#constant(Int32Array.of(value), []);
  }

  constant(data: ArrayLike<number>, shape: readonly number[]): string {
    return this.#constant(Float32Array.from(data), shape);
  }

  /** What a caller feeds. */
  placeholder(name: string, shape: readonly number[]): string {
    return this.named(name, 'Placeholder', [], { dtype: { type: 'float' }, shape: { shape } });
  }

  /** The same value under another name; the nodes of `after` run first. */
  identity(name: string, value: string, after: readonly string[] = []): string {
    return this.named(name, 'Identity', [value, ...after.map((node) => `^${node}`)], {
      T: { type: 'float' },
    });
  }

  /** A node that stands for all of these having run. */
  group(name: string, after: readonly string[]): string {
    return this.named(
      name,
      'NoOp',
      after.map((node) => `^${node}`),
    );
  }

  #constant(tensor: Float32Array | Int32Array, dimensions: readonly number[]): string {
    const type = tensor instanceof Float32Array ? 'float' : 'int32';
    const bytes = Buffer.from(tensor.buffer, tensor.byteOffset, tensor.byteLength).toString('latin1');
    const key = `${type} ${dimensions} ${bytes}`;
    const known = this.#constants.get(key);
    if (known) return known;
    const name = this.named('Const', 'Const', [], { dtype: { type }, value: { tensor, dimensions } });
    this.#constants.set(key, name);
    return name;
  }

  #claim(name: string): string {
    let unique = name;
    for (let count = 1; this.#names.has(unique); count++) unique = `${name}_${count}`;
    this.#names.add(unique);
    return unique;
  }
}

/** TensorFlow's rule: letters, digits and `_ . - /`, the first a letter, a digit or a dot. */
const nodeName = (name: string): string =>
  name.replace(/[^A-Za-z0-9_.\-/]/g, '_').replace(/^[^A-Za-z0-9.]/, 'n$&');
