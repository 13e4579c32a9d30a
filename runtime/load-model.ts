import type { Experiment, Use } from '../compiler/experiment.ts';
import type { Value } from '../compiler/graph/builder.ts';
import type { Component, Registry } from '../compiler/registry.ts';
import type { Heads, ModelInputs } from './models/model.ts';

/** The function of a component that the checker has found. */
export const loadComponent = async <T>(
  family: Readonly<Record<string, Component>>,
  { name }: Use,
): Promise<T> => (await family[name]!.load()) as T;

/** Heads of a model on an image [batch, height, width, channel], and what its statistics become if it is trained. */
export type LoadedModel = (
  image: Value,
  classes: number,
  training: boolean,
) => { readonly heads: Heads; readonly updates: Readonly<Record<string, Value>> };

type Model = (inputs: ModelInputs, options: Use['options']) => Heads;

/** The model of an experiment. Built several times in one graph, it has its weights and statistics once. */
export async function loadModel({ model }: Experiment, registry: Registry): Promise<LoadedModel> {
  const network = await loadComponent<Model>(registry.model, model);
  return (image, classes, training) => {
    const { builder } = image;
    const updates: Record<string, Value> = {};
    const inputs: ModelInputs = {
      image,
      classes,
      training,
      weight: (name, shape, initial) => builder.variable({ name, shape, role: 'weight', initial }),
      statistic: (name, shape, value) =>
        builder.variable({ name, shape, role: 'statistic', initial: { kind: 'fill', value } }),
      update: (name, value) => {
        updates[name] = value;
      },
    };
    return { heads: network(inputs, model.options), updates };
  };
}
