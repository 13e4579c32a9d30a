import { GraphBuilder, type Value } from '../builder.ts';
import type { Graph, Node, Storage, Variable } from '../graph.ts';
import { reachable } from '../graph.ts';
import { packFilterOperation } from '../operations/blocked/pack-filter.ts';
import { packVectorOperation } from '../operations/blocked/pack-vector.ts';
import { unpackFilterOperation } from '../operations/blocked/unpack-filter.ts';
import { unpackVectorOperation } from '../operations/blocked/unpack-vector.ts';
import { convolutionRules } from './layout/convolution-rules.ts';
import { type Form, plain, storedShape } from './layout/form.ts';
import { imageRules } from './layout/image-rules.ts';
import { Placed } from './layout/placed.ts';
import { pointwiseRule } from './layout/pointwise-rule.ts';
import type { LayoutContext, LayoutRule } from './layout/rule.ts';
import { variableForms, type Wishes } from './layout/wishes.ts';
import type { Pass } from './rewrite.ts';

const rules: Readonly<Record<string, LayoutRule>> = { ...convolutionRules, ...imageRules };

/**
 * Puts images and filters into blocks of `block` channels, for the convolutions of the native engine. Every value has
 * one form in which it comes to be; an operation that can work in the form of its inputs does so, and what cannot gets
 * them in the plain form. Variables are stored as the operations that use them want them: a first walk, with all of
 * them plain, finds out how.
 */
export const blockedLayout =
  (block: number): Pass =>
  (graph) => {
    const { wishes } = layOut(graph, block, new Map());
    return layOut(graph, block, variableForms(graph, wishes)).graph;
  };

/** The graph in the blocked layout, given the forms of variables that are not plain. */
function layOut(
  graph: Graph,
  block: number,
  forms: ReadonlyMap<string, Form>,
): { readonly graph: Graph; readonly wishes: Wishes } {
  const builder = new GraphBuilder();
  const variables = new Map(graph.variables.map((variable) => [variable.name, stored(variable, forms)]));
  for (const [name, variable] of variables) builder.variables.set(name, variable);
  const needed = new Set(
    Object.keys(graph.functions).flatMap((name) => reachable(graph, name).map(({ id }) => id)),
  );
  const nodes = graph.nodes.filter(({ id }) => needed.has(id));
  const users = usersOf(nodes);
  const places = new Map<number, Placed>();
  const wishes = new Map<number, Form[]>();
  for (const node of nodes) {
    const inputs = node.inputs.map((id) => places.get(id)!);
    const place =
      node.operation.name === 'variable'
        ? variablePlace(builder, variables.get(String(node.attributes.name))!, forms)
        : placeOf({ builder, node, inputs, block, users: (id) => users.get(id) ?? [] });
    place.onWish = (form) => wishes.set(node.id, [...(wishes.get(node.id) ?? []), form]);
    places.set(node.id, place);
  }
  for (const [name, { outputs, updates }] of Object.entries(graph.functions)) {
    const values = (ids: Readonly<Record<string, number>>, form: (key: string) => Form) =>
      Object.fromEntries(
        Object.entries(ids).map(([key, id]): [string, Value] => [key, places.get(id)!.as(form(key))]),
      );
    builder.define(
      name,
      values(outputs, () => plain),
      values(updates, (variable) => forms.get(variable) ?? plain),
    );
  }
  return { graph: builder.build(), wishes };
}

function placeOf(context: LayoutContext): Placed {
  const { builder, node, inputs } = context;
  const rule = node.operation.pointwise ? pointwiseRule : rules[node.operation.name];
  const place = rule?.(context);
  if (place) return place;
  const values = inputs.map((input) => input.as(plain));
  return new Placed(node.shape, plain, builder.emit(node.operation, values, node.attributes));
}

function variablePlace(builder: GraphBuilder, variable: Variable, forms: ReadonlyMap<string, Form>): Placed {
  return new Placed(variable.shape, forms.get(variable.name) ?? plain, builder.variable(variable));
}

function usersOf(nodes: readonly Node[]): ReadonlyMap<number, readonly Node[]> {
  const users = new Map<number, Node[]>();
  for (const node of nodes)
    for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  return users;
}

/** The variable as it is stored. */
function stored(variable: Variable, forms: ReadonlyMap<string, Form>): Variable {
  const form = forms.get(variable.name) ?? plain;
  const storage = storageOf(variable, form);
  return storage ? { ...variable, storage } : variable;
}

function storageOf({ shape }: Variable, form: Form): Storage | undefined {
  if (form.kind === 'filter') {
    const { inputBlock, outputBlock } = form;
    return {
      shape: storedShape(shape, form),
      pack: { operation: packFilterOperation, attributes: { inputBlock, outputBlock } },
      unpack: { operation: unpackFilterOperation, attributes: { inputs: shape[2]!, outputs: shape[3]! } },
    };
  }
  if (form.kind === 'vector' && shape[0]! % form.block !== 0)
    return {
      shape: storedShape(shape, form),
      pack: { operation: packVectorOperation, attributes: { block: form.block } },
      unpack: { operation: unpackVectorOperation, attributes: { length: shape[0]! } },
    };
  return undefined;
}
