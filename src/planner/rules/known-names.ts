import type { SeenNames } from '../../query/seen-names.ts';
import { editDistance } from '../../toolkit/edit-distance.ts';
import { canonical } from './canonical.ts';
import { grammarWords } from './grammar-words.ts';
import {
  type KnownName,
  type NameIndex,
  nameIndexOf,
  nameWords,
  type PlacedWord,
  placedWords,
} from './name-index.ts';
import { plainWords } from './plain-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A question in which the names that the asker may see stand in quotes, as names of what they are. */
export interface NamedQuestion {
  readonly question: string;
  /** What a mistyped name was read as. */
  readonly notes: readonly string[];
}

/**
 * "granite state p1s", "the borealis payments ledger deal": words that are a name the asker may see, in lower case, in
 * part, or beside words that mean something else. Of the first kind, several words in the order of a name, there is no
 * doubt; a single word or a mistyped one is a name only where it is no other word.
 *
 * @param isBold takes single and mistyped words too: where a question was not understood without
 * @returns null when nothing in it is such a name
 */
export function withKnownNames(
  text: string,
  names: SeenNames | undefined,
  vocabulary: Vocabulary,
  isBold: boolean,
): NamedQuestion | null {
  if (names === undefined || names.size === 0) return null;
  const finder: Finder = { text, words: placedWords(text), index: nameIndexOf(names), vocabulary, isBold };
  const found: Found[] = [];
  for (let at = 0; at < finder.words.length; ) {
    const one = nameAt(finder, at);
    if (one !== null) found.push(one);
    at = one?.to ?? at + 1;
  }
  const all = withDeals(finder, found);
  return all.length === 0 ? null : rewrite(text, finder.words, all);
}

interface Finder {
  readonly text: string;
  readonly words: readonly PlacedWord[];
  readonly index: NameIndex;
  readonly vocabulary: Vocabulary;
  readonly isBold: boolean;
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly put: string;
  readonly readAs: string | null;
  readonly owners: readonly (readonly string[])[];
}

/** The longest name that begins with a word. */
function nameAt(finder: Finder, from: number): Found | null {
  const { words, index } = finder;
  const first = words[from];
  if (!first) return null;
  const exact = (index.byWord.get(first.word) ?? []).filter((one) => isFirst(one, first.word));
  const plural = exact.length === 0 && finder.isBold ? withoutS(finder, first) : [];
  const near = exact.length + plural.length === 0 && finder.isBold ? nearNames(finder, first) : [];
  const candidates = [...exact, ...plural, ...near];
  const lengths = candidates.map((one) => lengthOf(finder, one, from));
  const length = Math.max(0, ...lengths);
  const fitting = candidates.filter((_, place) => lengths[place] === length);
  if (length === 0 || fitting.length === 0) return null;
  if (length === 1 && (!finder.isBold || isOtherWord(finder, first))) return null;
  const to = from + length;
  const typed = words.slice(from, to);
  // "Great" of "Great Lakes Tech": its beginning alone, with a word behind it that is none of its own.
  const isTyped = fitting.some((one) => typed.every(({ word }, place) => word === one.words[place]));
  const [only, another] = new Set(fitting.map(({ name }) => name));
  const isOne = only !== undefined && another === undefined;
  const asTyped = finder.text.slice(first.start, typed.at(-1)?.end);
  const put = isOne && (!isTyped || !/\p{Lu}/u.test(asTyped)) ? only : asTyped;
  const dimension = fitting[0]?.dimension ?? '';
  return {
    from,
    to,
    put: dimension === 'partner' ? `partner "${put}"` : `"${put}"`,
    readAs: isTyped || plural.length > 0 ? null : put,
    owners: fitting.map((one) => one.words),
  };
}

const isFirst = ({ words, owner }: KnownName, word: string): boolean =>
  owner.length === 0 && words[0] === word;

