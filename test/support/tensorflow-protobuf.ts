import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** A message as its fields by number, each in the order of the bytes: numbers, or bytes of strings and messages. */
type Fields = Readonly<Record<number, readonly (number | Uint8Array)[]>>;

function fieldsOf(bytes: Uint8Array): Fields {
  const reader = new BinaryReader(bytes);
  const fields: Record<number, (number | Uint8Array)[]> = {};
  while (reader.pos < reader.len) {
    const [field, type] = reader.tag();
    const value =
      type === WireType.LengthDelimited
        ? reader.bytes()
        : type === WireType.Bit32
          ? reader.float()
          : Number(reader.int64());
    fields[field] = [...(fields[field] ?? []), value];
  }
  return fields;
}

const messages = (fields: Fields, field: number): Fields[] =>
  (fields[field] ?? []).map((value) => fieldsOf(value as Uint8Array));
const texts = (fields: Fields, field: number): string[] =>
  (fields[field] ?? []).map((value) => new TextDecoder().decode(value as Uint8Array));

/** Entries of a `map<string, M>`. */
const entries = (fields: Fields, field: number): [string, Fields][] =>
  messages(fields, field).map((entry) => [texts(entry, 1)[0]!, messages(entry, 2)[0]!]);

/** Reads a SavedModel back, independently of what wrote it. Numbers of fields are those of TensorFlow's .proto files. */
export function decodeSavedModel(bytes: Uint8Array) {
  const [metaGraph] = messages(fieldsOf(bytes), 2);
  const [graph] = messages(metaGraph!, 2);
  return {
    tags: texts(messages(metaGraph!, 1)[0]!, 4),
    nodes: messages(graph!, 1).map((node) => ({
      name: texts(node, 1)[0],
      operation: texts(node, 2)[0],
      inputs: texts(node, 3),
      attributes: entries(node, 5).map(([name]) => name),
    })),
    signatures: Object.fromEntries(
      entries(metaGraph!, 5).map(([name, signature]) => [
        name,
        { inputs: infos(signature, 1), outputs: infos(signature, 2) },
      ]),
    ),
  };
}

const infos = (signature: Fields, field: number) =>
  Object.fromEntries(
    entries(signature, field).map(([key, info]) => [
      key,
      { name: texts(info, 1)[0], shape: messages(messages(info, 3)[0]!, 2).map((dim) => dim[1]![0]) },
    ]),
  );
