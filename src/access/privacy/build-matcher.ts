import { phoneKey } from '../../store/suppression-keys.ts';
import { escapePattern } from '../../toolkit/escape-pattern.ts';
import { type Identity, nameWords } from './identity.ts';
import { caseBlindPattern, wordPattern } from './letter-classes.ts';

/** Finds and replaces every mention of the identities. */
export interface Matcher {
  /** @param isOwn the text is in a row of the person: a first or last name alone counts too */
  scrubText(text: string, isOwn: boolean): string;
  /** The same for every string, key and number of a JSON value; gives back the same object when nothing is in it. */
  scrubJson(value: unknown, isOwn: boolean): unknown;
  /**
   * Patterns for Postgres (`~`): at least one matches every text that `scrubText(text, false)` would change, and a few
   * more, because they know no word boundaries.
   */
  readonly sqlPatterns: readonly string[];
}

interface Replacement {
  readonly pattern: RegExp;
  readonly becomes: string;
}

const LETTER = '\\p{L}\\p{N}';
/** Scripts that are written without blanks have no word boundaries to look for. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
/** Between the words of a name: blanks, the comma of a list, the dot of an address. */
const BETWEEN = '[ \u00a0\u2000-\u200b\t\r\n,._+-]{1,3}';
/** Between the digits of a number. */
const DIGITS_APART = '[ \u00a0\u2009\u202f()./\u2010\u2011-]{0,3}';
/** Patterns of one SQL expression: Postgres refuses expressions that are too large. */
const SQL_ALTERNATIVES = 20;

export function buildMatcher(identities: readonly Identity[]): Matcher {
  const everywhere = identities.flatMap(everywhereOf);
  const inOwnRows = identities.flatMap(inOwnRowsOf);
  const wholeValues = new Map(identities.flatMap(wholeValuesOf));
  const scrubText = (text: string, isOwn: boolean): string => {
    let scrubbed = replaceAll(text, everywhere);
    if (isOwn) scrubbed = replaceAll(scrubbed, inOwnRows);
    return scrubbed;
  };
  const scrubJson = (value: unknown, isOwn: boolean): unknown => {
    if (typeof value === 'string') {
      const whole = wholeValues.get(value);
      if (whole !== undefined && (isOwn || !whole.onlyInOwnRows)) return whole.becomes;
      return scrubText(value, isOwn);
    }
    if (typeof value === 'number') return scrubNumber(value, isOwn);
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) {
      const items = value.map((item: unknown) => scrubJson(item, isOwn));
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    const entries = Object.entries(value);
    const scrubbed = entries.map(([key, inner]) => [scrubText(key, isOwn), scrubJson(inner, isOwn)] as const);
    const isSame = scrubbed.every(
      ([key, inner], index) => key === entries[index]?.[0] && inner === entries[index][1],
    );
    return isSame ? value : Object.fromEntries(scrubbed);
  };
  const scrubNumber = (value: number, isOwn: boolean): number | null => {
    const written = String(value);
    const whole = wholeValues.get(written);
    if (whole !== undefined && isOwn) return null;
    // A telephone number that a source wrote as a number; anything shorter is an amount.
    return Number.isSafeInteger(value) && written.length >= 9 && scrubText(written, false) !== written
      ? null
      : value;
  };
  const sources = everywhere.map(({ pattern }) => withoutBoundaries(pattern.source));
  return { scrubText, scrubJson, sqlPatterns: chunk(sources) };
}

function replaceAll(text: string, replacements: readonly Replacement[]): string {
  let result = text;
  for (const { pattern, becomes } of replacements) result = result.replace(pattern, () => becomes);
  return result;
}

/** Longest first: an address goes before the name in it. */
function everywhereOf(identity: Identity): readonly Replacement[] {
  const { emails, domains, phones, chatIds, sourceIds, ids, names, pseudonym } = identity;
  const address = `erased-${pseudonym.slice(-8)}@erased.invalid`;
  return [
    ...ids.map((id) => replacement(escapePattern(id.old), id.new, '')),
    // `ana@acme.com` is not part of `ana@acme.com.au`.
    ...emails.map((email) => replacement(`${emailPattern(email)}(?![.-][${LETTER}])`, address, '._%+-')),
    ...domains.map((domain) => replacement(domainPattern(domain), 'erased.invalid', '')),
    ...phones.flatMap((phone) => phoneReplacement(phone)),
    ...[...chatIds, ...sourceIds].map((id) => replacement(escapePattern(id), 'erased', '')),
    ...(identity.isNameUnique ? names.flatMap((name) => nameReplacements(name, identity)) : []),
  ];
}