/** How many words of a question, from one of them on, are those of a name from its first on. */
function lengthOf({ words, isBold }: Finder, one: KnownName, from: number): number {
  let length = 1;
  while (length < one.words.length) {
    const [before, next] = [words[from + length - 1], words[from + length]];
    const own = one.words[length] ?? '';
    if (!next || next.isApart || before?.isPossessive) break;
    const isNear = isBold && own.length >= 6 && editDistance(next.word, own, 2) <= 2;
    if (next.word !== own && !isNear) break;
    length += 1;
  }
  // "Alder and", "Bank of": a joining word alone ends no name.
  while (length > 1 && /^(?:and|of|the)$/.test(words[from + length - 1]?.word ?? '')) length -= 1;
  return length;
}

const shortestName = 4;

/** A single word that means something else, or too little: no name by itself. */
function isOtherWord({ vocabulary }: Finder, { word }: PlacedWord): boolean {
  const { words, storedWords } = vocabulary;
  const isKnown = (text: string): boolean =>
    words.has(text) || storedWords?.has(text) === true || grammarWords.has(text) || plainWords.has(text);
  return word.length < shortestName || isKnown(word) || isKnown(canonical(word));
}

/** "Claires deals", "marlowes health": whose it is, without the apostrophe. */
function withoutS(finder: Finder, typed: PlacedWord): readonly KnownName[] {
  if (!typed.word.endsWith('s') || isOtherWord(finder, typed)) return [];
  const word = typed.word.slice(0, -1);
  if (word.length < shortestName) return [];
  return (finder.index.byWord.get(word) ?? []).filter((one) => isFirst(one, word));
}

const shortestMistyped = 6;

/** Names whose first word is nearly the one that was typed; only where it is the first word of one alone. */
function nearNames(finder: Finder, typed: PlacedWord): readonly KnownName[] {
  if (typed.word.length < shortestMistyped || isOtherWord(finder, typed)) return [];
  const limit = typed.word.length >= 9 ? 2 : 1;
  const close = finder.index.firstWords.filter(
    (word) => word[0] === typed.word[0] && editDistance(typed.word, word, limit) <= limit,
  );
  const [only, another] = close;
  if (only === undefined || another !== undefined) return [];
  return (finder.index.byWord.get(only) ?? []).filter((one) => isFirst(one, only));
}

const dealNoun = /^(?:deal|opportunity|opp)$/;
const fewestOwnWords = 2;

/**
 * "Vantage Rail core banking pilot", "the session store deal": what a deal is called apart from its customer, right behind
 * the customer or right before the noun.
 */
function withDeals(finder: Finder, found: readonly Found[]): readonly Found[] {
  const { words, index } = finder;
  const all = [...found];
  for (let from = 0; from < words.length; from += 1) {
    const owner = all.find(({ to }) => to === from) ?? ownerBefore(finder, from);
    const candidates = (index.byWord.get(words[from]?.word ?? '') ?? []).filter(
      (one) => one.owner.length > 0 && (owner === undefined || isOf(one, owner)),
    );
    const lengths = candidates.map((one) => partLength(words, one, from));
    const length = Math.max(0, ...lengths);
    const noun = words[from + length];
    const isNamed = noun !== undefined && dealNoun.test(noun.word);
    const behind =
      owner === undefined && length >= fewestOwnWords ? ownerBehind(finder, all, from + length) : null;
    if (behind !== null) {
      const one = candidates.find((deal, at) => lengths[at] === length && isOf(deal, behind));
      if (one !== undefined) {
        for (const other of all.filter(({ to, from: at }) => at < behind.to && to > from))
          all.splice(all.indexOf(other), 1);
        all.push({ from, to: behind.to, put: `deal "${one.name}"`, readAs: null, owners: [] });
        from = behind.to - 1;
        continue;
      }
    }
    const isShort = length === 1 && owner !== undefined && isCalledShort(finder, from, isNamed);
    if ((length < fewestOwnWords && !isShort) || (owner === undefined && !isNamed)) continue;
    const names = ofNamedOwner(
      finder,
      found,
      candidates.filter((_, at) => lengths[at] === length),
    );
    const typed = words.slice(from, from + length).map(({ word }) => word);
    const [only, another] = names;
    const isOne = only !== undefined && another === undefined;
    const to = from + length + (isNamed ? 1 : 0);
    const start = owner === undefined ? from : owner.from;
    const whose = owner === undefined || isOne ? '' : ` of ${owner.put}`;
    const put = `deal "${isOne ? only : typed.join(' ')}"${whose}`;
    for (const one of all.filter((other) => other.from < to && other.to > start))
      all.splice(all.indexOf(one), 1);
    all.push({ from: start, to, put, readAs: null, owners: [] });
    from = to - 1;
  }
  return all.toSorted((left, right) => left.from - right.from);
}

