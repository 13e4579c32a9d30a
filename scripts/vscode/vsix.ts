import { strToU8, zipSync } from 'fflate';

/** What the manifest of an extension says that its package repeats. */
export interface ExtensionManifest {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly version: string;
  readonly publisher: string;
  readonly engines: { readonly vscode: string };
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
}

/** Files of an extension by their paths; those of `assets` have a place of their own in an editor. */
export type ExtensionFiles = Readonly<Record<string, Uint8Array>>;

/** Files that an editor or a market place shows, by what they are to it. */
const assets = {
  'Microsoft.VisualStudio.Code.Manifest': 'package.json',
  'Microsoft.VisualStudio.Services.Content.Details': 'README.md',
  'Microsoft.VisualStudio.Services.Content.Changelog': 'CHANGELOG.md',
  'Microsoft.VisualStudio.Services.Content.License': 'LICENSE',
} as const;

/** Media types of files by their extension; one without is plain text. */
const mediaTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.js': 'application/javascript',
  '.cjs': 'application/javascript',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain',
  '.vsixmanifest': 'text/xml',
};

/** The time of every file: equal contents give equal bytes. */
const epoch = '1980-01-01T00:00:00';

/**
 * An extension as the package that editors install: a zip with the files below `extension/`, and two descriptions of
 * them, in the form that `vsce package` writes.
 */
export function vsix(manifest: ExtensionManifest, files: ExtensionFiles): Uint8Array {
  for (const file of Object.values(assets))
    if (!files[file]) throw new Error(`The extension has no ${file}.`);
  const entries = {
    'extension.vsixmanifest': strToU8(packageManifest(manifest)),
    '[Content_Types].xml': strToU8(contentTypes(Object.keys(files))),
    ...Object.fromEntries(Object.entries(files).map(([file, bytes]) => [`extension/${file}`, bytes])),
  };
  return zipSync(entries, { level: 6, mtime: new Date(epoch) });
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function packageManifest(manifest: ExtensionManifest): string {
  const { name, displayName, description, version, publisher, engines, categories, keywords } = manifest;
  const property = (id: string, value: string) => `      <Property Id="${id}" Value="${escaped(value)}" />`;
  const code = 'Microsoft.VisualStudio.Code';
  return `<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011" xmlns:d="http://schemas.microsoft.com/developer/vsx-schema-design/2011">
  <Metadata>
    <Identity Language="en-US" Id="${escaped(name)}" Version="${escaped(version)}" Publisher="${escaped(publisher)}" />
    <DisplayName>${escaped(displayName)}</DisplayName>
    <Description xml:space="preserve">${escaped(description)}</Description>
    <Tags>${escaped([...keywords, '__ext_dml'].join(','))}</Tags>
    <Categories>${escaped(categories.join(','))}</Categories>
    <GalleryFlags>Public</GalleryFlags>
    <Properties>
${[
  property(`${code}.Engine`, engines.vscode),
  property(`${code}.ExtensionDependencies`, ''),
  property(`${code}.ExtensionPack`, ''),
  property(`${code}.ExtensionKind`, 'workspace'),
  property(`${code}.LocalizedLanguages`, ''),
  property('Microsoft.VisualStudio.Services.GitHubFlavoredMarkdown', 'true'),
].join('\n')}
    </Properties>
    <License>extension/${assets['Microsoft.VisualStudio.Services.Content.License']}</License>
  </Metadata>
  <Installation>
    <InstallationTarget Id="${code}" />
  </Installation>
  <Dependencies />
  <Assets>
${Object.entries(assets)
  .map(([type, file]) => `    <Asset Type="${type}" Path="extension/${file}" Addressable="true" />`)
  .join('\n')}
  </Assets>
</PackageManifest>
`;
}

const extensionOf = (file: string): string => /\.[^./]+$/.exec(file)?.[0] ?? '';

function contentTypes(files: readonly string[]): string {
  const extensions = [...new Set([...files.map(extensionOf), '.vsixmanifest'])].filter(Boolean).sort();
  const unknown = extensions.filter((extension) => !Object.hasOwn(mediaTypes, extension));
  if (unknown.length > 0) throw new Error(`Nobody says what files of ${unknown.join(', ')} are.`);
  const defaults = extensions.map((extension) => {
    return `  <Default Extension="${extension}" ContentType="${mediaTypes[extension]}" />`;
  });
  const plain = files.filter((file) => extensionOf(file) === '');
  const overrides = plain.map(
    (file) => `  <Override PartName="/extension/${file}" ContentType="text/plain" />`,
  );
  return `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
${[...defaults, ...overrides].join('\n')}
</Types>
`;
}
