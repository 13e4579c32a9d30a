import type { CheckOptions } from '../../../compiler/check/check.ts';
import type { Signatures } from '../../../compiler/registry.ts';
import { registry } from './components.ts';

const option = registry.loss.dml1!.parameters[0]!;
const described = {
  ...registry.loss.dml1!,
  name: 'edgy',
  doc: 'The edgy.',
  summary: 'The edgy.',
  file: 'own.ts',
  parameters: [{ ...option, name: 'sigma' }],
};
const step = { ...registry.label.smooth!, name: 'blurred', file: 'own.ts' };

/** What a reader of signatures finds in `own.ts`, once with and once without changes, and in another file. */
const signatures: Readonly<Record<string, Signatures>> = {
  'own.ts': { components: [described, step], code: 'c0de', problems: [] },
  'changed/own.ts': { components: [{ ...described, file: 'changed/own.ts' }], code: 'c1de', problems: [] },
  'twin.ts': { components: [{ ...described, file: 'twin.ts' }], code: 'c2de', problems: [] },
};

/** Options of `check` with which a text can use `./own.ts`; the files themselves are never looked into. */
export const scripts: Pick<CheckOptions, 'components' | 'read'> = {
  components: (path) => signatures[path],
  read: (path) => ({ path, text: '' }),
};
