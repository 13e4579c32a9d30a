import { choice, command, option, repeated } from '../command.ts';
import { UsageError } from '../errors.ts';

export const compile = command({
  name: 'compile',
  summary: 'Writes an experiment as a program for an engine, or what a file declares as YAML',
  arguments: [['<target>', 'FILE, FILE#name or FILE#sweep/ARM']],
  flags: {
    emit: choice('form', ['savedmodel', 'onnx', 'yaml'], 'what to write'),
    output: option(
      'path',
      'a folder for savedmodel and onnx; a file for yaml (default: standard output)',
      'o',
    ),
    set: repeated('path=value', 'change a value of the experiment'),
    allow: repeated('file', 'allow this file of your own TypeScript to be run, until it changes'),
    data: option('folder', 'where data lie (default: $DML_DATA, else data beside the file)'),
  },
  notes:
    'savedmodel: TensorFlow, with the functions init, train, infer, read and write. onnx: train.onnx and infer.onnx in the plain layout. Both are what the engines run, before what they adapt to the processor. yaml, which dml reads in place of a .dml file: of an experiment or an arm every name resolved and every default written out; of a sweep or a comparison, or of all that a file holds, the declarations as they are, with those that they need.',
  examples: [
    ['dml compile study.dml#big --emit yaml', 'the experiment with all its defaults'],
    ['dml compile study.dml#widths --emit yaml', 'the sweep with all that it needs'],
    ['dml compile study.dml#big --emit savedmodel -o big', 'big/saved_model.pb'],
    ['dml compile study.dml#big --emit onnx -o big', 'big/train.onnx and big/infer.onnx'],
  ],
  async run({ arguments: [text = ''], flags }, context) {
    const { emit, output } = flags;
    if (!emit)
      throw new UsageError(
        'What to write must be said.',
        'Write --emit savedmodel, --emit onnx or --emit yaml',
      );
    const { parseTarget } = await import('../target.ts');
    const { choose, oneExperiment, openProgram } = await import('../program.ts');
    const target = parseTarget(text);
    const opened = await openProgram(target, context, flags.set);
    if ('report' in opened) return opened.report;

    const { program, source } = opened;
    if (emit === 'yaml') {
      const { yamlOf } = await import('../emit-yaml.ts');
      const yaml = yamlOf(opened, target, flags.set);
      if (output === undefined) return { exit: 0, data: { yaml }, text: yaml };
      const { writeFileWhole } = await import('../write-file.ts');
      await writeFileWhole(output, yaml, context.cwd);
      return { exit: 0, data: { files: [output] }, text: `${output} written\n` };
    }
    const experiment = oneExperiment(choose(program, target), target);
    if (output === undefined) throw new UsageError(`A folder for ${emit} must be given.`, 'Write -o FOLDER');
    const { loadable } = await import('../own-allowed.ts');
    const subject = {
      used: experiment,
      experiments: [experiment],
      components: program.components,
      file: source.path,
    };
    const loaded = await loadable(subject, flags.allow, context);
    if ('report' in loaded) return loaded.report;
    const { dataRoot } = await import('../data-root.ts');
    const { emitProgram } = await import('../emit-program.ts');
    const files = await emitProgram(emit, experiment, loaded.registry, {
      root: dataRoot(flags.data, target.file, context),
      output,
      cwd: context.cwd,
    });
    return { exit: 0, data: { files }, text: files.map((file) => `${file} written\n`).join('') };
  },
});
