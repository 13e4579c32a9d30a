import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { OnnxAttribute, OnnxAttributes } from './builder.ts';

/** The parts of an ONNX model that we use, as data. Field numbers below are those of `onnx.proto3` (IR version 8). */
export interface OnnxModel {
  readonly name: string;
  readonly doc: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Shapes of values inside, for tools that draw the model. */
  readonly values: readonly OnnxValue[];
}

export interface OnnxNode {
  readonly operation: string;
  readonly domain: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: OnnxAttributes;
}

export interface OnnxInitializer {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

/** A float32 tensor. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly number[];
}

const IR_VERSION = 8;
const OPSETS = { '': 17, 'com.microsoft': 1, 'com.microsoft.nchwc': 1 };
const FLOAT = 1;
const INT64 = 7;

type Write = (writer: BinaryWriter) => void;

const text = (writer: BinaryWriter, field: number, value: string) =>
  value === '' ? writer : writer.tag(field, WireType.LengthDelimited).string(value);

const varint = (writer: BinaryWriter, field: number, value: number) =>
  writer.tag(field, WireType.Varint).int64(value);

/** Strings that may be empty where the position counts: the inputs of a node. */
const texts = (writer: BinaryWriter, field: number, values: readonly string[]) => {
  for (const value of values) writer.tag(field, WireType.LengthDelimited).string(value);
};

function message(writer: BinaryWriter, field: number, write: Write): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

const packed = (writer: BinaryWriter, field: number, values: readonly number[]) =>
  message(writer, field, (inner) => {
    for (const value of values) inner.int64(value);
  });

/** Kinds of AttributeProto: the field that holds the value and the number of the kind. */
function writeAttribute(writer: BinaryWriter, name: string, value: OnnxAttribute): void {
  text(writer, 1, name);
  if (typeof value === 'number') varint(varint(writer, 3, value), 20, 2);
  else if (typeof value === 'string') varint(text(writer, 4, value), 20, 3);
  else if ('float' in value) varint(writer.tag(2, WireType.Bit32).float(value.float), 20, 1);
  else {
    packed(writer, 8, value);
    varint(writer, 20, 7);
  }
}

const writeNode =
  (node: OnnxNode): Write =>
  (writer) => {
    texts(writer, 1, node.inputs);
    texts(writer, 2, node.outputs);
    text(writer, 3, node.name);
    text(writer, 4, node.operation);
    for (const [name, value] of Object.entries(node.attributes))
      message(writer, 5, (inner) => writeAttribute(inner, name, value));
    text(writer, 7, node.domain);
  };

const writeInitializer =
  ({ name, shape, data }: OnnxInitializer): Write =>
  (writer) => {
    packed(writer, 1, shape);
    varint(writer, 2, data instanceof Float32Array ? FLOAT : INT64);
    text(writer, 8, name);
    writer
      .tag(9, WireType.LengthDelimited)
      .bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  };

const writeValue =
  ({ name, shape }: OnnxValue): Write =>
  (writer) => {
    text(writer, 1, name);
    message(writer, 2, (type) =>
      message(type, 1, (tensor) => {
        varint(tensor, 1, FLOAT);
        message(tensor, 2, (dimensions) => {
          for (const size of shape) message(dimensions, 1, (dimension) => varint(dimension, 1, size));
        });
      }),
    );
  };

const writeGraph =
  (model: OnnxModel): Write =>
  (writer) => {
    for (const node of model.nodes) message(writer, 1, writeNode(node));
    text(writer, 2, model.name);
    for (const initializer of model.initializers) message(writer, 5, writeInitializer(initializer));
    text(writer, 10, model.doc);
    for (const input of model.inputs) message(writer, 11, writeValue(input));
    for (const output of model.outputs) message(writer, 12, writeValue(output));
    for (const value of model.values) message(writer, 13, writeValue(value));
  };

/** Bytes of the ModelProto. Little-endian data, so a big-endian machine is not supported (Node has none in use). */
export function encodeModel(model: OnnxModel): Uint8Array {
  const writer = new BinaryWriter();
  varint(writer, 1, IR_VERSION);
  text(writer, 2, 'dml');
  message(writer, 7, writeGraph(model));
  for (const [domain, version] of Object.entries(OPSETS))
    message(writer, 8, (opset) => varint(text(opset, 1, domain), 2, version));
  return writer.finish();
}
