import type { Value } from '../../builder.ts';
import type { Shape } from '../../graph.ts';
import { packFilter } from '../../operations/blocked/pack-filter.ts';
import { packImage } from '../../operations/blocked/pack-image.ts';
import { packVector } from '../../operations/blocked/pack-vector.ts';
import { reblockImage } from '../../operations/blocked/reblock-image.ts';
import { unpackFilter } from '../../operations/blocked/unpack-filter.ts';
import { unpackImage } from '../../operations/blocked/unpack-image.ts';
import { unpackVector } from '../../operations/blocked/unpack-vector.ts';
import { reshape } from '../../operations/reshape.ts';
import { type Form, formKey, isPadded, plain, sameForm, storedShape } from './form.ts';
import { reordered } from './order.ts';

/** A value of the old graph in the new one: in the form that it came to be in, and in others as they are asked for. */
export class Placed {
  /** Logical. */
  readonly shape: Shape;
  readonly home: Form;
  readonly value: Value;
  /** What the channels hold that only fill the last block; `undefined` if that is not known. */
  readonly padding: number | undefined;
  /** Told of every form that a plain value is asked for. */
  onWish: (form: Form) => void = () => {};
  readonly #forms = new Map<string, Value>();

  constructor(shape: Shape, home: Form, value: Value, padding: number | undefined = 0) {
    this.shape = shape;
    this.home = home;
    this.value = value;
    this.padding = isPadded(shape, home) ? padding : 0;
  }

  /** The value in this form, with zeros in the padding. */
  as(form: Form): Value {
    if (this.home.kind === 'plain' && form.kind !== 'plain') this.onWish(form);
    if (this.padding === 0 && sameForm(this.home, form)) return this.value;
    const key = formKey(form);
    const known = this.#forms.get(key);
    if (known) return known;
    const value = this.#converted(form);
    this.#forms.set(key, value);
    return value;
  }

  #converted(form: Form): Value {
    if (form.kind === 'plain') return unpack(this.value, this.shape, this.home);
    const reblocked =
      form.kind === 'image' && this.home.kind === 'image' && (form.block === 1) !== (this.home.block === 1);
    if (reblocked) return reblockImage(this.value, this.shape[3]!, form.block);
    return pack(this.as(plain), form);
  }
}

function pack(value: Value, form: Form): Value {
  if (form.kind === 'filter') return packFilter(value, form.inputBlock, form.outputBlock);
  if (form.kind === 'vector') return packVector(value, form.block);
  if (form.kind === 'plain') return value;
  return form.block === 1
    ? reshape(reordered(value, [0, 3, 1, 2]), storedShape(value.shape, form))
    : packImage(value, form.block);
}

function unpack(value: Value, shape: Shape, form: Form): Value {
  if (form.kind === 'filter') return unpackFilter(value, shape[2]!, shape[3]!);
  if (form.kind === 'vector') return unpackVector(value, shape[0]!);
  if (form.kind === 'plain') return value;
  if (form.block !== 1) return unpackImage(value, shape[3]!);
  return reordered(reshape(value, value.shape.slice(0, 4)), [0, 2, 3, 1]);
}
