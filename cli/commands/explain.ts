import { type Context, command, option, type Report, repeated, toggle } from '../command.ts';
import type { Colors } from '../terminal.ts';

export const explain = command({
  name: 'explain',
  summary:
    'Shows the training graph of an experiment and what a step costs, what a comparison compares, or what a message means',
  arguments: [['<target>', 'FILE, FILE#name, FILE#sweep/ARM, the code of a message, or the name of a rule']],
  flags: {
    brief: toggle('costs only, without the graph'),
    after: option('pass', 'the graph after this pass (default: after the last)'),
    set: repeated('path=value', 'change a value of the experiment'),
    allow: repeated('file', 'allow this file of your own TypeScript to be run, until it changes'),
    data: option('folder', 'where data lie (default: $DML_DATA, else data beside the file)'),
  },
  notes: 'Nothing is trained; of the data, only the size of the images is read.',
  examples: [
    ['dml explain study.dml#big --brief', 'parameters, operations, traffic and peak memory'],
    ['dml explain study.dml#big --after forward', 'the graph before gradients'],
    ['dml explain DML1203', 'what this message means, with an example'],
    ['dml explain DML3101', 'why a rule of the linter is there, what it prints, and how to write it instead'],
  ],
  async run({ arguments: [text = ''], flags }, context) {
    if (/^DML\w+$/i.test(text)) return explainMessage(text.toUpperCase(), context);
    return /^[a-z0-9]+(-[a-z0-9]+)+$/.test(text)
      ? explainMessage(text, context)
      : explainGraph(text, flags, context);
  },
});

async function explainMessage(asked: string, { terminal }: Context): Promise<Report> {
  const { explainCode } = await import('../codes.ts');
  const explanation = explainCode(asked);
  const colours = terminal.out.colors;
  const { bold } = colours;
  const { code, severity, message, help, example, why, good, source, name } = explanation;
  const printed = why === undefined ? '' : await printedOf(code, example, colours);
  const indented = (text: string) => text.trimEnd().replace(/^/gm, '  ');
  return {
    exit: 0,
    data: { ...explanation },
    text: [
      `${bold([severity, code, name].filter(Boolean).join(' '))}: ${message}\n`,
      ...(help ? [`help: ${help}\n`] : []),
      ...(why ? [`\n${why}\n`] : []),
      `\n${bold('For example')}\n${indented(example)}\n`,
      ...(printed ? [`\n${indented(printed)}\n`] : []),
      ...(good ? [`\n${bold('Instead')}\n${indented(good)}\n`] : []),
      ...(source ? [`\nSource: ${source}\n`] : []),
    ].join(''),
  };
}

/** What `dml lint` prints of the wrong example of a rule. */
async function printedOf(code: string, example: string, colours: Colors): Promise<string> {
  const { findingsOfExample } = await import('../../compiler/lint/example.ts');
  const { registry } = await import('../../runtime/registry.generated.ts');
  const { witnessOf } = await import('../../runtime/witness.ts');
  const { render } = await import('../../grammar/render.ts');
  const findings = await findingsOfExample(example, { registry, witness: witnessOf(registry) });
  return render(
    findings.filter((finding) => finding.code === code),
    { colour: colours.isColorSupported },
  );
}

interface Flags {
  readonly brief: boolean;
  readonly after: string | undefined;
  readonly set: readonly string[];
  readonly data: string | undefined;
  readonly allow: readonly string[];
}

async function explainGraph(
  text: string,
  { brief, after, set, data, allow }: Flags,
  context: Context,
): Promise<Report> {
  const { parseTarget } = await import('../target.ts');
  const { oneExperiment, openTarget } = await import('../program.ts');
  const target = parseTarget(text);
  const opened = await openTarget(target, context, set);
  if ('report' in opened) return opened.report;
  if (opened.chosen.kind === 'compare') {
    const { explainCompare } = await import('../explain-compare.ts');
    return explainCompare(opened.chosen.compare, opened.components);
  }
  const experiment = oneExperiment(opened.chosen, target);

  const { loadable } = await import('../own-allowed.ts');
  const subject = {
    used: experiment,
    experiments: [experiment],
    components: opened.components,
    file: opened.source.path,
  };
  const loaded = await loadable(subject, allow, context);
  if ('report' in loaded) return loaded.report;
  const { dataRoot } = await import('../data-root.ts');
  const { trainingGraph } = await import('../training-graph.ts');
  const { graphReport } = await import('../explain-graph.ts');
  const built = await trainingGraph(experiment, dataRoot(data, target.file, context), loaded.registry);
  return graphReport(built, { brief, after, colors: context.terminal.out.colors });
}
