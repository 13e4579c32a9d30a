import { families, familyNames } from '../../compiler/reference-sections.ts';
import type { Component, Registry } from '../../compiler/registry.ts';
import { type Files, pageOf } from './page.ts';

/** All files of the reference, by their path below `docs/reference/`: a page for each component, and an index. */
export async function referenceFiles(registry: Registry): Promise<Files> {
  const pages = await Promise.all(
    familyNames.flatMap((family) =>
      Object.values(registry[family]).map((component) =>
        pageOf(component, families[family].folder, registry),
      ),
    ),
  );
  return Object.assign({ 'README.md': index(registry) }, ...pages);
}

const index = (registry: Registry) => `# Reference

Every component of the language, a page each. Written from the signatures and doc comments of the components by
\`npm run build:docs\`. The language itself is described in [language.md](../language.md).

${componentTables(registry, '##', '')}`;

/** A table a family, each name a link to its page. `prefix` is the path from the document to the reference. */
export function componentTables(registry: Registry, heading: string, prefix: string): string {
  const sections = familyNames.flatMap((family) => {
    const members = Object.values(registry[family]);
    const { title, place, folder } = families[family];
    if (members.length === 0) return [];
    const row = ({ name, summary }: Component) =>
      `| [\`${name}\`](${prefix}${folder}/${name}.md) | ${summary.replaceAll('|', '\\|')} |`;
    return [`${heading} ${title}\n\n${place}\n\n| | |\n|---|---|\n${members.map(row).join('\n')}\n`];
  });
  return sections.join('\n');
}
