import { text } from '../../../grammar/diagnostic.ts';
import { rule } from '../rule.ts';

export const dataOutsideRoot = rule({
  code: 'DML3506',
  name: 'data-outside-root',
  level: 'error',
  summary: 'A path of the data, or of weights, leaves the data root.',
  why: 'Paths are below the root that `--data` or `DML_DATA` names, so that a file runs on another machine as it is. An absolute path, or one with `..`, ends the run before its first step.',
  source: 'language, data root',
  bad: 'dataset mine { source: folder(path: "/home/me/scans", images: "{case}/image.png", masks: "{case}/mask.png") } experiment a extends base { data: mine  labels: mask }',
  good: 'dataset mine { source: folder(path: "scans", images: "{case}/image.png", masks: "{case}/mask.png") } experiment a extends base { data: mine  labels: mask }',
  message: text`"${'path'}" leaves the data root.`,
  help: text`Write a path below the root, and give the root by \`--data DIR\` or DML_DATA.`,
  check({ experiment: { data } }) {
    const { options, span } = data.source;
    return Object.values(options)
      .flat()
      .flatMap((path) => (typeof path === 'string' && leaves(path) ? [{ span, values: { path } }] : []));
  },
});

const leaves = (path: string): boolean =>
  /^(?:[/~]|[A-Za-z]:)/.test(path) || path.split(/[\\/]/).includes('..');
