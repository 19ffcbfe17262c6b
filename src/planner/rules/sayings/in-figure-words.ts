import type { Catalogue, EntityDefinition } from '../../../catalogue/catalogue.ts';
import { namesOfEntity } from '../../../catalogue/lookup.ts';
import { parseSaying, recordsIn, type SayingPart } from '../../../catalogue/saying-pattern.ts';
import type { StoredValues } from '../../../query/stored-values.ts';
import { correctSpelling } from '../correct-spelling.ts';
import { inOrder } from '../phrase-candidates.ts';
import { newReading, type Reading } from '../reading.ts';
import { rememberedIn } from '../remembered.ts';
import { vocabularyWith } from '../stored-vocabulary.ts';
import { civilDateIn } from '../time/civil-date.ts';
import { findTimeMentions } from '../time/read-time.ts';
import { type Token, tidy, tokenise } from '../token.ts';
import { wordsOf } from '../vocabulary.ts';
import { lemma } from './lemma.ts';
import { better, matchSaying, type Said, type SayingMatch, type Stretch } from './match-saying.ts';
import { isDropped } from './spoken-words.ts';

interface Pattern {
  readonly means: string;
  readonly parts: readonly SayingPart[];
}

export interface Question {
  readonly question: string;
  readonly catalogue: Catalogue;
  readonly stored?: StoredValues | undefined;
  readonly now: Date;
  readonly zone: string;
  readonly fiscalStartMonth?: number | undefined;
}

/** A question with a saying in it, in the words of the catalogue; null where it holds none. */
export interface FigureWords {
  readonly question: string;
  readonly said: string;
  readonly means: string;
}

const mostSayings = 3;

function withFigures(request: Question): FigureWords | null {
  const patterns = patternsOf(request.catalogue).byFirst;
  if (patterns.size === 0) return null;
  const said = saidOf(request);
  const found: Found[] = [];
  while (found.length < mostSayings) {
    const one = bestMatch(said, patterns, found);
    if (one === null) break;
    found.push(one);
  }
  if (found.length === 0) return null;
  const { tokens, text } = said;
  const sorted = found.toSorted((left, right) => left.match.from - right.match.from);
  const put = sorted.map((one) => putInPlace(said, one, request.catalogue));
  const pieces = sorted.map(({ match }, at) => {
    const before = sorted[at - 1]?.match.to ?? 0;
    return text.slice(before === 0 ? 0 : tokens[before - 1]?.end, tokens[match.from]?.start).trim();
  });
  const last = text.slice(tokens[(sorted.at(-1)?.match.to ?? 1) - 1]?.end).trim();
  const question = [...pieces.flatMap((piece, at) => [piece, put[at]?.question ?? '']), last];
  return {
    question: question
      .filter((one) => one !== '')
      .join(' ')
      .replace(/ (?=[,.?!])/g, '')
      // "Open deals that I work on" are open anyway.
      .replace(/\b([a-z]+) \1\b/gi, '$1'),
    said: put.map((one) => one.said).join(', '),
    means: put.map((one) => one.means).join(', '),
  };
}

/**
 * "How long do I usually take to solve a high priority ticket" becomes "resolution time of high priority tickets of mine":
 * what was said in between keeps its place behind the figure, so that persons, times and conditions are read as ever.
 */
export const inFigureWords = rememberedIn(withFigures, {
  worldOf: ({ catalogue, stored, now, zone, fiscalStartMonth }: Question) => [
    catalogue,
    stored,
    now.getTime(),
    zone,
    fiscalStartMonth,
  ],
  textOf: ({ question }) => question,
});

export interface SaidText extends Said {
  readonly text: string;
  readonly reading: Reading;
}

export function saidOf({ question, catalogue, stored, zone, now, fiscalStartMonth = 1 }: Question): SaidText {
  const vocabulary = vocabularyWith(catalogue, stored);
  const text = tidy(question);
  const typed = tokenise(text);
  const { lemmas } = patternsOf(catalogue);
  const corrected = correctSpelling(typed, vocabulary.words, vocabulary.storedWords).tokens;
  // A verb that only sayings know is no misspelt noun.
  const tokens = typed.map((token, index) =>
    lemmas.has(lemma(token.lower)) ? token : (corrected[index] ?? token),
  );
  const reading = newReading(text, tokens);
  const times = findTimeMentions(reading, { ...civilDateIn(zone, now), fiscalStartMonth });
  const isTime = (index: number): boolean => times.some(({ from, to }) => index >= from && index < to);
  return { text, tokens, vocabulary, isTime, reading, nouns: (entity) => nounsOf(catalogue, entity) };
}

const none: ReadonlySet<string> = new Set();
const nounsBy = new WeakMap<EntityDefinition, ReadonlySet<string>>();

function nounsOf(catalogue: Catalogue, id: string): ReadonlySet<string> {
  const entity = catalogue.entities.get(id) ?? catalogue.passedEntities?.get(id);
  if (entity === undefined) return none;
  const known = nounsBy.get(entity) ?? new Set(namesOfEntity(entity).map((name) => wordsOf(name).join(' ')));
  nounsBy.set(entity, known);
  return known;
}

interface Found {
  readonly pattern: Pattern;
  readonly match: SayingMatch;
}

