import { EmbeddedActionsParser, EOF, type IToken } from 'chevrotain';
import { numberValue } from './number.ts';
import type { Source, Span } from './source.ts';
import type {
  Argument,
  Call,
  Comparison,
  Expression,
  Identifier,
  NumberLiteral,
  SizeLiteral,
  TextLiteral,
} from './syntax.ts';
import * as token from './tokens.ts';

/** What a rule that begins with a choice is called in messages. */
const alternatives: Readonly<Record<string, string>> = {
  declaration: 'a declaration',
  statement: 'a field',
  scaled: 'a value',
  primary: 'a name or parentheses',
};

const headEnds = new Set([token.LeftBrace, token.Extends, token.Of]);
const statementEnds = new Set([EOF, token.RightBrace, token.Let, token.Vary, token.Use]);
const closings = new Set([EOF, token.RightParenthesis, token.RightBracket]);

/**
 * The grammar of values, one method a rule, each giving its node of the syntax tree. A rule stops at its first error,
 * which carries the label of what was expected as its message; `faults/` makes sentences of it.
 *
 * Chevrotain runs every rule once without tokens to learn the grammar, so actions must bear empty tokens and nodes:
 * spans are taken from tokens, never from other nodes.
 */
export abstract class ExpressionRules extends EmbeddedActionsParser {
  protected source: Source = { path: '', text: '' };

  constructor({ skipValidations }: { readonly skipValidations: boolean }) {
    super(token.vocabulary, {
      maxLookahead: 2,
      skipValidations,
      errorMessageProvider: {
        buildMismatchTokenMessage: ({ expected }) => expected.LABEL ?? expected.name,
        buildNoViableAltMessage: ({ ruleName }) => alternatives[ruleName] ?? '',
        buildNotAllInputParsedMessage: () => '',
        buildEarlyExitMessage: () => '',
      },
    });
  }

  expressions = this.RULE('expressions', (): readonly Expression[] => {
    const values = [this.SUBRULE(this.expression)];
    this.MANY({
      GATE: () => !statementEnds.has(this.LA(2).tokenType) && !this.fieldAhead(2),
      DEF: () => {
        this.CONSUME(token.Comma);
        values.push(this.SUBRULE2(this.expression));
      },
    });
    this.OPTION(() => this.CONSUME2(token.Comma));
    return values;
  });

