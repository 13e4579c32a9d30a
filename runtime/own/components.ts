import type { Component, Family, Registry } from '../../compiler/registry.ts';
import type { OwnProgram } from './compile.ts';
import { evaluate } from './evaluate.ts';
import { guarded } from './guard.ts';
import { OwnError } from './own-error.ts';

/** What of a registry can cross to a worker: the user's own components, and the programs that they are in. */
export interface OwnComponents {
  readonly components: readonly {
    readonly key: string;
    readonly component: Omit<Component, 'load'>;
  }[];
  readonly programs: readonly OwnProgram[];
}

/** The components of a registry that are in these programs. */
export function ownComponents(registry: Registry, programs: readonly OwnProgram[]): OwnComponents {
  const codes = new Set(programs.map(({ code }) => code));
  return {
    programs,
    components: Object.values(registry).flatMap((family) =>
      Object.entries(family).flatMap(([key, { load: _, ...component }]) =>
        component.code !== undefined && codes.has(component.code) ? [{ key, component }] : [],
      ),
    ),
  };
}

/**
 * The registry with the user's components, whose files are run now. They must have been allowed.
 *
 * @throws OwnError where a file throws, or does not export what its signatures say
 */
export function withOwn(registry: Registry, { components, programs }: OwnComponents): Registry {
  const exports = new Map(
    programs.map((program) => [program.code, { program, exported: evaluate(program) }]),
  );
  const loaded = components.map(({ key, component }) => {
    const { program, exported } = exports.get(component.code!)!;
    // `use … as own` calls it `own.name`.
    const name = component.name.split('.').at(-1)!;
    const fn = Object.hasOwn(exported, name) ? exported[name] : undefined;
    if (typeof fn !== 'function')
      throw new OwnError(`It exports no function \`${name}\`.`, program.file, 'Declare it there.');
    const load = () => Promise.resolve(guarded(component, program, fn));
    return { key, component: { ...component, load } };
  });
  return mapFamilies(registry, (family, known) => ({
    ...known,
    ...Object.fromEntries(
      loaded.flatMap(({ key, component }) => (component.family === family ? [[key, component]] : [])),
    ),
  }));
}

function mapFamilies(
  registry: Registry,
  change: (family: Family, known: Registry[Family]) => Registry[Family],
): Registry {
  const families = Object.keys(registry) as Family[];
  const changed = families.map((family) => [family, change(family, registry[family])] as const);
  return Object.fromEntries(changed) as Record<Family, Registry[Family]>;
}
