import type { Finding } from '../../runtime/engines/doctor.ts';
import { command } from '../command.ts';
import type { Colors } from '../terminal.ts';

export const doctor = command({
  name: 'doctor',
  summary: 'Says what this machine can do, and what is missing for more',
  arguments: [],
  flags: {},
  notes:
    'Exit 1 if something that dml needs does not work; an engine that could be had in addition is none of that.',
  examples: [
    ['dml doctor', 'Node, processor, and each engine'],
    ['dml doctor --json', 'the same for a bug report'],
  ],
  async run(_, { terminal }) {
    const { examine } = await import('../../runtime/engines/doctor.ts');
    const findings = await examine();
    return {
      exit: findings.some(({ status }) => status === 'broken') ? 1 : 0,
      data: { findings },
      text: findings.map((finding) => print(finding, terminal.out.colors)).join(''),
    };
  },
});

function print({ name, status, detail, help }: Finding, { bold, cyan, green, yellow, red }: Colors): string {
  const mark = { ok: green('✓'), missing: yellow('–'), broken: red('✗') }[status];
  return `${mark} ${bold(name)}: ${detail}\n${help ? `  ${cyan('help')}: ${help}\n` : ''}`;
}