  expression = this.RULE('expression', (): Expression => {
    const first = this.LA(1);
    const left = this.SUBRULE(this.phases);
    let comparison: Comparison | undefined;
    this.OPTION(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(token.Compare).image as '<' | '<=' | '>' | '>=' },
        { ALT: () => this.CONSUME(token.In) && ('in' as const) },
      ]);
      const right = this.SUBRULE2(this.phases);
      comparison = { kind: 'comparison', operator, left, right, span: this.since(first) };
    });
    return comparison ?? left;
  });

  phases = this.RULE('phases', (): Expression => {
    const first = this.LA(1);
    const phases = [this.SUBRULE(this.pipe)];
    this.MANY(() => {
      this.CONSUME(token.Then);
      phases.push(this.SUBRULE2(this.pipe));
    });
    return phases.length > 1 ? { kind: 'sequence', phases, span: this.since(first) } : phases[0]!;
  });

  pipe = this.RULE('pipe', (): Expression => {
    const first = this.LA(1);
    const stages = [this.SUBRULE(this.range)];
    this.MANY(() => {
      this.CONSUME(token.Flow);
      stages.push(this.SUBRULE(this.measured));
    });
    return stages.length > 1 ? { kind: 'pipeline', stages, span: this.since(first) } : stages[0]!;
  });

  range = this.RULE('range', (): Expression => {
    const first = this.LA(1);
    const low = this.SUBRULE(this.sum);
    const high = this.OPTION(() => {
      this.CONSUME(token.Dots);
      return this.SUBRULE2(this.sum);
    });
    return high ? { kind: 'range', low, high, span: this.since(first) } : low;
  });

  sum = this.RULE('sum', (): Expression => {
    const first = this.LA(1);
    let left = this.SUBRULE(this.product);
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(token.Plus) && ('+' as const) },
        { ALT: () => this.CONSUME(token.Minus) && ('-' as const) },
      ]);
      const right = this.SUBRULE2(this.product);
      left = { kind: 'binary', operator, left, right, span: this.since(first) };
    });
    return left;
  });

  product = this.RULE('product', (): Expression => {
    const first = this.LA(1);
    let left = this.SUBRULE(this.unary);
    this.MANY(() => {
      const operator = this.OR([
        { ALT: () => this.CONSUME(token.Star) && ('*' as const) },
        { ALT: () => this.CONSUME(token.Slash) && ('/' as const) },
      ]);
      const right = this.SUBRULE2(this.unary);
      left = { kind: 'binary', operator, left, right, span: this.since(first) };
    });
    return left;
  });

  unary = this.RULE('unary', (): Expression => {
    const first = this.LA(1);
    const minus = this.OPTION(() => this.CONSUME(token.Minus));
    const operand = this.SUBRULE(this.scaled);
    return minus ? { kind: 'negation', operand, span: this.since(first) } : operand;
  });

  scaled = this.RULE('scaled', (): Expression => {
    const first = this.LA(1);
    return this.OR<Expression>([
      {
        ALT: () => {
          const factor = this.SUBRULE(this.number);
          const operand = this.OPTION({
            GATE: () => this.operandAhead(),
            DEF: () => this.SUBRULE(this.measured),
          });
          return operand ? { kind: 'scaled', factor, operand, span: this.since(first) } : factor;
        },
      },
      { ALT: () => this.SUBRULE2(this.measured) },
    ]);
  });

  number = this.RULE('number', (): NumberLiteral | SizeLiteral =>
    this.OR<NumberLiteral | SizeLiteral>([
      {
        ALT: () => {
          const leads = this.leadsProduct();
          const first = this.CONSUME(token.Numeral);
          const divisor = this.OPTION({
            GATE: () => leads && this.LA(2).tokenType === token.Numeral,
            DEF: () => {
              this.CONSUME(token.Slash);
              return this.CONSUME2(token.Numeral);
            },
          });
          const percent = this.OPTION2(() => this.CONSUME(token.Percent)) !== undefined;
          const images = divisor ? [first.image, divisor.image] : [first.image];
          const text = images.join('/') + (percent ? '%' : '');
          return {
            kind: 'number',
            text,
            value: numberValue(images, percent),
            percent,
            span: this.since(first),
          };
        },
      },
      {
        ALT: () => {
          const size = this.CONSUME(token.Size);
          const texts = size.image.split('x').map((side) => side.trim());
          return { kind: 'size', texts, values: texts.map(Number), span: this.since(size) };
        },
      },
    ]),
  );

  measured = this.RULE('measured', (): Expression => {
    const first = this.LA(1);
    let subject = this.SUBRULE(this.primary);
    this.MANY(() => {
      subject = this.OR<Expression>([
        {
          ALT: () => {
            this.CONSUME(token.On);
            const target = this.SUBRULE2(this.primary);
            return { kind: 'on', subject, target, span: this.since(first) };
          },
        },
        {
          ALT: () => {
            this.CONSUME(token.At);
            const head = this.SUBRULE(this.identifier);
            return { kind: 'at', subject, head, span: this.since(first) };
          },
        },
      ]);
    });
    return subject;
  });

  primary = this.RULE('primary', (): Expression => {
    const first = this.LA(1);
    let object = this.OR<Expression>([
      { ALT: () => this.SUBRULE(this.call) },
      { ALT: () => this.SUBRULE(this.parenthesised) },
      { ALT: () => this.SUBRULE(this.list) },
      { ALT: () => this.SUBRULE(this.text) },
    ]);
    this.MANY(() => {
      this.CONSUME(token.Dot);
      const name = this.SUBRULE(this.identifier);
      object = { kind: 'member', object, name, span: this.since(first) };
    });
    return object;
  });

  call = this.RULE('call', (): Expression => {
    const first = this.LA(1);
    const path = this.SUBRULE(this.path);
    const callee = { kind: 'name', path, span: this.since(first) } as const;
    let call: Call | undefined;
    this.OPTION(() => {
      this.CONSUME(token.LeftParenthesis);
      const given = this.OPTION2(() => this.SUBRULE(this.arguments)) ?? [];
      this.CONSUME(token.RightParenthesis);
      call = { kind: 'call', callee, arguments: given, span: this.since(first) };
    });
    return call ?? callee;
  });

  parenthesised = this.RULE('parenthesised', (): Expression => {
    const first = this.CONSUME(token.LeftParenthesis);
    const items = this.SUBRULE(this.arguments);
    this.CONSUME(token.RightParenthesis);
    const only = items.length === 1 ? items[0] : undefined;
    return only && only.name === undefined
      ? { kind: 'group', inner: only.value, span: this.since(first) }
      : { kind: 'tuple', items, span: this.since(first) };
  });

  list = this.RULE('list', (): Expression => {
    const first = this.CONSUME(token.LeftBracket);
    const items = this.OPTION(() => this.SUBRULE(this.arguments)) ?? [];
    this.CONSUME(token.RightBracket);
    return { kind: 'list', items, span: this.since(first) };
  });

  arguments = this.RULE('arguments', (): readonly Argument[] => {
    const items = [this.SUBRULE(this.argument)];
    this.MANY({
      GATE: () => !closings.has(this.LA(2).tokenType),
      DEF: () => {
        this.CONSUME(token.Comma);
        items.push(this.SUBRULE2(this.argument));
      },
    });
    this.OPTION(() => this.CONSUME2(token.Comma));
    return items;
  });

  argument = this.RULE('argument', (): Argument => {
    const first = this.LA(1);
    const name = this.OPTION({
      GATE: () => this.LA(2).tokenType === token.Colon,
      DEF: () => {
        const name = this.SUBRULE(this.identifier);
        this.CONSUME(token.Colon);
        return name;
      },
    });
    const value = this.SUBRULE(this.expression);
    return { name, value, span: this.since(first) };
  });

  text = this.RULE('text', (): TextLiteral => {
    const text = this.CONSUME(token.Text);
    return { kind: 'text', value: text.image.slice(1, -1), span: this.since(text) };
  });

  path = this.RULE('path', (): readonly Identifier[] => {
    const path = [this.SUBRULE(this.identifier)];
    this.MANY(() => {
      this.CONSUME(token.Dot);
      path.push(this.SUBRULE2(this.identifier));
    });
    return path;
  });

  identifier = this.RULE('identifier', (): Identifier => {
    const name = this.CONSUME(token.Name);
    return { text: name.image, span: this.since(name) };
  });

  protected since(first: IToken): Span {
    return { source: this.source, start: first.startOffset, end: token.endOf(this.LA(0)) };
  }

  /** A number takes what follows as its operand, unless that starts a field or a block. */
  private operandAhead(): boolean {
    const next = this.LA(1).tokenType;
    if (next === token.LeftParenthesis) return true;
    return next === token.Name && !this.fieldAhead(1) && !this.blockAhead();
  }

  /** `name . name :` */
  private fieldAhead(index: number): boolean {
    if (this.LA(index).tokenType !== token.Name) return false;
    let next = index + 1;
    while (this.LA(next).tokenType === token.Dot && this.LA(next + 1).tokenType === token.Name) next += 2;
    return this.LA(next).tokenType === token.Colon;
  }

  private blockAhead(): boolean {
    return this.LA(2).tokenType === token.Name && headEnds.has(this.LA(3).tokenType);
  }

  /** `a / 2 / 3` is (a / 2) / 3, so `2 / 3` is one number only where no factor stands before it. */
  private leadsProduct(): boolean {
    const before = this.LA(0).tokenType === token.Minus ? this.LA(-1) : this.LA(0);
    return before.tokenType !== token.Star && before.tokenType !== token.Slash;
  }
}
