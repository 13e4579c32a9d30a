import { createHash } from 'node:crypto';
import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { positionAt } from '../../grammar/source.ts';

/**
 * One a finding, all different: SHA-256 of code, file, the text of its line, and how often these came before. Lines
 * that move keep theirs, so that a service knows old findings again.
 */
export function fingerprints(diagnostics: readonly Diagnostic[]): readonly string[] {
  const seen = new Map<string, number>();
  return diagnostics.map(({ code, span: { source, start } }) => {
    const { line } = positionAt(source, start);
    const text = source.text.split('\n')[line - 1]?.trim() ?? '';
    const key = [code, source.path, text].join('\u0000');
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return createHash('sha256').update(`${key}\u0000${before}`).digest('hex');
  });
}
