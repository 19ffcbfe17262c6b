/**
 * The arithmetic of derived metrics: names, numbers, + - * / and brackets, with the usual precedence. A formula is
 * parsed when the catalogue is loaded and computed by us; nothing of it reaches the database.
 */
export type Formula =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'minus'; readonly of: Formula }
  | {
      readonly kind: 'operation';
      readonly operator: '+' | '-' | '*' | '/';
      readonly left: Formula;
      readonly right: Formula;
    };

const tokenPattern = /\s*(?:(\d+(?:\.\d+)?)|([a-z][a-z0-9_]*)|([-+*/()]))/y;
/** Brackets may nest this deep. */
const DEEPEST = 20;

/**
 * @param text for example `100 * (promoters - detractors) / answers`
 * @returns the formula, or what is wrong with the text
 */
export function parseFormula(text: string): Formula | { readonly mistake: string } {
  const tokens = tokenize(text);
  if ('mistake' in tokens) return tokens;
  try {
    const reader = { tokens: tokens.tokens, at: 0, depth: 0 };
    const formula = readSum(reader);
    const rest = reader.tokens[reader.at];
    return rest === undefined ? formula : { mistake: `"${rest}" stands where the formula should end` };
  } catch (error) {
    if (error instanceof FormulaMistake) return { mistake: error.message };
    throw error;
  }
}

/** Every name in a formula, once, in order of appearance. */
export function namesIn(formula: Formula): readonly string[] {
  const names = new Set<string>();
  const visit = (one: Formula): void => {
    if (one.kind === 'name') names.add(one.name);
    if (one.kind === 'minus') visit(one.of);
    if (one.kind !== 'operation') return;
    visit(one.left);
    visit(one.right);
  };
  visit(formula);
  return [...names];
}

/**
 * @param valueByName value of a name; null: not known
 * @returns null where a value that is needed is not known, or a divisor is 0
 */
export function computeFormula(
  formula: Formula,
  valueByName: (name: string) => number | null,
): number | null {
  switch (formula.kind) {
    case 'number':
      return formula.value;
    case 'name':
      return valueByName(formula.name);
    case 'minus': {
      const value = computeFormula(formula.of, valueByName);
      return value === null ? null : -value;
    }
    case 'operation': {
      const left = computeFormula(formula.left, valueByName);
      const right = computeFormula(formula.right, valueByName);
      if (left === null || right === null) return null;
      if (formula.operator === '+') return left + right;
      if (formula.operator === '-') return left - right;
      if (formula.operator === '*') return left * right;
      return right === 0 ? null : left / right;
    }
  }
}

class FormulaMistake extends Error {}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
}

function tokenize(text: string): { readonly tokens: readonly string[] } | { readonly mistake: string } {
  const tokens: string[] = [];
  const end = text.trimEnd().length;
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < end) {
    const from = tokenPattern.lastIndex;
    const match = tokenPattern.exec(text);
    if (match === null) {
      const wrong = text.slice(from).trim().charAt(0);
      return { mistake: `"${wrong}" is not a name, a number, a bracket or one of + - * /` };
    }
    tokens.push(match[0].trim());
  }
  return tokens.length === 0 ? { mistake: 'the formula is empty' } : { tokens };
}

function readSum(reader: Reader): Formula {
  let left = readProduct(reader);
  for (;;) {
    const operator = reader.tokens[reader.at];
    if (operator !== '+' && operator !== '-') return left;
    reader.at += 1;
    left = { kind: 'operation', operator, left, right: readProduct(reader) };
  }
}

function readProduct(reader: Reader): Formula {
  let left = readOne(reader);
  for (;;) {
    const operator = reader.tokens[reader.at];
    if (operator !== '*' && operator !== '/') return left;
    reader.at += 1;
    left = { kind: 'operation', operator, left, right: readOne(reader) };
  }
}

function readOne(reader: Reader): Formula {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (token === undefined) throw new FormulaMistake('the formula ends where a name or number should stand');
  reader.depth += 1;
  if (reader.depth > DEEPEST) throw new FormulaMistake(`brackets nest deeper than ${DEEPEST}`);
  try {
    if (token === '-') return { kind: 'minus', of: readOne(reader) };
    if (token === '(') {
      const inner = readSum(reader);
      if (reader.tokens[reader.at] !== ')') throw new FormulaMistake('a bracket is not closed');
      reader.at += 1;
      return inner;
    }
    if (/^\d/.test(token)) return { kind: 'number', value: Number(token) };
    if (/^[a-z]/.test(token)) return { kind: 'name', name: token };
    throw new FormulaMistake(`"${token}" stands where a name or number should stand`);
  } finally {
    reader.depth -= 1;
  }
}
