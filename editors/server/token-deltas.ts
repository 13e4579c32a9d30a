import type { SemanticTokens, SemanticTokensDelta } from 'vscode-languageserver';
import { sharedEnd, sharedStart } from './shared.ts';

/** The tokens that an editor was sent last, by file, so that afterwards only what differs is sent. */
export interface SentTokens {
  readonly whole: (file: string, tokens: SemanticTokens) => SemanticTokens;
  /** What makes the tokens of an earlier answer those of now; all of them where it is not known any more. */
  readonly since: (
    file: string,
    resultId: string,
    tokens: SemanticTokens,
  ) => SemanticTokens | SemanticTokensDelta;
  readonly forget: (file: string) => void;
}

export function sentTokens(): SentTokens {
  const sent = new Map<string, { readonly resultId: string; readonly data: readonly number[] }>();
  let number = 0;
  const whole = (file: string, { data }: SemanticTokens) => {
    const resultId = String(++number);
    sent.set(file, { resultId, data });
    return { resultId, data };
  };
  return {
    whole,
    since(file, resultId, tokens) {
      const before = sent.get(file);
      const now = whole(file, tokens);
      if (before?.resultId !== resultId) return now;
      return { resultId: now.resultId, edits: editsBetween(before.data, now.data) };
    },
    forget: (file) => void sent.delete(file),
  };
}

function editsBetween(before: readonly number[], after: readonly number[]) {
  const start = sharedStart(before, after);
  if (start === before.length && start === after.length) return [];
  const tail = Math.min(sharedEnd(before, after), before.length - start, after.length - start);
  return [
    { start, deleteCount: before.length - start - tail, data: after.slice(start, after.length - tail) },
  ];
}