/** "Solvang Foods: what is next on the private link deal": of several so called that of the customer who is named anywhere. */
function ofNamedOwner(
  { text }: Finder,
  found: readonly Found[],
  deals: readonly KnownName[],
): ReadonlySet<string> {
  const quoted = [...text.matchAll(/"([^"]+)"/g)].map((match) => nameWords(match[1] ?? ''));
  const owners = [...found.flatMap((one) => one.owners), ...quoted];
  const own = deals.filter((deal) =>
    owners.some((words) => words.length > 0 && words.every((word, place) => deal.owner[place] === word)),
  );
  return new Set((own.length > 0 ? own : deals).map(({ name }) => name));
}

/**
 * "Pelican migration deal", "the Kestrel renewal": behind its customer one word may be enough, where the noun says what it
 * is or nothing else was understood.
 */
function isCalledShort({ words, isBold }: Finder, at: number, isNamed: boolean): boolean {
  if (isNamed) return true;
  const [before, next] = [words[at - 2], words[at + 1]];
  return isBold && /^(?:the|my|our)$/.test(before?.word ?? '') && !ofProperty.test(next?.word ?? '');
}

/** "Renewal date", "migration tickets": the word belongs to what stands behind it. */
const ofProperty = /^(?:dates?|rates?|risk|mrr|arr|tickets?|cases?|incidents?|projects?|quotes?)$/;

/** "The Umbra payments ledger deal": before a deal's own name a single word is enough to say whose it is. */
function ownerBefore(finder: Finder, at: number): Found | undefined {
  const one = at === 0 ? null : nameAt({ ...finder, isBold: true }, at - 1);
  return one?.to === at ? one : undefined;
}

/** "The core banking pilot for Vantage Rail": whose it is, said behind it. */
function ownerBehind(finder: Finder, all: readonly Found[], at: number): Found | null {
  const from = dealNoun.test(finder.words[at]?.word ?? '') ? at + 1 : at;
  if (!/^(?:for|of|at|with)$/.test(finder.words[from]?.word ?? '')) return null;
  return all.find((one) => one.from === from + 1) ?? nameAt({ ...finder, isBold: true }, from + 1);
}

const isOf = (deal: KnownName, { owners }: Found): boolean =>
  owners.some((words) => words.every((word, place) => deal.owner[place] === word));

/** How many words, from one of them on, stand so anywhere in a deal's own name. */
function partLength(words: readonly PlacedWord[], one: KnownName, from: number): number {
  let longest = 0;
  for (let start = 0; start < one.words.length; start += 1) {
    let length = 0;
    while (start + length < one.words.length && words[from + length]?.word === one.words[start + length]) {
      if (length > 0 && words[from + length]?.isApart) break;
      length += 1;
    }
    longest = Math.max(longest, length);
  }
  return longest;
}

function rewrite(text: string, words: readonly PlacedWord[], found: readonly Found[]): NamedQuestion {
  let question = '';
  let done = 0;
  for (const { from, to, put } of found) {
    question += text.slice(done, words[from]?.start) + put;
    done = words[to - 1]?.end ?? done;
  }
  const notes = found.flatMap(({ from, to, readAs }) =>
    readAs === null ? [] : [`I read “${text.slice(words[from]?.start, words[to - 1]?.end)}” as “${readAs}”.`],
  );
  return { question: question + text.slice(done), notes };
}
