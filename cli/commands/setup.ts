import { command, option } from '../command.ts';
import { UsageError } from '../errors.ts';

export const setup = command({
  name: 'setup',
  summary: 'Gets an engine that is not part of dml',
  arguments: [
    ['<engine>', 'tensorflow: for a processor, and for an NVIDIA card as the engine cuda', ['tensorflow']],
  ],
  flags: {
    from: option(
      'folder',
      'a virtual environment with TensorFlow, its site-packages, or an unpacked wheel (default: the active environment, else the Python on the path)',
    ),
  },
  notes: `Gets @tensorflow/tfjs-node-gpu by npm into $DML_HOME (default: the cache folder of the user), builds its native part with the C++ compiler against a TensorFlow wheel that is already there, and tests it. Doing it again is harmless.`,
  examples: [
    ['python3 -m venv tf && tf/bin/pip install tensorflow-cpu==2.21.0', 'a TensorFlow for the processor'],
    ['dml setup tensorflow --from tf', 'builds the engine against it'],
    ['dml doctor', 'shows that it is there'],
  ],
  async run({ arguments: [engine = ''], flags }, { terminal }) {
    if (engine !== 'tensorflow') {
      throw new UsageError(
        `There is nothing to set up for ${engine}.`,
        'native is part of dml. tensorflow is set up by: dml setup tensorflow (on an NVIDIA card it is the engine cuda, too).',
      );
    }
    const { setupTensorflow } = await import('../../runtime/engines/tensorflow/setup.ts');
    const manifest = await setupTensorflow({
      ...(flags.from === undefined ? {} : { from: flags.from }),
      log: (line) => terminal.err.write(`${line}\n`),
    });
    const engines = manifest.gpu ? 'tensorflow and cuda' : 'tensorflow';
    return {
      exit: 0,
      data: { ...manifest },
      text: `TensorFlow ${manifest.version} works: ${engines} can be chosen with --engine, and auto takes the best.\n`,
    };
  },
});
