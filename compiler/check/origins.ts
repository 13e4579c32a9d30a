import type { Diagnostic } from '../../grammar/diagnostic.ts';
import { firstFrom } from '../../grammar/search.ts';
import type { Span } from '../../grammar/source.ts';
import type { Declaration } from '../../grammar/syntax.ts';
import { once } from './context.ts';
import { textOf } from './describe.ts';
import type { File } from './files.ts';
import { type Resolved, referredIn } from './mentions.ts';
import { type Entity, lookup } from './scope.ts';

type Related = NonNullable<Diagnostic['related']>;

/** What is found, with the lets that a wrong value came from, and the way to it from the file that is checked. */
export function withOrigins(files: readonly File[], main: string): (diagnostic: Diagnostic) => Diagnostic {
  const mentions = rememberMentions();
  const places = new Map(files.map((file) => [file.tree.source.path, placesIn(file)]));
  const ways = new Map<Declaration, Related>();
  return (diagnostic) => {
    const place = places.get(diagnostic.span.source.path)?.(diagnostic.span);
    if (!place) return diagnostic;
    const known = diagnostic.related ?? [];
    const origins = originsOf(diagnostic.span, mentions(place));
    const uses =
      place.file.tree.source.path === main
        ? []
        : once(ways, place.declaration, () => usesOf(place, files, main));
    const fresh = [...origins, ...uses].filter(({ span }) => !known.some((each) => isSame(each.span, span)));
    return fresh.length === 0 ? diagnostic : { ...diagnostic, related: [...known, ...fresh] };
  };
}

/** The names in a declaration by where they end: many findings in one declaration look at it once. */
function rememberMentions(): (place: Place) => ReadonlyMap<number, readonly Resolved[]> {
  const known = new Map<Declaration, ReadonlyMap<number, readonly Resolved[]>>();
  return ({ file, declaration }) => {
    const before = known.get(declaration);
    if (before) return before;
    const byEnd = new Map<number, Resolved[]>();
    for (const mention of referredIn(declaration, file.scope)) {
      const alike = byEnd.get(mention.span.end);
      if (alike) alike.push(mention);
      else byEnd.set(mention.span.end, [mention]);
    }
    known.set(declaration, byEnd);
    return byEnd;
  };
}

interface Place {
  readonly file: File;
  readonly declaration: Exclude<Declaration, { kind: 'use' }>;
}

type Places = (span: Span) => Place | undefined;

/** Finds the innermost declaration around a span; in a file with errors one may hold another. */
function placesIn(file: File): Places {
  const inOrder = file.tree.declarations.toSorted((a, b) => a.span.start - b.span.start);
  let last = 0;
  const lastEnds = inOrder.map(({ span }) => {
    last = Math.max(last, span.end);
    return last;
  });
  return (span) => {
    let at = firstFrom(inOrder, span.start + 1, (each) => each.span.start) - 1;
    while (at >= 0 && lastEnds[at]! >= span.end && !contains(inOrder[at]!.span, span)) at -= 1;
    const declaration = inOrder[at];
    if (!declaration || declaration.kind === 'use' || !contains(declaration.span, span)) return undefined;
    return { file, declaration };
  };
}

/** Lets further than this are followed by the reader alone. */
const farthest = 4;

/** The lets behind a name that is itself what is wrong, one after another, down to where the value is written. */
function originsOf(span: Span, mentions: ReadonlyMap<number, readonly Resolved[]>): Related {
  const named = mentions.get(span.end)?.find((mention) => isWhole(mention, span));
  const origins: Related[number][] = [];
  let entity: Entity | undefined = named?.entity;
  while (entity?.kind === 'value' && origins.length < farthest) {
    const { expression, scope } = entity;
    origins.push({ span: expression.span, message: 'it comes from here' });
    entity = expression.kind === 'name' ? lookup(expression.path, scope) : undefined;
  }
  return origins;
}

/** Whether the place is that of the name alone, with the namespace before it. */
const isWhole = ({ span, path }: Resolved, place: Span) =>
  place.source.path === span.source.path && place.end === span.end && place.start === path[0]!.span.start;

/** How the checked file comes to a declaration of another one: the names in between, the checked file's first. */
function usesOf(goal: Place, files: readonly File[], main: string): Related {
  const seen = new Set<Declaration>([goal.declaration]);
  let ways: readonly { readonly to: Declaration; readonly by: Related }[] = [
    { to: goal.declaration, by: [] },
  ];
  while (ways.length > 0) {
    const next: { readonly to: Declaration; readonly by: Related }[] = [];
    for (const { to, by } of ways) {
      if (to.kind === 'use') continue;
      for (const file of files)
        for (const declaration of file.tree.declarations) {
          if (declaration.kind === 'use' || seen.has(declaration)) continue;
          const mention = referredIn(declaration, file.scope).find(({ entity }) =>
            isSame(entity.span, to.name.span),
          );
          if (!mention) continue;
          seen.add(declaration);
          const way = {
            to: declaration,
            by: [{ span: mention.span, message: `used here, as \`${textOf(mention.span)}\`` }, ...by],
          };
          if (file.tree.source.path === main) return way.by;
          next.push(way);
        }
    }
    ways = next;
  }
  return [];
}

const contains = (outer: Span, inner: Span) => outer.start <= inner.start && inner.end <= outer.end;

const isSame = (a: Span, b: Span) =>
  a.source.path === b.source.path && a.start === b.start && a.end === b.end;
