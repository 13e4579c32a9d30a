import type { OnnxAttributes, OnnxBuilder } from './builder.ts';
import { encodeModel, type OnnxInitializer, type OnnxNode, type OnnxValue } from './protobuf.ts';
import { scheduled } from './schedule.ts';

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((size, axis) => size === b[axis]);

/**
 * Grows one ONNX model. Equal nodes are one; reshapes of reshapes collapse to one reshape of the first value;
 * what no output needs is left out. ONNX Runtime runs the model as written here (its own optimizer is off), so
 * what is saved here is saved at every step.
 */
export class ModelWriter implements OnnxBuilder {
  readonly #nodes: OnnxNode[] = [];
  readonly #known = new Map<string, readonly string[]>();
  readonly #initializers = new Map<string, OnnxInitializer>();
  readonly #inputs: OnnxValue[] = [];
  readonly #outputs = new Map<string, { readonly value: string; readonly shape: readonly number[] }>();
  /** For a reshaped value, the value before and its shape. */
  readonly #roots = new Map<string, OnnxValue>();
  readonly #shapes = new Map<string, readonly number[]>();
  readonly #names = new Map<string, number>();
  #scope = '';

  /** Nodes from here on are named after this part of the graph: `conv2d.12/Conv`. */
  scope(name: string): void {
    this.#scope = name;
  }

  input(name: string, shape: readonly number[]): string {
    this.#inputs.push({ name, shape });
    return this.#claim(name);
  }

  output(name: string, value: string, shape: readonly number[]): void {
    this.#outputs.set(name, { value, shape });
  }

  /** Notes the shape of a value, for tools that draw the model. */
  describe(value: string, shape: readonly number[]): void {
    this.#shapes.set(value, shape);
  }

  node(operation: string, inputs: readonly string[], attributes: OnnxAttributes = {}, domain = ''): string {
    return this.nodes(operation, inputs, 1, attributes, domain)[0]!;
  }

  nodes(
    operation: string,
    inputs: readonly string[],
    outputs: number,
    attributes: OnnxAttributes = {},
    domain = '',
  ): readonly string[] {
    const key = JSON.stringify([operation, domain, inputs, outputs, attributes]);
    const known = this.#known.get(key);
    if (known) return known;
    const name = this.#claim(this.#scope ? `${this.#scope}/${operation}` : operation);
    const names = outputs === 1 ? [name] : Array.from({ length: outputs }, (_, at) => `${name}:${at}`);
    this.#nodes.push({ operation, domain, name, inputs, outputs: names, attributes });
    this.#known.set(key, names);
    return names;
  }

  ints(values: readonly number[]): string {
    const data = BigInt64Array.from(values, BigInt);
    return this.#initializer(data, [values.length], values.length <= 8 ? `[${values}]` : 'indices');
  }

  constant(data: ArrayLike<number>, shape: readonly number[]): string {
    const name = data.length === 1 ? `${Math.fround(data[0]!)}` : 'constant';
    return this.#initializer(Float32Array.from(data), shape, name);
  }

  reshape(value: string, from: readonly number[], to: readonly number[]): string {
    const root = this.#roots.get(value) ?? { name: value, shape: from };
    if (same(root.shape, to)) return root.name;
    const reshaped = this.node('Reshape', [root.name, this.ints(to)]);
    this.#roots.set(reshaped, root);
    this.describe(reshaped, to);
    return reshaped;
  }

  /** The value that this one, of shape `shape`, was reshaped from; else itself. */
  origin(value: string, shape: readonly number[]): OnnxValue {
    return this.#roots.get(value) ?? { name: value, shape };
  }

  /** The model's bytes. */
  finish(name: string, doc = ''): Uint8Array {
    const used = this.#used();
    const renamed = this.#renamed();
    const rename = (value: string) => renamed.get(value) ?? value;
    const nodes = this.#nodes
      .filter((node) => node.outputs.some((output) => used.has(output)))
      .map((node) => ({
        ...node,
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      }));
    const copies = [...this.#outputs]
      .filter(([output, { value }]) => rename(value) !== output)
      .map(([output, { value }]) => copy(rename(value), output));
    return encodeModel({
      name,
      doc,
      nodes: scheduled([...nodes, ...copies]),
      initializers: [...this.#initializers.values()].filter((initializer) => used.has(initializer.name)),
      inputs: this.#inputs,
      outputs: [...this.#outputs].map(([output, { shape }]) => ({ name: output, shape })),
      values: [...this.#shapes]
        .filter(([value]) => used.has(value) && !renamed.has(value))
        .map(([value, shape]) => ({ name: value, shape })),
    });
  }

  /** Values that an output depends on. */
  #used(): ReadonlySet<string> {
    const used = new Set([...this.#outputs.values()].map(({ value }) => value));
    for (const node of this.#nodes.toReversed())
      if (node.outputs.some((output) => used.has(output))) for (const input of node.inputs) used.add(input);
    return used;
  }

  /** New names of values that are outputs; one that has its name already (an input, a second output) is copied. */
  #renamed(): ReadonlyMap<string, string> {
    const produced = new Set(this.#nodes.flatMap((node) => node.outputs));
    const renamed = new Map<string, string>();
    for (const [output, { value }] of this.#outputs)
      if (produced.has(value) && !renamed.has(value)) renamed.set(value, output);
    return renamed;
  }

  #initializer(data: Float32Array | BigInt64Array, shape: readonly number[], hint: string): string {
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const key = `${data.constructor.name} ${shape} ${new TextDecoder('latin1').decode(bytes)}`;
    const known = this.#initializers.get(key);
    if (known) return known.name;
    const initializer = { name: this.#claim(hint), shape, data };
    this.#initializers.set(key, initializer);
    return initializer.name;
  }

  /** The name itself the first time, then `name.1`, `name.2` … */
  #claim(name: string): string {
    const taken = this.#names.get(name);
    this.#names.set(name, (taken ?? 0) + 1);
    return taken === undefined ? name : this.#claim(`${name}.${taken}`);
  }
}

const copy = (from: string, to: string): OnnxNode => ({
  operation: 'Identity',
  domain: '',
  name: `${to}/Identity`,
  inputs: [from],
  outputs: [to],
  attributes: {},
});
