type Put = (view: DataView, at: number, value: number, little: boolean) => void;

/** `datatype` and bytes of a voxel, and how one is written. */
const types: Readonly<Record<string, { readonly code: number; readonly bytes: number; readonly put: Put }>> =
  {
    uint8: { code: 2, bytes: 1, put: (view, at, value) => view.setUint8(at, value) },
    int8: { code: 256, bytes: 1, put: (view, at, value) => view.setInt8(at, value) },
    int16: { code: 4, bytes: 2, put: (view, at, value, little) => view.setInt16(at, value, little) },
    uint16: { code: 512, bytes: 2, put: (view, at, value, little) => view.setUint16(at, value, little) },
    int32: { code: 8, bytes: 4, put: (view, at, value, little) => view.setInt32(at, value, little) },
    uint32: { code: 768, bytes: 4, put: (view, at, value, little) => view.setUint32(at, value, little) },
    int64: {
      code: 1024,
      bytes: 8,
      put: (view, at, value, little) => view.setBigInt64(at, BigInt(value), little),
    },
    uint64: {
      code: 1280,
      bytes: 8,
      put: (view, at, value, little) => view.setBigUint64(at, BigInt(value), little),
    },
    float32: { code: 16, bytes: 4, put: (view, at, value, little) => view.setFloat32(at, value, little) },
    float64: { code: 64, bytes: 8, put: (view, at, value, little) => view.setFloat64(at, value, little) },
    complex64: { code: 32, bytes: 8, put: (view, at, value, little) => view.setFloat32(at, value, little) },
  };

interface Nifti {
  readonly type: string;
  /** x, y, z … */
  readonly sizes: readonly number[];
  /** x runs fastest. */
  readonly data: readonly number[];
  readonly little?: boolean;
  readonly slope?: number;
  readonly intercept?: number;
}

/** A NIfTI-1 file in memory. */
export function niftiFile({ type, sizes, data, little = true, slope = 1, intercept = 0 }: Nifti): Uint8Array {
  const { code, bytes, put } = types[type]!;
  const start = 352;
  const view = new DataView(new ArrayBuffer(start + data.length * bytes));
  view.setInt32(0, 348, little);
  view.setInt16(40, sizes.length, little);
  for (const [i, size] of sizes.entries()) view.setInt16(42 + 2 * i, size, little);
  view.setInt16(70, code, little);
  view.setInt16(72, 8 * bytes, little);
  view.setFloat32(108, start, little);
  view.setFloat32(112, slope, little);
  view.setFloat32(116, intercept, little);
  for (const [i, character] of [...'n+1'].entries()) view.setUint8(344 + i, character.charCodeAt(0));
  for (const [i, value] of data.entries()) put(view, start + i * bytes, value, little);
  return new Uint8Array(view.buffer);
}
