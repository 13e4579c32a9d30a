import type { LabelSource } from '../../compiler/experiment.ts';

/** A label source on one line, `mask |> smooth ~`: `~` stands behind what is soft. */
export function labelText({ root, steps, soft }: LabelSource): string {
  const start =
    typeof root === 'string'
      ? root
      : root.kind === 'sum'
        ? root.terms.map(({ weight, source }) => `${weight} (${labelText(source)})`).join(' + ')
        : `distill(${root.experiment.name}, ${JSON.stringify(root.pick)}, ${root.temperature}, ${root.head})`;
  return [start, ...steps.map(({ name }) => name)].join(' |> ') + (soft ? ' ~' : '');
}
