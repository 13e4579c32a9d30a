import { type Context, command, option, type Report, repeated, toggle } from '../command.ts';

export const explain = command({
  name: 'explain',
  summary: 'Shows the training graph of an experiment and what a step costs, or what a message means',
  arguments: [['<target>', 'FILE, FILE#name, FILE#sweep/ARM, or the code of a message']],
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
  ],
  async run({ arguments: [text = ''], flags }, context) {
    return /^DML\d+$/i.test(text)
      ? explainMessage(text.toUpperCase(), context)
      : explainGraph(text, flags, context);
  },
});

async function explainMessage(code: string, { terminal }: Context): Promise<Report> {
  const { explainCode } = await import('../codes.ts');
  const explanation = explainCode(code);
  const { bold } = terminal.out.colors;
  const { severity, message, help, example, why, good, source } = explanation;
  const indented = (text: string) => text.trimEnd().replace(/^/gm, '  ');
  return {
    exit: 0,
    data: { ...explanation },
    text: [
      `${bold(`${severity} ${code}`)}: ${message}\n`,
      ...(help ? [`help: ${help}\n`] : []),
      ...(why ? [`\n${why}\n`] : []),
      `\n${bold('For example')}\n${indented(example)}\n`,
      ...(good ? [`\n${bold('Instead')}\n${indented(good)}\n`] : []),
      ...(source ? [`\nSource: ${source}\n`] : []),
    ].join(''),
  };
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
