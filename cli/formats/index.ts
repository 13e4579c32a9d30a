import type { Printer } from './format.ts';

/** Formats for machines by name. Loaded when one is asked for: SARIF brings the texts of all messages. */
export const formats = {
  json: async () => (await import('./json.ts')).json,
  jsonl: async () => (await import('./json.ts')).jsonl,
  sarif: async () => (await import('./sarif.ts')).sarif,
  github: async () => (await import('./github.ts')).github,
  gitlab: async () => (await import('./gitlab.ts')).gitlab,
  junit: async () => (await import('./junit.ts')).junit,
} as const satisfies Readonly<Record<string, () => Promise<Printer>>>;

export type MachineFormat = keyof typeof formats;
