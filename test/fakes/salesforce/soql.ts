/** What the stand-in understands of SOQL: SELECT … FROM … WHERE … ORDER BY … LIMIT, strictly. */
export interface Query {
  readonly fields: readonly string[] | 'count';
  readonly object: string;
  readonly where: Condition | null;
  readonly orderBy: readonly string[];
  readonly limit: number | null;
}

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'compare'; readonly field: string; readonly operator: string; readonly value: Literal }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly Literal[] };

export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'instant'; readonly at: number }
  | { readonly kind: 'boolean'; readonly isTrue: boolean };

export class SoqlError extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const malformed = (message: string): never => {
  throw new SoqlError('MALFORMED_QUERY', message);
};

const tokenPattern =
  /\s*(?:(?<text>'(?:[^'\\]|\\.)*')|(?<instant>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z)|(?<word>[A-Za-z_][\w.]*)|(?<number>\d+)|(?<sign><=|>=|[<>=(),]))/y;

interface Token {
  readonly kind: 'text' | 'instant' | 'word' | 'number' | 'sign';
  readonly text: string;
}

function tokenise(soql: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < soql.trimEnd().length) {
    const at = tokenPattern.lastIndex;
    const groups = tokenPattern.exec(soql)?.groups;
    if (groups === undefined) return malformed(`unexpected token at ${at}: ${soql.slice(at, at + 20)}`);
    const found = Object.entries(groups as Record<string, string | undefined>);
    const [kind, text = ''] = found.find(([, value]) => value !== undefined)!;
    tokens.push({ kind: kind as Token['kind'], text });
  }
  return tokens;
}

export function parseSoql(soql: string): Query {
  const tokens = tokenise(soql);
  let at = 0;
  const isNext = (text: string): boolean => tokens[at]?.text.toUpperCase() === text;
  const take = (kind: Token['kind']): string => {
    const token = tokens[at];
    if (token?.kind !== kind) return malformed(`expecting a ${kind}, found ${token?.text ?? 'the end'}`);
    at += 1;
    return token.text;
  };
  const expect = (...texts: readonly string[]): void => {
    for (const text of texts) {
      if (!isNext(text)) malformed(`expecting ${text}, found ${tokens[at]?.text ?? 'the end'}`);
      at += 1;
    }
  };
  const literal = (): Literal => {
    const token = tokens[at];
    at += 1;
    if (token?.kind === 'text') return { kind: 'text', text: token.text.slice(1, -1) };
    if (token?.kind === 'instant') return { kind: 'instant', at: Date.parse(token.text) };
    if (/^(true|false)$/i.test(token?.text ?? ''))
      return { kind: 'boolean', isTrue: /true/i.test(token!.text) };
    return malformed(`expecting a value, found ${token?.text ?? 'the end'}`);
  };
  const list = <T>(one: () => T): T[] => {
    const all = [one()];
    while (isNext(',')) {
      at += 1;
      all.push(one());
    }
    return all;
  };
  const single = (): Condition => {
    if (isNext('(')) {
      at += 1;
      const inside = condition();
      expect(')');
      return inside;
    }
    const field = take('word');
    if (isNext('IN')) {
      expect('IN', '(');
      const values = list(literal);
      expect(')');
      return { kind: 'in', field, values };
    }
    const operator = take('sign');
    if (!['=', '<', '>', '<=', '>='].includes(operator)) malformed(`${operator} compares nothing`);
    return { kind: 'compare', field, operator, value: literal() };
  };
  // SOQL wants brackets where AND and OR meet, so a list has one of them.
  const condition = (): Condition => {
    const parts = [single()];
    const word = isNext('AND') ? 'AND' : 'OR';
    while (isNext(word)) {
      at += 1;
      parts.push(single());
    }
    return parts.length === 1 ? parts[0]! : { kind: word === 'AND' ? 'and' : 'or', parts };
  };

  expect('SELECT');
  let fields: Query['fields'];
  if (isNext('COUNT')) {
    expect('COUNT', '(', ')');
    fields = 'count';
  } else fields = list(() => take('word'));
  expect('FROM');
  const object = take('word');
  let where: Condition | null = null;
  if (isNext('WHERE')) {
    at += 1;
    where = condition();
  }
  let orderBy: string[] = [];
  if (isNext('ORDER')) {
    expect('ORDER', 'BY');
    orderBy = list(() => take('word'));
  }
  let limit: number | null = null;
  if (isNext('LIMIT')) {
    at += 1;
    limit = Number(take('number'));
  }
  if (at !== tokens.length) malformed(`unexpected token: ${tokens[at]!.text}`);
  return { fields, object, where, orderBy, limit };
}
