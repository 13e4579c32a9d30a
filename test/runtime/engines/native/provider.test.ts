import { expect, test } from 'vitest';
import { GraphBuilder } from '../../../../compiler/graph/builder.ts';
import type { EngineClass } from '../../../../runtime/engines/engine.ts';
import { native } from '../../../../runtime/engines/native/provider.ts';

async function found(wanted?: EngineClass): Promise<EngineClass | string> {
  const answer = await native.find(wanted);
  return 'found' in answer ? answer.found : answer.missing.reason;
}

test('the engine that comes with dml is here, and says what decides its bits', async () => {
  const own = (await found()) as EngineClass;
  expect(own).toMatchObject({ engine: 'native', version: '1.30.0', replicas: 1 });
  expect([1, 8, 16]).toContain(own.block);
  expect(own.threads).toBeGreaterThanOrEqual(1);
  expect(own.device).not.toBe('');
});

test('a run is resumed with its own number of threads and in the plain layout, but not on another machine', async () => {
  const own = (await found()) as EngineClass;
  expect(await found({ ...own, threads: 7 })).toEqual({ ...own, threads: 7 });
  expect(await found({ ...own, block: 1 })).toEqual({ ...own, block: 1 });
  expect(await found({ ...own, block: 4 })).toMatch(/begun with .* in blocks of 4/);
  expect(await found({ ...own, device: 'x64 Other' })).toMatch(/x64 Other/);
  expect(await found({ ...own, version: '1.0.0' })).toMatch(/ONNX Runtime 1\.0\.0/);
});

test('an engine in blocks that the processor does not have is refused before it could end the process', async () => {
  const own = (await found()) as EngineClass;
  await expect(native.open({ ...own, block: 4 })).rejects.toThrow(/blocks of 4/);
});

test('a graph without variables is loaded and called', async () => {
  const engine = await native.open((await found()) as EngineClass);
  const builder = new GraphBuilder();
  const x = builder.input('x', [2]);
  builder.define('call', { same: x, twice: x });
  const session = await engine.load(builder.build());
  const result = await session.call('call', { x: Float32Array.of(1, 2) });
  expect(result).toEqual({ same: Float32Array.of(1, 2), twice: Float32Array.of(1, 2) });
  await session.dispose();
});
