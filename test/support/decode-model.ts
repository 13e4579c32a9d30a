import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** Names of fields by number; a nested message is an object with its own. */
interface Fields {
  readonly [field: number]: { readonly name: string; readonly of?: Fields };
}

const node: Fields = {
  1: { name: 'inputs' },
  2: { name: 'outputs' },
  3: { name: 'name' },
  4: { name: 'operation' },
  7: { name: 'domain' },
};
const named: Fields = { 1: { name: 'name' } };
const initializer: Fields = { 8: { name: 'name' } };
const graph: Fields = {
  1: { name: 'nodes', of: node },
  2: { name: 'name' },
  5: { name: 'initializers', of: initializer },
  10: { name: 'doc' },
  11: { name: 'inputs', of: named },
  12: { name: 'outputs', of: named },
  13: { name: 'values', of: named },
};

/** What was read: texts and messages by name, each in the order in which it occurs. */
export interface Message {
  readonly [name: string]: readonly (string | Message)[];
}

/** The graph of an ONNX model, as far as tests look at it. */
export const decodeGraph = (model: Uint8Array): Message =>
  read(model, { 7: { name: 'graph', of: graph } }).graph![0] as Message;

export const nodesOf = (model: Uint8Array): readonly Message[] =>
  (decodeGraph(model).nodes ?? []) as readonly Message[];

export const operationsOf = (model: Uint8Array): readonly string[] =>
  nodesOf(model).map(({ operation }) => String(operation![0]));

function read(bytes: Uint8Array, fields: Fields): Message {
  const reader = new BinaryReader(bytes);
  const message: Record<string, (string | Message)[]> = {};
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    const field = fields[number];
    if (!field || type !== WireType.LengthDelimited) reader.skip(type, number);
    else {
      const value = field.of ? read(reader.bytes(), field.of) : reader.string();
      message[field.name] = [...(message[field.name] ?? []), value];
    }
  }
  return message;
}
