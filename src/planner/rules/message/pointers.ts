import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { SeenNames } from '../../../query/seen-names.ts';
import type { StoredValues } from '../../../query/stored-values.ts';
import { namingDimension } from '../compose/reach.ts';
import { type KnownName, nameIndexOf, nameWords, placedWords } from '../name-index.ts';
import { vocabularyOf } from '../vocabulary.ts';

/** Something that a message names: a record by its name or its number. */
export interface Named {
  readonly name: string;
  /** The dimension whose name it is; `number` for the number of a record. */
  readonly dimension: string;
}

type Pointed = 'person' | 'many' | 'thing' | 'place' | 'noun';

interface Pointer {
  readonly kind: Pointed;
  /** Dimensions whose names it may stand for, likeliest first. */
  readonly fits: readonly string[];
  readonly put: (name: string, word: string) => string;
}

const whole = (name: string): string => `"${name}"`;
const owned = (name: string): string => `"${name}"'s`;
const companies = ['account', 'partner', 'lead_company'];
const things = ['deal', 'campaign', 'product', 'number', 'lead', 'incident', 'intent'];

/** Words that stand for what was named before, and how a name is put in their place. */
const pointers: readonly (readonly [RegExp, Pointer])[] = [
  [
    /\b(?:of (?:his|hers)|of theirs)\b/i,
    { kind: 'person', fits: ['person', 'contact'], put: (name) => `of ${whole(name)}` },
  ],
  [/\bhers\b/i, { kind: 'person', fits: ['person', 'contact'], put: (name) => `tickets of ${whole(name)}` }],
  [/\b(?:he|she|him)\b/i, { kind: 'person', fits: ['person', 'contact'], put: whole }],
  [/\b(?:his|her)\b(?! (?:and|or)\b)/i, { kind: 'person', fits: ['person', 'contact'], put: owned }],
  [
    /\b(?:each of the two|each of them|both of them|the two of them|the two|both)\b/i,
    { kind: 'many', fits: ['person', 'account', 'partner'], put: whole },
  ],
  [
    /\bth(?:at|is) (?:account|customer|company|client|campaign|deal|opportunity|lead|partner|reseller|incident|intent|product|ticket|case|escalation)\b/i,
    { kind: 'noun', fits: [], put: (name, word) => `${word.replace(/^\w+ /, '')} ${whole(name)}` },
  ],
  [/\btheirs?\b/i, { kind: 'many', fits: companies, put: owned }],
  [/\b(?:they|them)\b/i, { kind: 'many', fits: [...companies, 'person'], put: whole }],
  [
    /\b(?:at|in|from|with|over) there\b|\bthere(?=\s*(?:[?.!,]|$))/i,
    { kind: 'place', fits: companies, put: (name) => `at ${whole(name)}` },
  ],
  [/\bits\b/i, { kind: 'thing', fits: [...things, ...companies], put: owned }],
  [
    /\bit\b(?! (?:takes?|took|is (?:true|just|only))\b)/i,
    { kind: 'thing', fits: [...things, ...companies], put: whole },
  ],
];

/** Everything that a text names, once each. */
export function namedIn(text: string, names: SeenNames, stored: StoredValues): readonly Named[] {
  const found: Named[] = [];
  const add = (one: Named): void => {
    if (!found.some(({ name }) => name === one.name)) found.push(one);
  };
  for (const match of text.matchAll(/\b(?:[A-Z]{2,}-\d+|0\d{6,})\b/g))
    add({ name: match[0], dimension: 'number' });
  const words = placedWords(text);
  const { byWord } = nameIndexOf(names);
  for (let at = 0; at < words.length; ) {
    const best = longest(
      byWord.get(words[at]?.word ?? '') ?? [],
      words.slice(at).map(({ word }) => word),
    );
    const isName = best !== null && (best.length > 1 || words[at]?.isCapitalised === true);
    if (best !== null && isName) for (const one of best.names) add(one);
    at += isName ? best.length : 1;
  }
  for (const dimension of ['campaign', 'product', 'intent'])
    for (const value of stored.get(dimension) ?? [])
      if (value.length > 3 && ` ${nameWords(text).join(' ')} `.includes(` ${nameWords(value).join(' ')} `))
        add({ name: value, dimension });
  return found;
}

