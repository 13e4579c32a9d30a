import type { InferenceSession, Tensor as OrtTensor } from 'onnxruntime-node';
import type { Graph, Shape, Storage } from '../../../compiler/graph/graph.ts';
import { size } from '../../../compiler/graph/shape.ts';
import { lowerFunction, type OnnxProgram } from '../../../compiler/lower/onnx/lower.ts';
import {
  type Slot,
  type StateVector,
  stateInput,
  stateLayout,
  stateOutput,
} from '../../../compiler/lower/onnx/state.ts';
import type { Session, Tensors } from '../engine.ts';
import { type Onnxruntime, sessionOptions } from './onnxruntime.ts';

interface LoadedFunction {
  readonly program: OnnxProgram;
  readonly session: InferenceSession;
  /** Where inputs are copied to: ONNX Runtime does not take memory that threads share. */
  readonly feeds: Readonly<Record<string, OrtTensor>>;
}

/** A state vector that a call reads, and the one that it writes; they change places after the call. */
interface Buffers {
  current: OrtTensor;
  spare: OrtTensor;
}

/** One ONNX Runtime session for each function of the graph; all of them share the state, which stays in two buffers. */
export async function openSession(ort: Onnxruntime, graph: Graph, threads: number): Promise<Session> {
  const zeros = (shape: Shape) => new ort.Tensor('float32', new Float32Array(size(shape)), shape);
  const functions = new Map<string, LoadedFunction>();
  for (const name of Object.keys(graph.functions)) {
    const program = lowerFunction(graph, name);
    const session = await ort.InferenceSession.create(program.model, sessionOptions(threads));
    const feeds = Object.entries(program.inputs).map(([input, shape]) => [input, zeros(shape)]);
    functions.set(name, { program, session, feeds: Object.fromEntries(feeds) });
  }
  const layout = stateLayout(graph);
  const state = new Map<string, Buffers>(
    layout.map(({ name, length }) => [name, { current: zeros([length]), spare: zeros([length]) }]),
  );
  const vector = (name: string) => state.get(name)!.current.data as Float32Array;

  return {
    async init() {
      for (const { name, slots } of layout)
        for (const slot of slots) if (slot.variable.role !== 'weight') fill(vector(name), slot);
    },
    async write(variables) {
      for (const [name, slot, values] of placed(layout, variables)) store(vector(name), slot, values);
    },
    async read() {
      return new Map(
        layout.flatMap(({ name, slots }) =>
          slots.map((slot) => [slot.variable.name, fetch(vector(name), slot)] as const),
        ),
      );
    },
    async call(name, inputs) {
      const { program, session, feeds: own } = functions.get(name)!;
      for (const [input, { data, size: length }] of Object.entries(own))
        (data as Float32Array).set(checked(name, input, inputs[input], length));
      const feeds = { ...own };
      for (const read of program.reads) feeds[stateInput(read)] = state.get(read.name)!.current;
      const fetches: Record<string, OrtTensor | null> = {};
      for (const output of Object.keys(program.outputs)) fetches[output] = null;
      for (const written of program.writes) fetches[stateOutput(written)] = state.get(written.name)!.spare;
      const results = await session.run(feeds, fetches);
      for (const written of program.writes) {
        const buffers = state.get(written.name)!;
        [buffers.current, buffers.spare] = [buffers.spare, buffers.current];
      }
      return Object.fromEntries(
        Object.keys(program.outputs).map((output) => [output, results[output]!.data as Float32Array]),
      );
    },
    async dispose() {
      for (const { session } of functions.values()) await session.release();
      functions.clear();
    },
  };
}

/** Each given tensor with its place. */
function placed(
  layout: readonly StateVector[],
  variables: Tensors,
): readonly (readonly [vector: string, Slot, Float32Array])[] {
  const slots = new Map(
    layout.flatMap(({ name, slots }) => slots.map((slot) => [slot.variable.name, { name, slot }] as const)),
  );
  return [...variables].map(([name, values]) => {
    const place = slots.get(name);
    if (!place) throw new Error(`the graph has no variable ${name}`);
    const { name: vector, slot } = place;
    return [vector, slot, checked('write', name, values, size(slot.variable.shape))];
  });
}

/** ONNX Runtime would take a longer array without a word. */
function checked(
  where: string,
  name: string,
  values: Float32Array | undefined,
  length: number,
): Float32Array {
  if (values?.length === length) return values;
  const found = values ? `${values.length}` : 'none';
  throw new Error(`${where}: ${name} must have ${length} numbers, given: ${found}`);
}

function fill(vector: Float32Array, slot: Slot): void {
  const { initial, name, shape } = slot.variable;
  if (initial.kind !== 'fill') throw new Error(`${name} is drawn, but only weights are`);
  store(vector, slot, new Float32Array(size(shape)).fill(initial.value));
}

/** Puts a variable into its slot, in the stored shape. */
function store(vector: Float32Array, { variable, offset }: Slot, values: Float32Array): void {
  const { shape, storage } = variable;
  vector.set(storage ? converted(storage.pack, values, shape, storage.shape) : values, offset);
}

/** A copy of a variable, in its logical shape. */
function fetch(vector: Float32Array, { variable, offset, length }: Slot): Float32Array {
  const { shape, storage } = variable;
  const stored = vector.subarray(offset, offset + length);
  return storage ? converted(storage.unpack, stored, storage.shape, shape) : stored.slice();
}

function converted(
  { operation, attributes }: Storage['pack'],
  values: Float32Array,
  from: Shape,
  to: Shape,
): Float32Array {
  const out = { shape: to, data: new Float64Array(size(to)) };
  operation.lower.reference([{ shape: from, data: Float64Array.from(values) }], attributes, out);
  return Float32Array.from(out.data);
}
