import { describe, expect, test } from 'vitest';
import { optionText } from '../../compiler/canonical/text.ts';
import { valueForm } from '../../compiler/canonical/value-form.ts';
import type { Scope } from '../../compiler/check/scope.ts';
import { readValue } from '../../compiler/check/values.ts';
import { parseExpressions } from '../../grammar/parser.ts';
import { registry } from '../../runtime/registry.generated.ts';

const components = Object.values(registry).flatMap((family) => Object.values(family));
const nowhere: Scope = { names: new Map(), spaces: new Map(), outer: undefined };

describe.each(components.map((component) => [`${component.family} ${component.name}`, component] as const))(
  '%s',
  (_, component) => {
    test('is the function that its file exports', async () => {
      expect(await component.load()).toBeTypeOf('function');
    });

    test('has a default in the range of each option, as the language would write it', () => {
      for (const parameter of component.parameters) {
        if (parameter.default === undefined) continue;
        const text = optionText(parameter.default, parameter);
        const [expression] = parseExpressions({ path: 'default', text }).value ?? [];
        expect(expression, `${parameter.name}: ${text}`).toBeDefined();
        const value = readValue(parameter.type, { expression: expression!, scope: nowhere });
        expect(valueForm(value!), `${parameter.name}: ${text}`).toEqual(valueForm(parameter.default));
      }
    });

    test('says what it is in a sentence', () => {
      expect(component.summary).toMatch(/^\S.*[.:]$/);
    });
  },
);

test('an option for an odd number takes no even one', () => {
  const { type } = registry.label.boundary!.parameters.find(({ name }) => name === 'kernel')!;
  const read = (text: string) => {
    const [expression] = parseExpressions({ path: 'kernel', text }).value ?? [];
    return readValue(type, { expression: expression!, scope: nowhere });
  };
  expect([read('3'), read('4'), read('-1')]).toEqual([3, undefined, undefined]);
});
