declare module 'railroad-diagrams' {
  /** A part of a picture; its text is SVG. */
  export interface Part {
    toString(): string;
  }
  interface Picture extends Part {
    readonly attrs: Record<string, string>;
    format(padding: number): Part;
  }
  const parts: {
    Diagram(...items: readonly Part[]): Picture;
    Sequence(...items: readonly Part[]): Part;
    Choice(normal: number, ...items: readonly Part[]): Part;
    Optional(item: Part): Part;
    OneOrMore(item: Part, separator: Part): Part;
    ZeroOrMore(item: Part): Part;
    Terminal(text: string): Part;
    NonTerminal(text: string): Part;
  };
  export default parts;
}
