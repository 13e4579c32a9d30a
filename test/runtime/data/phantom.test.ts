import { expect, test } from 'vitest';
import { hashData } from '../../../runtime/data/hash.ts';
import { type PhantomOptions, phantom } from '../../../runtime/data/phantom.ts';
import type { RawCase } from '../../../runtime/data/source.ts';

const open = (options: PhantomOptions) => phantom({ root: '.' }, options);

async function all(options: PhantomOptions): Promise<RawCase[]> {
  const source = open(options);
  return Promise.all(source.cases.map((id) => source.read(id)));
}

const share = (mask: { data: Float32Array }) => mask.data.reduce((sum, y) => sum + y, 0) / mask.data.length;

test('the same options give the same pixels, on every machine', async () => {
  // A change of this hash is a change of the data: it makes all runs on phantoms new.
  const hash = await hashData(open({ cases: 3, raters: 6, seed: 7, size: 32 }), '.');
  expect(hash).toMatchInlineSnapshot(`"f131fc60038b886bedbbad936f7622e40f30f9a1e53579052e82f7b6ddb87a05"`);
});

test('a case does not depend on how many others there are, nor on what was read before', async () => {
  const [few, many] = [open({ cases: 2, seed: 5 }), open({ cases: 9, seed: 5 })];
  expect(few.cases).toEqual(['shape1', 'shape2']);
  await many.read('shape1');
  expect(await few.read('shape2')).toEqual(await many.read('shape2'));
});

test('another seed gives other pictures', async () => {
  const [[a], [b]] = [await all({ cases: 1, seed: 0 }), await all({ cases: 1, seed: 1 })];
  expect(a!.image).not.toEqual(b!.image);
});

test('masks are 0 and 1, none is empty, and each shape lies inside the picture', async () => {
  for (const { image, masks } of await all({ cases: 30, raters: 4, seed: 7 })) {
    expect(image.data.every(Number.isFinite)).toBe(true);
    for (const mask of masks) {
      expect(mask.data.every((y) => y === 0 || y === 1)).toBe(true);
      expect(share(mask)).toBeGreaterThan(0.01);
      expect(share(mask)).toBeLessThan(0.5);
    }
  }
});

test('raters have habits: the first is tight, the second generous, and they agree in the middle', async () => {
  const cases = await all({ cases: 30, raters: 4, seed: 7 });
  let [disputed, foreground] = [0, 0];
  for (const { masks } of cases) {
    const [tight, generous, smooth] = masks.map(share) as [number, number, number, number];
    expect(tight).toBeLessThan(smooth);
    expect(smooth).toBeLessThan(generous);
    const counts = masks[0]!.data.map((_, i) => masks.reduce((sum, mask) => sum + mask.data[i]!, 0));
    disputed += counts.filter((n) => n > 0 && n < 4).length;
    foreground += counts.filter((n) => n === 4).length;
  }
  expect(disputed / foreground).toBeGreaterThan(0.3);
  expect(disputed / foreground).toBeLessThan(1.5);
});

test('no two of many raters draw alike', async () => {
  const [{ masks }] = (await all({ cases: 1, raters: 8, seed: 2 })) as [RawCase];
  const drawings = new Set(masks.map(({ data }) => data.join('')));
  expect(drawings.size).toBe(8);
});
