import fc from 'fast-check';
import type { Family, Parameter, ParameterType, Registry } from '../../compiler/registry.ts';

/** Texts of components with options that their signatures allow. */

const number = ({
  integer,
  minimum,
  maximum,
  exclusiveMinimum,
  odd,
}: Extract<ParameterType, { kind: 'number' }>) =>
  integer
    ? fc
        .integer({ min: minimum ?? -9, max: maximum ?? (minimum ?? 0) + 9 })
        .map((value) => String(odd && value % 2 === 0 ? value + 1 : value))
    : fc
        .double({
          min: minimum ?? exclusiveMinimum ?? -9,
          max: maximum ?? 9,
          noNaN: true,
          minExcluded: exclusiveMinimum !== undefined,
        })
        .map((value) => (Object.is(value, -0) ? '0' : String(value)))
        .filter((text) => !text.includes('e-3'));

function valueText(type: ParameterType): fc.Arbitrary<string> {
  switch (type.kind) {
    case 'number':
      return number(type);
    case 'boolean':
      return fc.constantFrom('true', 'false');
    case 'text':
      return fc.constantFrom(
        '"qubiq/kidney"',
        '"true"',
        '"5 px"',
        '"{case}/image.nii.gz"',
        '"none"',
        '"a: #b"',
      );
    case 'choice':
      return fc.constantFrom(...type.values);
    case 'quantity':
      return {
        share: fc.integer({ min: 0, max: 100 }).map((percent) => `${percent}%`),
        length: fc.integer({ min: 0, max: 20 }).map((pixels) => `${pixels} px`),
        duration: fc
          .tuple(fc.integer({ min: 1, max: 50 }), fc.constantFrom('epochs', 'steps'))
          .map((parts) => parts.join(' ')),
      }[type.dimension];
    case 'size':
      return fc.constant('32 x 64');
    case 'range':
      return fc
        .tuple(fc.integer({ min: -5, max: 0 }), fc.double({ min: 0.5, max: 3, noNaN: true }))
        .map(([a, b]) => `${a} .. ${b}`);
    case 'mix':
      return fc
        .subarray([...type.of], { minLength: 1 })
        .map((names) => names.map((name) => `0.5 ${name}`).join(' + '));
    case 'list':
      return fc.array(valueText(type.of), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`);
    case 'union':
      return fc.oneof(...type.of.map(valueText));
  }
}

const options = (parameters: readonly Parameter[]) =>
  fc
    .tuple(
      ...parameters.map(({ name, type, default: absent, each }) => {
        // A list with a value for each class must have as many as there are: `equal` is always right.
        const given = (each ? fc.constant('equal') : valueText(type)).map((text) => `${name}: ${text}`);
        return absent === undefined ? given : fc.option(given, { nil: '', freq: 2 });
      }),
    )
    .map((texts) => texts.filter(Boolean).join(', '));

/** Uses of the components of a registry. */
export const componentsOf = (registry: Registry) => {
  const component = (family: Family, names = Object.keys(registry[family])) =>
    fc.constantFrom(...names).chain((name) => {
      const given = options(registry[family][name]!.parameters);
      return given.map((text) => (text ? `${name}(${text})` : name));
    });
  const chain = (family: Family, separator: string, max: number) =>
    fc.array(component(family), { minLength: 1, maxLength: max }).map((parts) => parts.join(separator));
  return { component, chain };
};