function inOwnRowsOf(identity: Identity): readonly Replacement[] {
  const full = identity.isNameUnique
    ? []
    : identity.names.flatMap((name) => nameReplacements(name, identity));
  if (identity.kind === 'account') return full;
  const parts = identity.names.flatMap((name) => {
    const words = nameWords(name);
    const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
    const pairs = words.length > 2 ? [named([first, words[1] ?? ''], identity)] : [];
    const initial =
      words.length > 1
        ? [
            [`${first.charAt(0)}.`, last],
            [first, `${last.charAt(0)}.`],
          ]
        : [];
    return [...pairs, ...initial.map(([a, b]) => initials(a ?? '', b ?? '', identity)), ...words.map(alone)];
  });
  return [...full, ...parts.flatMap((part) => (part === null ? [] : [part]))];

  function alone(word: string): Replacement | null {
    if ([...word].length < 2) return null;
    // A short name that is also a common word (Will, Mark, May) counts only when it is written as a name.
    const pattern = wordPattern(word, { capitalFirst: [...word].length < 5 });
    return replacement(pattern, identity.pseudonym, '', word);
  }
}

function nameReplacements(name: string, identity: Identity): readonly Replacement[] {
  if (identity.kind === 'account') return [named(name.trim().split(/\s+/u), identity)];
  const words = nameWords(name);
  const [first, last] = [words[0] ?? '', words.at(-1) ?? ''];
  // One word alone names nobody, except where names are written without blanks.
  if (words.length < 2) return UNSPACED.test(name) && [...name].length > 1 ? [named(words, identity)] : [];
  const orders = [
    words,
    [last, ...words.slice(0, -1)],
    ...(words.length > 2
      ? [
          [first, last],
          [last, first],
        ]
      : []),
  ];
  return orders.map((order) => named(order, identity));
}

const named = (words: readonly string[], { pseudonym }: Identity): Replacement =>
  replacement(words.map((word) => wordPattern(word)).join(BETWEEN), pseudonym, '', words.join(' '));

function initials(a: string, b: string, { pseudonym }: Identity): Replacement {
  const part = (word: string): string =>
    word.endsWith('.') ? `${wordPattern(word.slice(0, -1), { capitalFirst: true })}\\.` : wordPattern(word);
  return replacement(`${part(a)} ?${part(b)}`, pseudonym, '', a + b);
}

const emailPattern = (email: string): string => caseBlindPattern(email.trim()).replaceAll('@', '(?:@|%40)');

const domainPattern = (domain: string): string =>
  `(?:[A-Za-z0-9._%+-]+(?:@|%40))?(?:[A-Za-z0-9-]+\\.)*${caseBlindPattern(domain.trim())}`;

function phoneReplacement(phone: string): readonly Replacement[] {
  const core = phoneKey(phone);
  if (core === null) return [];
  const prefix = `(?:[+(]?[0-9][0-9 \u00a0().\\/-]{0,9})?`;
  return [
    {
      pattern: new RegExp(`(?<!\\d)${prefix}${[...core].join(DIGITS_APART)}(?!\\d)`, 'gu'),
      becomes: '[erased number]',
    },
  ];
}

/** @param also characters besides letters and digits that may not stand before the mention */
function replacement(pattern: string, becomes: string, also: string, written = ''): Replacement {
  if (UNSPACED.test(written)) return { pattern: new RegExp(pattern, 'gu'), becomes };
  return { pattern: new RegExp(`(?<![${LETTER}${also}])${pattern}(?![${LETTER}])`, 'gu'), becomes };
}

interface WholeValue {
  readonly becomes: null;
  readonly onlyInOwnRows: boolean;
}

/** JSON values that are nothing but an id: they become null, because a mention of nobody would be a broken one. */
function wholeValuesOf(identity: Identity): readonly (readonly [string, WholeValue])[] {
  return [
    ...identity.chatIds.map((id) => [id, { becomes: null, onlyInOwnRows: false }] as const),
    ...[...identity.sourceIds, ...identity.shortIds].map(
      (id) => [id, { becomes: null, onlyInOwnRows: true }] as const,
    ),
  ];
}

function withoutBoundaries(source: string): string {
  return source.replace(/\(\?<?!(?:\[[^\]]*\]|\\d)+\)/gu, '');
}

function chunk(patterns: readonly string[]): readonly string[] {
  const chunks: string[] = [];
  for (let from = 0; from < patterns.length; from += SQL_ALTERNATIVES)
    chunks.push(patterns.slice(from, from + SQL_ALTERNATIVES).join('|'));
  return chunks;
}