/** The names that begin with most of the words; those of several kinds are all kept. */
function longest(
  candidates: readonly KnownName[],
  words: readonly string[],
): { readonly names: readonly Named[]; readonly length: number } | null {
  const lengths = candidates.map((one) => {
    if (one.owner.length > 0 || one.words[0] !== words[0]) return 0;
    const end = one.words.findIndex((word, index) => word !== words[index]);
    return end === -1 ? one.words.length : end;
  });
  const length = Math.max(0, ...lengths);
  if (length === 0) return null;
  const names = candidates.filter((_, index) => lengths[index] === length);
  return { names: names.map(({ name, dimension }) => ({ name, dimension })), length };
}

/** What became of the words in a question that point at something named around it. */
export type Resolved =
  | { readonly kind: 'none' }
  | { readonly kind: 'one'; readonly question: string; readonly name: string }
  | {
      readonly kind: 'several';
      readonly readings: readonly { readonly question: string; readonly name: string }[];
    }
  /** It points at something that nothing names. */
  | { readonly kind: 'open' };

/** Puts what is meant in the place of "they", "his", "that campaign". */
export function withNamed(question: string, told: readonly Named[], catalogue: Catalogue): Resolved {
  for (const [pattern, pointer] of pointers) {
    const match = pattern.exec(question);
    if (match === null || isBound(question.slice(0, match.index), pointer.kind)) continue;
    const fits = pointer.kind === 'noun' ? namedBy(match[0], catalogue) : pointer.fits;
    const fitting = told.filter(({ dimension }) => fits.includes(dimension));
    const [first] = fits.filter((dimension) => fitting.some((one) => one.dimension === dimension));
    const meant = fitting.filter(({ dimension }) => dimension === first);
    const put = (name: string): string => replaced(question, pattern, pointer, name);
    const [one, another] = meant;
    if (one === undefined) return { kind: 'open' };
    if (another === undefined) return { kind: 'one', question: put(one.name), name: one.name };
    if (/\b(?:two|both|each)\b/i.test(match[0])) return ofAll(question, match[0], meant);
    return { kind: 'several', readings: meant.map(({ name }) => ({ question: put(name), name })) };
  }
  return { kind: 'none' };
}

/** "For each of the two": every one of them, told one by one where "each" asks for that. */
function ofAll(question: string, words: string, meant: readonly Named[]): Resolved {
  const all = meant.map(({ name }) => whole(name)).join(' and ');
  const name = meant.map((one) => one.name).join(' and ');
  if (!/\beach\b/i.test(words)) return { kind: 'one', question: question.replace(words, () => all), name };
  const rest = question.replace(new RegExp(`(?:,? (?:for|of|with))? ${words}\\b`), '').replace(/[?.!]+$/, '');
  return { kind: 'one', question: `${rest} for ${all}, each`, name };
}

/** "That campaign": one that is called by the name of campaigns, or by a number. */
function namedBy(pointer: string, catalogue: Catalogue): readonly string[] {
  const key = vocabularyOf(catalogue).keyOf(pointer.split(' ').at(-1)?.toLowerCase() ?? '');
  const own = key.startsWith('@') ? namingDimension(catalogue, key.slice(1)) : null;
  return [...(own ? [own] : []), 'number'];
}

/** Every word that points at it: the first names it, "their" and "its" behind that are of the same. */
const replaced = (question: string, pattern: RegExp, { put }: Pointer, name: string): string =>
  question.replace(pattern, (word) => put(name, word));

const actors =
  /\b(?:customers|accounts|clients|companies|partners|contacts|agents|reps|engineers|people|buyers|users|teams)\b|"[^"]+"/i;
const records =
  /\b(?:tickets|cases|deals|opportunities|leads|subscriptions|orders|products|incidents|escalations|campaigns|conversations|chats|renewals|ones)\b/i;
const record =
  /\b(?:customer|account|client|company|ticket|case|deal|opportunity|opp|lead|subscription|order|partner|product|contact|incident|escalation|campaign|conversation|chat|renewal)\b|"[^"]+"|\b0\d{6,}\b|\b[A-Z]{2,}-\d+\b/i;
const person = /\b(?:who|whom|whose|agent|rep|engineer|contact|anyone|anybody|somebody|someone)\b|"[^"]+"/i;
const doing =
  /\b(?:how (?:many|much)|which|what)(?: \S+){1,4} (?:has|have|had|did|do|does|can|will|would)\s*$/i;

/** "Which deals changed their amount": what it stands for is named in the question itself. Tickets do not open anything. */
function isBound(before: string, kind: Pointed): boolean {
  switch (kind) {
    case 'many':
      return actors.test(before) || (records.test(before) && !doing.test(before));
    case 'thing':
      return record.test(before) || records.test(before);
    case 'person':
      return person.test(before);
    default:
      return false;
  }
}
