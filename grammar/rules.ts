import type { IToken } from 'chevrotain';
import { ExpressionRules } from './expression-rules.ts';
import { numberValue } from './number.ts';
import type { Source } from './source.ts';
import type { Block, Declaration, Field, Let, Reference, Statement, SyntaxTree, Use } from './syntax.ts';
import * as token from './tokens.ts';

/** A block up to its opening brace. */
export type BlockHead = Omit<Block, 'kind' | 'statements' | 'doc' | 'span'>;
/** A file without what stands between its tokens. */
export type FileBody = Pick<SyntaxTree, 'version' | 'declarations'>;

/** The rules of a whole file. */
export class Rules extends ExpressionRules {
  constructor(options: { readonly skipValidations: boolean }) {
    super(options);
    this.performSelfAnalysis();
  }

  /** Makes the rules read these tokens of this source. */
  read(source: Source, tokens: IToken[]): this {
    this.source = source;
    this.input = tokens;
    return this;
  }

  file = this.RULE('file', (): FileBody => {
    const version = this.OPTION({
      GATE: () => this.LA(1).image === 'dml',
      DEF: () => this.SUBRULE(this.version),
    });
    const declarations: Declaration[] = [];
    this.MANY(() => declarations.push(this.SUBRULE(this.declaration)));
    return { version, declarations };
  });

  version = this.RULE('version', (): NonNullable<SyntaxTree['version']> => {
    const first = this.CONSUME(token.Name);
    const number = this.CONSUME(token.Numeral);
    return { value: numberValue([number.image]), text: number.image, span: this.since(first) };
  });

  declaration = this.RULE(
    'declaration',
    (): Declaration =>
      this.OR<Declaration>([
        { ALT: () => this.SUBRULE(this.use) },
        { ALT: () => this.SUBRULE(this.let) },
        { ALT: () => this.SUBRULE(this.block) },
      ]),
  );

  use = this.RULE('use', (): Use => {
    const first = this.CONSUME(token.Use);
    const path = this.SUBRULE(this.text);
    const alias = this.OPTION(() => {
      this.CONSUME(token.As);
      return this.SUBRULE(this.identifier);
    });
    return { kind: 'use', path, alias, span: this.since(first) };
  });

  let = this.RULE('let', (): Let => {
    const first = this.CONSUME(token.Let);
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(token.Equals);
    const value = this.SUBRULE(this.expression);
    return { kind: 'let', name, value, span: this.since(first) };
  });

  block = this.RULE('block', (): Block => {
    const first = this.LA(1);
    const head = this.SUBRULE(this.blockHead);
    const statements: Statement[] = [];
    this.MANY(() => statements.push(this.SUBRULE(this.statement)));
    this.CONSUME(token.RightBrace);
    return { kind: 'block', ...head, statements, doc: undefined, span: this.since(first) };
  });

  blockHead = this.RULE('blockHead', (): BlockHead => {
    const keyword = this.SUBRULE(this.identifier);
    const name = this.SUBRULE2(this.identifier);
    let parent: Reference | undefined;
    let bases: readonly Reference[] = [];
    this.OPTION(() =>
      this.OR([
        {
          ALT: () => {
            this.CONSUME(token.Extends);
            parent = this.SUBRULE(this.reference);
          },
        },
        {
          ALT: () => {
            this.CONSUME(token.Of);
            bases = this.SUBRULE(this.references);
          },
        },
      ]),
    );
    this.CONSUME(token.LeftBrace);
    return { keyword, name, parent, bases };
  });

  statement = this.RULE(
    'statement',
    (): Statement =>
      this.OR<Statement>([
        { ALT: () => this.SUBRULE(this.factor) },
        { ALT: () => this.SUBRULE(this.vary) },
        { ALT: () => this.SUBRULE(this.field) },
      ]),
  );

  factor = this.RULE('factor', (): Statement => {
    const first = this.CONSUME(token.Let);
    const name = this.SUBRULE(this.identifier);
    this.CONSUME(token.In);
    const values = this.SUBRULE(this.expression);
    return { kind: 'factor', name, values, span: this.since(first) };
  });

  vary = this.RULE('vary', (): Statement => {
    const first = this.CONSUME(token.Vary);
    const targets = this.SUBRULE(this.references);
    this.CONSUME(token.In);
    const values = this.SUBRULE(this.expression);
    return { kind: 'vary', targets, values, span: this.since(first) };
  });

  field = this.RULE('field', (): Field => {
    const first = this.LA(1);
    const target = this.SUBRULE(this.reference);
    this.CONSUME(token.Colon);
    const values = this.SUBRULE(this.expressions);
    return { kind: 'field', target, values, span: this.since(first) };
  });

  /** A field on the command line. */
  setting = this.RULE('setting', (): Field => {
    const first = this.LA(1);
    const target = this.SUBRULE(this.reference);
    this.CONSUME(token.Equals);
    const values = this.SUBRULE(this.expressions);
    return { kind: 'field', target, values, span: this.since(first) };
  });

  reference = this.RULE('reference', (): Reference => {
    const first = this.LA(1);
    const path = this.SUBRULE(this.path);
    return { path, span: this.since(first) };
  });

  references = this.RULE('references', (): readonly Reference[] => {
    const references: Reference[] = [];
    this.AT_LEAST_ONE_SEP({
      SEP: token.Comma,
      DEF: () => references.push(this.SUBRULE(this.reference)),
    });
    return references;
  });
}
