import { deflateSync } from 'node:zlib';

/** 8 or 16 bits a sample, row-major, [height, width, channels]: grey (1) or RGB (3). */
export interface Bitmap {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array | Uint16Array;
}

const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const colorTypes = { 1: 0, 3: 2 } as const;

/** The bytes of a PNG file (https://www.w3.org/TR/png-3), whose rows are not filtered. */
export function encodePng({ height, width, channels, data }: Bitmap): Uint8Array {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = data.BYTES_PER_ELEMENT * 8;
  head[9] = colorTypes[channels];
  const samples = bigEndian(data);
  const row = width * channels * data.BYTES_PER_ELEMENT;
  // Each row begins with its filter, of which 0 is none.
  const rows = Buffer.alloc(height * (1 + row));
  for (let y = 0; y < height; y++) rows.set(samples.subarray(y * row, (y + 1) * row), y * (1 + row) + 1);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', new Uint8Array()),
  ]);
}

function bigEndian(data: Uint8Array | Uint16Array): Uint8Array {
  if (data instanceof Uint8Array) return data;
  const bytes = Buffer.alloc(data.byteLength);
  for (const [i, sample] of data.entries()) bytes.writeUInt16BE(sample, 2 * i);
  return bytes;
}

/** Length, name, content, and the check sum of the last two. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(content.length + 12);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(name, 4, 'latin1');
  bytes.set(content, 8);
  bytes.writeUInt32BE(checkSum(bytes.subarray(4, -4)), bytes.length - 4);
  return bytes;
}

/** CRC-32, as in annex D of the specification. */
function checkSum(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
