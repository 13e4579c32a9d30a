import path from 'node:path';
import type { Experiment, Use } from '../experiment.ts';
import type { PlainRecord } from './value-form.ts';

/**
 * The user's own files that an experiment has components of: their path beside the file where it is declared, the space
 * that their components are in, if any, and their hash.
 */
export function usedFiles(experiment: Experiment): readonly PlainRecord[] {
  const folder = path.dirname(experiment.span.source.path);
  const found = ownUses(experiment).map(({ name, file, code }) => {
    const way = path.relative(folder, file).split(path.sep).join('/');
    const [space, ...rest] = name.split('.');
    const used = {
      file: way.startsWith('.') ? way : `./${way}`,
      ...(rest.length > 0 ? { as: space! } : {}),
      code,
    };
    return [JSON.stringify(used), used] as const;
  });
  const files = [...new Map(found)].sort(([a], [b]) => (a < b ? -1 : 1));
  return files.map(([, used]) => used);
}

/** Everything in an experiment that is a component of a user's own, those of its teachers among them. */
function ownUses(value: unknown): readonly OwnUse[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.entries(value).flatMap(([key, part]) => (key === 'span' ? [] : ownUses(part)));
  return isOwn(value) ? [value, ...inside] : inside;
}

type OwnUse = Required<Pick<Use, 'name' | 'file' | 'code'>>;

const isOwn = (value: object): value is OwnUse =>
  'name' in value && 'code' in value && 'file' in value && typeof value.code === 'string';
