import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import type { TensorflowAttribute } from './builder.ts';

/** The parts of a SavedModel that we use, as data. */
export interface SavedModel {
  readonly nodes: readonly TensorflowNode[];
  readonly signatures: Readonly<Record<string, Signature>>;
}

/** `^name` among the inputs is a control dependency: that node runs first. */
export interface TensorflowNode {
  readonly name: string;
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly attributes: Readonly<Record<string, TensorflowAttribute | TensorAttribute>>;
}

/** The value of a `Const` node. */
export interface TensorAttribute {
  readonly tensor: Float32Array | Int32Array;
  readonly dimensions: readonly number[];
}

/** An entry point: names for callers, and the float32 node behind each. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly outputs: Readonly<Record<string, TensorInfo>>;
}

export interface TensorInfo {
  readonly node: string;
  readonly shape: readonly number[];
}

/** Numbers of `DataType` in tensorflow/core/framework/types.proto. */
const DATA_TYPE = { float: 1, int32: 3, bool: 10, resource: 20 } as const;
/** `GraphDef.versions.producer`: whose semantics the nodes have. Any later library reads them; 2.21 itself writes 2474. */
const PRODUCER = 1882;
/** The only tag that a loader asks for. */
export const SAVED_MODEL_TAG = 'serve';

type Write = (writer: BinaryWriter) => void;

const text = (writer: BinaryWriter, field: number, value: string) =>
  writer.tag(field, WireType.LengthDelimited).string(value);

const varint = (writer: BinaryWriter, field: number, value: number) =>
  writer.tag(field, WireType.Varint).int64(value);

function message(writer: BinaryWriter, field: number, write: Write): void {
  writer.tag(field, WireType.LengthDelimited).fork();
  write(writer);
  writer.join();
}

const mapEntry = (writer: BinaryWriter, field: number, key: string, write: Write) =>
  message(writer, field, (entry) => {
    text(entry, 1, key);
    message(entry, 2, write);
  });

/** A scalar is a message without dimensions, which must be there all the same: tfjs-node reads it unasked. */
const writeShape =
  (shape: readonly number[]): Write =>
  (writer) => {
    for (const size of shape) message(writer, 2, (dimension) => varint(dimension, 1, size));
  };

/** TensorProto. Where all elements are equal, one stands for all. */
const writeTensor =
  ({ tensor, dimensions }: TensorAttribute): Write =>
  (writer) => {
    const isFloat = tensor instanceof Float32Array;
    varint(writer, 1, isFloat ? DATA_TYPE.float : DATA_TYPE.int32);
    message(writer, 2, writeShape(dimensions));
    const [first] = tensor;
    if (isFloat && first !== undefined && tensor.every((value) => Object.is(value, first)))
      message(writer, 5, (values) => values.float(first));
    else
      writer
        .tag(4, WireType.LengthDelimited)
        .bytes(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength));
  };

/** AttrValue. */
const writeAttribute =
  (value: TensorflowAttribute | TensorAttribute): Write =>
  (writer) => {
    if ('type' in value) varint(writer, 6, DATA_TYPE[value.type]);
    else if ('int' in value) varint(writer, 3, value.int);
    else if ('float' in value) writer.tag(4, WireType.Bit32).float(value.float);
    else if ('bool' in value) writer.tag(5, WireType.Varint).bool(value.bool);
    else if ('string' in value) text(writer, 2, value.string);
    else if ('shape' in value) message(writer, 7, writeShape(value.shape));
    else if ('tensor' in value) message(writer, 8, writeTensor(value));
    else
      message(writer, 1, (list) =>
        message(list, 3, (packed) => {
          for (const int of value.ints) packed.int64(int);
        }),
      );
  };

/** NodeDef. No device is named: TensorFlow places each node where it can run. */
const writeNode =
  (node: TensorflowNode): Write =>
  (writer) => {
    text(writer, 1, node.name);
    text(writer, 2, node.operation);
    for (const input of node.inputs) text(writer, 3, input);
    for (const [name, value] of Object.entries(node.attributes))
      mapEntry(writer, 5, name, writeAttribute(value));
  };

const writeTensorInfo =
  ({ node, shape }: TensorInfo): Write =>
  (writer) => {
    text(writer, 1, node.includes(':') ? node : `${node}:0`);
    varint(writer, 2, DATA_TYPE.float);
    message(writer, 3, writeShape(shape));
  };

const writeSignature =
  ({ inputs, outputs }: Signature): Write =>
  (writer) => {
    for (const [key, info] of Object.entries(inputs)) mapEntry(writer, 1, key, writeTensorInfo(info));
    for (const [key, info] of Object.entries(outputs)) mapEntry(writer, 2, key, writeTensorInfo(info));
    text(writer, 3, 'tensorflow/serving/predict');
  };

/** Bytes of `saved_model.pb`: a plain GraphDef without functions, and no `variables` folder beside it. */
export function encodeSavedModel({ nodes, signatures }: SavedModel): Uint8Array {
  const writer = new BinaryWriter();
  varint(writer, 1, 1);
  message(writer, 2, (metaGraph) => {
    message(metaGraph, 1, (info) => text(info, 4, SAVED_MODEL_TAG));
    message(metaGraph, 2, (graph) => {
      for (const node of nodes) message(graph, 1, writeNode(node));
      message(graph, 4, (versions) => varint(versions, 1, PRODUCER));
    });
    for (const [name, signature] of Object.entries(signatures))
      mapEntry(metaGraph, 5, name, writeSignature(signature));
  });
  return writer.finish();
}
