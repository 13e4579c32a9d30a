import type { Graph } from '../../../compiler/graph/graph.ts';
import { nativeProfile } from '../../../compiler/graph/passes/native-profile.ts';
import { processor, wantedThreads } from '../device.ts';
import type { EngineClass, EngineProvider } from '../engine.ts';
import { EngineError } from '../error.ts';
import { loadOnnxruntime, type Onnxruntime } from './onnxruntime.ts';
import { probeBlock } from './probe.ts';
import { openSession } from './session.ts';

/** ONNX Runtime on the processor: comes with dml. */
export const native: EngineProvider = {
  name: 'native',
  async find(wanted) {
    const missing = (reason: string, help: string) => ({
      missing: { engine: 'native', reason, help } as const,
    });
    const ort = await tryLoad();
    if ('problem' in ort)
      return missing(`onnxruntime-node does not load: ${ort.problem}`, 'Install dml again with `npm ci`.');
    const block = await probeBlock(ort);
    const own: EngineClass = {
      engine: 'native',
      version: ort.env.versions.node ?? ort.env.versions.common,
      device: processor(),
      block,
      replicas: 1,
      threads: wantedThreads(),
    };
    if (!wanted) return { found: own };
    // The plain layout works everywhere, and any number of threads can be had.
    const met =
      wanted.version === own.version &&
      wanted.device === own.device &&
      (wanted.block === block || wanted.block === 1);
    if (met) return { found: wanted };
    return missing(
      `the run was begun with ${describe(wanted)}, and here is ${describe(own)}`,
      'Resume it where it was begun, or start it anew with --force.',
    );
  },
  async open(engine) {
    const ort = await tryLoad();
    if ('problem' in ort)
      throw new EngineError(`The engine native does not load: ${ort.problem}.`, 'Install dml again.');
    // A graph in blocks of another size than the processor's would end the process with a division by zero.
    if (engine.block !== 1 && engine.block !== (await probeBlock(ort)))
      throw new EngineError(
        `The engine native cannot work in blocks of ${engine.block} on this processor.`,
        'Start the run anew with --force.',
      );
    const passes = Object.values(nativeProfile(engine.block));
    return {
      class: engine,
      load: (graph: Graph) =>
        openSession(
          ort,
          passes.reduce((passed, pass) => pass(passed), graph),
          engine.threads,
        ),
    };
  },
};

/** The library, or why it does not load: no binary for this platform, or a system library that it lacks. */
async function tryLoad(): Promise<Onnxruntime | { readonly problem: string }> {
  try {
    return await loadOnnxruntime();
  } catch (error) {
    return { problem: (error as Error).message.split('\n')[0]! };
  }
}

const describe = ({ version, device, block }: EngineClass): string =>
  `ONNX Runtime ${version} on ${device}${block > 1 ? ` in blocks of ${block}` : ''}`;
