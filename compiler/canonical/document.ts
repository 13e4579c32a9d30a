import {
  isAlias,
  isScalar,
  type Node,
  type ParsedNode,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';
import type { Place } from './expressions.ts';
import { messages } from './messages.ts';

/** The one document of a YAML file; `undefined` once reported. */
export function readDocument(place: Place): ParsedNode | undefined {
  const { source } = place;
  const document = parseDocument<ParsedNode>(source.text);
  const at = ([start, end]: readonly number[]) => ({ source, start: start!, end: end! });
  const doubled = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
  const [broken] = document.errors.filter((error) => !doubled.includes(error));
  const root = document.contents;
  if (broken || !root || (isScalar(root) && isLanguage(source.text))) {
    const problem = broken ? problemOf(broken) : root ? 'it is text' : 'it is empty';
    const help = isLanguage(source.text)
      ? { help: 'This looks like the language itself: such a file is called `.dml`.' }
      : {};
    place.report(messages.at(at(broken?.pos ?? [0, 0]), 'DML1401', { problem }, help));
    return undefined;
  }
  for (const { pos } of doubled) {
    const key = keyAt(source.text, pos[0]);
    place.report(messages.at(at([pos[0], pos[0] + key.length]), 'DML1404', { key }));
  }
  const directive = document.directives.yaml.explicit ? source.text.indexOf('%YAML') : -1;
  if (directive >= 0)
    place.report(
      messages.at(at([directive, directive + 5]), 'DML1407', { found: '%YAML', what: 'a directive' }),
    );
  visit(document, {
    Node(_, node) {
      const [found, what] = foreign(node) ?? [];
      if (found && what && node.range) place.report(messages.at(at(node.range), 'DML1407', { found, what }));
    },
  });
  return root;
}

const problemOf = ({ code, message }: YAMLParseError): string =>
  code === 'MULTIPLE_DOCS'
    ? 'it holds several documents'
    : message
        .split('\n')[0]!
        .replace(/ at line .*$/, '')
        .replace(/\.$/, '');

/** Whether a text begins as one of the language does. */
const isLanguage = (text: string): boolean =>
  /^(dml\s+\d|(use\s+"|(let|dataset|protocol|experiment|sweep|compare)\s+\w+\s*(=|\{|of\b|extends\b)))/m.test(
    text,
  );

const keyAt = (text: string, start: number): string =>
  /^[^\s:,{}[\]]*/.exec(text.slice(start, start + 80))![0];

/** What YAML has to say a thing elsewhere or as another type than it is. */
function foreign(node: Node): readonly [found: string, what: string] | undefined {
  if (isAlias(node)) return [`*${node.source}`, 'an alias'];
  if (isScalar(node) && node.value === '<<') return ['<<', 'a merge key'];
  if ('anchor' in node && node.anchor) return [`&${node.anchor}`, 'an anchor'];
  return node.tag ? [node.tag, 'a tag'] : undefined;
}
