import { type FileHandle, open } from 'node:fs/promises';
import { EngineError } from '../error.ts';

/** What the native part of tfjs-node-gpu 4.22.0 calls of TensorFlow's C API. */
const needed = {
  TFE_: `ContextListDevices DeleteContext DeleteContextOptions DeleteOp DeleteTensorHandle Execute NewContext
    NewContextOptions NewOp NewTensorHandle OpAddInput OpSetAttrBool OpSetAttrBoolList OpSetAttrFloat
    OpSetAttrFloatList OpSetAttrInt OpSetAttrIntList OpSetAttrShape OpSetAttrString OpSetAttrType
    TensorHandleCopyToDevice TensorHandleDataType TensorHandleDim TensorHandleNumDims TensorHandleResolve`,
  TF_: `AllocateTensor DataTypeSize DeleteBuffer DeleteDeviceList DeleteGraph DeleteSession DeleteSessionOptions
    DeleteStatus DeleteTensor DeviceListCount DeviceListName DeviceListType Dim GetCode GraphOperationByName
    LoadSessionFromSavedModel Message NewBuffer NewBufferFromString NewGraph NewSessionOptions NewStatus NewTensor
    NumDims SessionRun TensorByteSize TensorData TensorElementCount TensorType Version`,
};

export const neededSymbols: readonly string[] = Object.entries(needed).flatMap(([prefix, names]) =>
  names.split(/\s+/).map((name) => prefix + name),
);

/** Of the needed symbols, those that none of the libraries defines. */
export async function missingSymbols(libraries: readonly string[]): Promise<string[]> {
  const defined = new Set((await Promise.all(libraries.map(definedSymbols))).flat());
  return neededSymbols.filter((name) => !defined.has(name));
}

const wholeWheel = 'Install the wheel anew; that of TensorFlow 2.21.0 is known to work.';
const SHT_DYNSYM = 11;

/**
 * Names in the dynamic symbol table of a 64-bit little-endian ELF file that begin with `TF` and are defined there.
 * @throws EngineError where the file is nothing of that kind
 */
export async function definedSymbols(file: string): Promise<string[]> {
  const handle = await open(file);
  try {
    const header = await readAt(handle, 0, 64);
    const is64LittleEndian = header.readUInt32BE(0) === 0x7f454c46 && header[4] === 2 && header[5] === 1;
    if (!is64LittleEndian) throw new EngineError(`${file} is no 64-bit shared library.`, wholeWheel);
    const sections = await readSections(handle, header);
    const table = sections.find(({ type }) => type === SHT_DYNSYM);
    if (!table) return [];
    const strings = sections[table.link]!;
    const symbols = await readAt(handle, table.offset, table.size);
    return namesIn(symbols, await readAt(handle, strings.offset, strings.size));
  } finally {
    await handle.close();
  }
}

interface Section {
  readonly type: number;
  readonly offset: number;
  readonly size: number;
  /** For a symbol table: the section of its strings. */
  readonly link: number;
}

/** Offsets as in `Elf64_Ehdr` and `Elf64_Shdr` of elf.h. */
async function readSections(handle: FileHandle, header: Buffer): Promise<Section[]> {
  const entry = header.readUInt16LE(58);
  const count = header.readUInt16LE(60);
  const table = await readAt(handle, Number(header.readBigUInt64LE(40)), entry * count);
  return Array.from({ length: count }, (_, i) => {
    const at = i * entry;
    return {
      type: table.readUInt32LE(at + 4),
      offset: Number(table.readBigUInt64LE(at + 24)),
      size: Number(table.readBigUInt64LE(at + 32)),
      link: table.readUInt32LE(at + 40),
    };
  });
}

/** Offsets as in `Elf64_Sym`: name at 0, section at 6 (0 means undefined), 24 bytes each. */
function namesIn(symbols: Buffer, strings: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at < symbols.length; at += 24) {
    const name = symbols.readUInt32LE(at);
    if (symbols.readUInt16LE(at + 6) === 0 || strings[name] !== 0x54 || strings[name + 1] !== 0x46) continue;
    names.push(strings.toString('latin1', name, strings.indexOf(0, name)));
  }
  return names;
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead < length) throw new EngineError('The library ends before its own tables.', wholeWheel);
  return buffer;
}
