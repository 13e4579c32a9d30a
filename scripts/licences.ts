import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Name, version and licence text of every package that a bundle holds, as its licence demands. */
export function licencesOf(bundled: readonly string[], root: string): string {
  const folders = new Set(
    bundled.flatMap((file) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  return [...folders]
    .map((folder) => licenceOf(path.resolve(root, folder)))
    .sort()
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(folder, 'package.json'), 'utf8'),
  ) as Record<'name' | 'version' | 'license', string>;
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
  return `${name} ${version} (${license})\n\n${text}\n`;
}
