import { type View, viewOf } from '../../editors/server/view.ts';
import { workspaceOf } from '../../editors/server/workspace.ts';
import { registry } from '../../runtime/registry.generated.ts';

const cursor = '‸';

/** A folder of files as an editor sees it that has nothing open. */
export const workspaceWith = (files: Readonly<Record<string, string>>) =>
  workspaceOf({ all: () => [] }, () => ['/study'], {
    registry,
    read: (path) => {
      const text = files[path.replace('/study/', '')];
      return text === undefined ? undefined : { path, text };
    },
    list: () => Object.keys(files).map((file) => `/study/${file}`),
    components: () => undefined,
  });

/** A file with the place of `‸` in it, which is taken out. */
export function viewAt(
  text: string,
  files: Readonly<Record<string, string>> = {},
): { readonly view: View; readonly offset: number } {
  const offset = text.indexOf(cursor);
  if (offset < 0) throw new Error(`no ${cursor} in the text`);
  const plain = text.replace(cursor, '');
  const view = viewOf('/study/a.dml', workspaceWith({ ...files, 'a.dml': plain }));
  if (!view) throw new Error('the file cannot be read');
  return { view, offset };
}
