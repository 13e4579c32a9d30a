import type { OwnComponents } from '../own/components.ts';
import { OwnError } from '../own/own-error.ts';
import type { BatchPlan } from './batch-plan.ts';
import { DataError } from './source.ts';

/** What the worker is started with. Slot s of the buffer begins at s · batchBytes(plan). */
export interface WorkerStart {
  readonly plan: BatchPlan;
  readonly buffer: SharedArrayBuffer;
  /** The user's own components, which the plan may name. */
  readonly own: OwnComponents | undefined;
}

/** To the worker: put this batch into this slot. Requests are done one after the other, in their order. */
export interface Request {
  readonly index: number;
  readonly slot: number;
}

/** From the worker, one a request. */
export interface Answer extends Request {
  readonly fault?: Fault;
}

/** An error on its way between threads, which keeps no class. */
export type Fault =
  | {
      readonly kind: 'data';
      readonly message: string;
      readonly file: string;
      readonly help: string | undefined;
    }
  | { readonly kind: 'bug'; readonly message: string; readonly stack: string | undefined };

export function toFault(error: unknown): Fault {
  if (error instanceof DataError || error instanceof OwnError)
    return { kind: 'data', message: error.message, file: error.file, help: error.help };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'bug', message, stack };
}

export function toError(fault: Fault): Error {
  if (fault.kind === 'data') return new DataError(fault.message, fault.file, fault.help);
  return Object.assign(new Error(fault.message), { stack: fault.stack });
}
