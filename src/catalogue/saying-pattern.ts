/** One piece of a saying, in the order in which people say it. */
export type SayingPart =
  /** In any of its forms, or as it stands. */
  | { readonly kind: 'word'; readonly word: string; readonly isExact?: true }
  /** Whatever may stand in between without being part of the figure's name: persons, times, conditions. */
  | { readonly kind: 'gap' }
  /** Any noun of these records, with what stands before it; `{ticket/conversation}` is one of either. */
  | { readonly kind: 'records'; readonly name: string; readonly entities: readonly string[] }
  /** One of several; an empty one may be left out. */
  | { readonly kind: 'choice'; readonly options: readonly (readonly SayingPart[])[] }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' };

/** A pattern that cannot be read, with what is wrong about it. */
export class SayingMistake extends Error {}

const piece = /\s+|\.\.\.|…|\{[a-z][a-z0-9_/]*\}|[()|?^$]|[^\s(){}|?^$.…]+/gu;

/**
 * Reads "how (long|fast) … take? … solve {ticket}": words in any of their forms, `=handled` in this one alone, `(a|b c)` one of several, `?` behind
 * what may be left out, `…` for what may stand in between, `{ticket}` for records by any of their names, `^` and `$` for
 * both ends of the question.
 */
export function parseSaying(text: string): readonly SayingPart[] {
  const pieces = text.match(piece) ?? [];
  if (pieces.join('') !== text) throw new SayingMistake(`“${text}” holds a sign that means nothing here`);
  const signs = pieces.filter((one) => one.trim() !== '');
  const { options, rest } = readOptions(signs, text);
  const [parts = []] = options;
  if (rest.length > 0 || options.length > 1)
    throw new SayingMistake(`“${text}”: what may be said instead of something stands between ( and )`);
  if (!parts.some(isFixed)) throw new SayingMistake(`“${text}” must hold a word`);
  return parts;
}

const isFixed = ({ kind }: SayingPart): boolean => kind === 'word' || kind === 'choice';

interface Read {
  readonly options: readonly (readonly SayingPart[])[];
  readonly rest: readonly string[];
}

/** Reads up to the end or to the `)` that ends a choice. */
function readOptions(signs: readonly string[], text: string): Read {
  const options: SayingPart[][] = [[]];
  let rest = signs;
  while (rest.length > 0 && rest[0] !== ')') {
    const [sign = '', ...after] = rest;
    rest = after;
    if (sign === '|') {
      options.push([]);
      continue;
    }
    let part = partOf(sign);
    if (sign === '(') {
      const inner = readOptions(rest, text);
      if (inner.rest[0] !== ')') throw new SayingMistake(`“${text}”: a ( has no )`);
      part = { kind: 'choice', options: inner.options };
      rest = inner.rest.slice(1);
    }
    if (rest[0] === '?') {
      part = { kind: 'choice', options: [[part], []] };
      rest = rest.slice(1);
    }
    options.at(-1)?.push(part);
  }
  return { options, rest };
}

function partOf(sign: string): SayingPart {
  if (sign === '…' || sign === '...') return { kind: 'gap' };
  if (sign === '^') return { kind: 'start' };
  if (sign === '$') return { kind: 'end' };
  if (sign.startsWith('{'))
    return { kind: 'records', name: sign.slice(1, -1), entities: sign.slice(1, -1).split('/') };
  const word = sign.toLowerCase();
  return /^=./.test(word) ? { kind: 'word', word: word.slice(1), isExact: true } : { kind: 'word', word };
}

/** Records that a saying, or the words it stands for, names: as written between the braces. */
export const recordsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\{([a-z][a-z0-9_/]*)\}/g)].map(([, name = '']) => name);
