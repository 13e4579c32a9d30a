import type { Component } from '../../compiler/registry.ts';

/** What the process that holds TypeScript is asked, as JSON on its standard input. */
export interface Request {
  /** `read`: signatures only. `compile`: types are checked, and JavaScript is made. */
  readonly job: 'read' | 'compile';
  /** The user's file, from `root`, with slashes. */
  readonly main: string;
  /** Absolute path of the folder that no import may leave. */
  readonly root: string;
}

/** A file of the program, from `root`, the user's own first; `hash` is the SHA-256 of its bytes, `null` where there is none. */
export interface HashedFile {
  readonly path: string;
  readonly hash: string | null;
}

/** Something wrong in the user's TypeScript; lines count from 1. */
export interface Problem {
  readonly path: string;
  readonly line: number;
  readonly message: string;
}

/** Found without running anything; `file` is the user's own, from `root`. */
export type Described = Omit<Component, 'load' | 'code'>;

export interface ReadAnswer {
  readonly files: readonly HashedFile[];
  readonly components: readonly Described[];
  readonly problems: readonly Problem[];
}

/** A module as CommonJS that requires `"dml"` and other modules by their paths; `map` is its source map as JSON. */
export interface Module {
  readonly path: string;
  readonly code: string;
  readonly map: string;
}

export interface CompileAnswer {
  readonly files: readonly HashedFile[];
  /** What TypeScript says, in its own words; without it `modules` are whole. */
  readonly errors: readonly TypeFault[];
  readonly modules: readonly Module[];
}

/** `start` and `length` are UTF-16 units of `text`, the file's content. */
export interface TypeFault {
  readonly path: string;
  readonly text: string;
  readonly start: number;
  readonly length: number;
  readonly code: string;
  readonly message: string;
}

/** The process could not do it: too deeply nested, say. */
export interface Failed {
  readonly failure: string;
}

export interface Answers {
  readonly read: ReadAnswer;
  readonly compile: CompileAnswer;
}
