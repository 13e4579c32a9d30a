import type { Component, Family } from '../../compiler/registry.ts';

export type Described = Omit<Component, 'load'>;

/** The generated module, the same text for the same components. `file` of a component starts with `runtime/`. */
export function printRegistry(families: readonly Family[], components: readonly Described[]): string {
  const sections = families.map((family) => {
    const members = components.filter((component) => component.family === family).sort(byName);
    return members.length === 0
      ? `  ${family}: {},`
      : `  ${family}: {\n${members.map(printComponent).join('\n')}\n  },`;
  });
  return `// Written by scripts/registry.ts from the signatures of the components: change those, not this.
import type { Registry } from '../compiler/registry.ts';

export const registry: Registry = {
${sections.join('\n')}
};
`;
}

const byName = (a: Described, b: Described) => (a.name < b.name ? -1 : 1);

function printComponent(component: Described): string {
  const path = component.file.replace(/^runtime\//, './');
  const fields = Object.entries(component).map(([key, value]) => `      ${key}: ${printValue(value)},`);
  return [
    `    ${component.name}: {`,
    ...fields,
    `      load: () => import('${path}').then((module) => module.${component.name}),`,
    '    },',
  ].join('\n');
}

const printValue = (value: unknown) => JSON.stringify(value, undefined, 2).replaceAll('\n', '\n      ');