function bestMatch(
  said: SaidText,
  patterns: ReadonlyMap<string, readonly Pattern[]>,
  others: readonly Found[],
): Found | null {
  let best: Found | null = null;
  for (const { index, lower, word, kind } of said.tokens) {
    const lemmas = kind === 'word' ? new Set([lemma(lower), lemma(word)]) : new Set<string>();
    for (const pattern of [...lemmas, anywhere].flatMap((one) => patterns.get(one) ?? [])) {
      const match = matchSaying(said, pattern.parts, index);
      if (match === null || isCutThrough(said.tokens, match) || isNamed(said, match)) continue;
      if (others.some((other) => match.from < other.match.to && other.match.from < match.to)) continue;
      if (best === null || better(best.match, match) === match) best = { pattern, match };
    }
  }
  return best;
}

/** The catalogue has a name that holds all these words. */
const isNamed = ({ reading, vocabulary }: SaidText, { words }: SayingMatch): boolean =>
  inOrder(reading, vocabulary).some(
    ({ indexes }) => indexes.length >= words.length && words.every((at) => indexes.includes(at)),
  );

/** "Who isn't": half of a word that was written as one stays behind. */
function isCutThrough(tokens: readonly Token[], { to }: SayingMatch): boolean {
  const [last, after] = [tokens[to - 1], tokens[to]];
  return last !== undefined && after !== undefined && last.end === after.end;
}

function putInPlace(said: SaidText, { pattern, match }: Found, catalogue: Catalogue): FigureWords {
  const { tokens, text } = said;
  const slice = ({ from, to }: Stretch): string =>
    text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
  const named = recordsIn(pattern.means);
  const means = named.reduce((words, name) => {
    const noun = match.records.get(name);
    const [entity = ''] = name.split('/');
    const saidOf = (noun && slice(noun)) ?? catalogue.entities.get(entity)?.label.many ?? '';
    // "The tickets": behind another word they are "open tickets".
    const isFirst = words.startsWith(`{${name}}`);
    return words.replace(`{${name}}`, isFirst ? saidOf : saidOf.replace(/^(?:the|these|those|any) /i, ''));
  }, pattern.means);
  // What is told of records that the figure counts anyway: "of WhatsApp messages". A bare noun tells nothing.
  const isBare = ({ from, to }: Stretch): boolean => {
    const noun = tokens[from];
    return to - from === 1 && noun?.kind === 'word' && !noun.capitalised;
  };
  // "My chat customers", of whoever sees no customers: mine, in chats.
  const ofMine = ({ from, to }: Stretch): string => `mine ${slice({ from: from + 1, to: to - 1 })}`.trim();
  const isSeen = (name: string): boolean => name.split('/').some((id) => catalogue.entities.has(id));
  const told = [...match.records].flatMap(([name, noun]) =>
    named.includes(name) || isBare(noun)
      ? []
      : [`of ${isSeen(name) || tokens[noun.from]?.lower !== 'my' ? slice(noun) : ofMine(noun)}`],
  );
  const between = match.gaps.flatMap((gap) => keptOf(said, gap));
  return { question: [means, ...told, ...between].join(' '), said: slice(match), means };
}

/** What stood in a gap, as it is said behind a figure: "I" becomes "of mine", "each agent" becomes "for each agent". */
function keptOf({ tokens, isTime }: Said, { from, to }: Stretch): string[] {
  const kept = tokens.slice(from, to).filter((token) => !isDropped(token));
  const [first] = kept;
  if (first === undefined) return [];
  const words = kept.map(({ lower, kind, text, possessive }) => {
    if (lower === 'i' || lower === 'me') return 'mine';
    return `${kind === 'quoted' ? `"${text}"` : text}${possessive ? "'s" : ''}`;
  });
  if (isTime(first.index) || opening.test(first.lower)) return [words.join(' ')];
  return [`${words[0] === 'mine' ? 'of' : 'for'} ${words.join(' ')}`];
}

/** With these what stood in a gap says itself how it belongs to the figure. */
const opening =
  /^(?:of|for|in|on|at|by|with|from|during|since|until|per|within|after|before|currently|now|right|so|still|average|via|to)$/;

const anywhere = '';

interface Patterns {
  /** By the words that they may begin with. */
  readonly byFirst: ReadonlyMap<string, readonly Pattern[]>;
  /** Of all their words. */
  readonly lemmas: ReadonlySet<string>;
}

const built = new WeakMap<Catalogue['sayings'], Patterns>();

function patternsOf({ sayings }: Catalogue): Patterns {
  const known = built.get(sayings);
  if (known) return known;
  const byFirst = new Map<string, Pattern[]>();
  const lemmas = new Set<string>();
  for (const { means, says } of sayings)
    for (const text of says) {
      if (means === null) continue;
      const pattern = { means, parts: parseSaying(text) };
      for (const first of firstWords(pattern.parts) ?? [anywhere])
        byFirst.set(first, [...(byFirst.get(first) ?? []), pattern]);
      for (const word of literals(pattern.parts)) lemmas.add(lemma(word));
    }
  const patterns = { byFirst, lemmas };
  built.set(sayings, patterns);
  return patterns;
}

const literals = (parts: readonly SayingPart[]): readonly string[] =>
  parts.flatMap((part) => {
    if (part.kind === 'choice') return part.options.flatMap(literals);
    return part.kind === 'word' ? [part.word] : [];
  });

/** Null: with anything. */
function firstWords([first, ...rest]: readonly SayingPart[]): ReadonlySet<string> | null {
  if (first === undefined) return null;
  if (first.kind === 'word') return new Set([lemma(first.word)]);
  if (first.kind === 'start') return firstWords(rest);
  if (first.kind !== 'choice') return null;
  const all = first.options.map((option) => firstWords([...option, ...rest]));
  return all.includes(null) ? null : new Set(all.flatMap((words) => [...(words ?? [])]));
}
