import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { recordsIn, type SayingPart, parseSaying } from '../../../catalogue/saying-pattern.ts';
import type { StoredValues } from '../../../query/stored-values.ts';
import { correctSpelling } from '../correct-spelling.ts';
import { inOrder } from '../phrase-candidates.ts';
import { newReading } from '../reading.ts';
import { vocabularyWith } from '../stored-vocabulary.ts';
import { civilDateIn } from '../time/civil-date.ts';
import { findTimeMentions } from '../time/read-time.ts';
import { type Token, tidy, tokenise } from '../token.ts';
import { lemma } from './lemma.ts';
import { better, matchSaying, type Said, type SayingMatch } from './match-saying.ts';
import { isDropped } from './spoken-words.ts';

interface Pattern {
  readonly means: string;
  readonly parts: readonly SayingPart[];
}

interface Question {
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

/**
 * "How long do I usually take to solve a high priority ticket" becomes "resolution time of high priority tickets of mine":
 * what was said in between keeps its place behind the figure, so that persons, times and conditions are read as ever.
 */
export function inFigureWords(request: Question): FigureWords | null {
  const found: FigureWords[] = [];
  while (found.length < mostSayings) {
    const one = inOneFigure({ ...request, question: found.at(-1)?.question ?? request.question });
    if (one === null || one.question === found.at(-1)?.question) break;
    found.push(one);
  }
  const question = found.at(-1)?.question;
  if (question === undefined) return null;
  const [said, means] = [found.map((one) => one.said).join(', '), found.map((one) => one.means).join(', ')];
  return { question, said, means };
}

function inOneFigure(request: Question): FigureWords | null {
  const patterns = patternsOf(request.catalogue);
  if (patterns.size === 0) return null;
  const vocabulary = vocabularyWith(request.catalogue, request.stored);
  const text = tidy(request.question);
  const { tokens } = correctSpelling(tokenise(text), vocabulary.words, vocabulary.storedWords);
  const reading = newReading(text, tokens);
  const { zone, now, fiscalStartMonth = 1 } = request;
  const times = findTimeMentions(reading, { ...civilDateIn(zone, now), fiscalStartMonth });
  const isTime = (index: number): boolean => times.some(({ from, to }) => index >= from && index < to);
  const said: Said = { tokens, vocabulary, isTime };
  const best = bestMatch(said, patterns);
  if (best === null) return null;
  const isNamed = inOrder(reading, vocabulary).some(
    ({ indexes }) =>
      indexes.length >= best.match.words.length && best.match.words.every((at) => indexes.includes(at)),
  );
  return isNamed ? null : putInPlace(said, text, best, request.catalogue);
}

interface Found {
  readonly pattern: Pattern;
  readonly match: SayingMatch;
}

function bestMatch(said: Said, patterns: ReadonlyMap<string, readonly Pattern[]>): Found | null {
  let best: Found | null = null;
  for (const { index, lower, word, kind } of said.tokens) {
    const lemmas = kind === 'word' ? new Set([lemma(lower), lemma(word)]) : new Set<string>();
    for (const pattern of [...lemmas, anywhere].flatMap((one) => patterns.get(one) ?? [])) {
      const match = matchSaying(said, pattern.parts, index);
      if (match === null || isCutThrough(said.tokens, match)) continue;
      if (best === null || better(best.match, match) === match) best = { pattern, match };
    }
  }
  return best;
}

/** "Who isn't": half of a word that was written as one stays behind. */
function isCutThrough(tokens: readonly Token[], { to }: SayingMatch): boolean {
  const [last, after] = [tokens[to - 1], tokens[to]];
  return last !== undefined && after !== undefined && last.end === after.end;
}

function putInPlace(
  { tokens, isTime }: Said,
  text: string,
  { pattern, match }: Found,
  catalogue: Catalogue,
): FigureWords {
  const slice = (from: number, to: number): string =>
    text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0);
  let { means } = pattern;
  for (const name of recordsIn(means)) {
    const noun = match.records.get(name);
    const [entity = ''] = name.split('/');
    const records = noun ? slice(noun.from, noun.to) : catalogue.entities.get(entity)?.label.many;
    means = means.replace(`{${name}}`, records ?? '');
  }
  const spoken = match.gaps.flatMap(({ from, to }) => {
    const left = tokens.slice(from, to).filter((token) => !isDropped(token));
    const words = left.map((token) => (token.lower === 'i' || token.lower === 'me' ? 'mine' : slice(token.index, token.index + 1)));
    if (words.length === 0) return [];
    const [first] = left;
    const isFree = first === undefined || isTime(first.index) || opening.test(first.lower);
    return [isFree ? words.join(' ') : `${words[0] === 'mine' ? 'of' : 'for'} ${words.join(' ')}`];
  });
  const before = text.slice(0, tokens[match.from]?.start ?? 0);
  const after = text.slice(tokens[match.to - 1]?.end ?? text.length);
  const question = [before.trim(), means, ...spoken, after.trim()].filter((one) => one !== '').join(' ');
  return { question: question.replace(/ (?=[,.?!])/g, ''), said: slice(match.from, match.to), means };
}

/** With these what stood in a gap says itself how it belongs to the figure. */
const opening =
  /^(?:of|for|in|on|at|by|with|from|during|since|until|per|within|after|before|currently|now|right|so|still|average|via|to)$/;

const anywhere = '';

const built = new WeakMap<Catalogue['sayings'], ReadonlyMap<string, readonly Pattern[]>>();

/** Patterns by the words they may begin with. */
function patternsOf({ sayings }: Catalogue): ReadonlyMap<string, readonly Pattern[]> {
  const known = built.get(sayings);
  if (known) return known;
  const patterns = new Map<string, Pattern[]>();
  for (const { means, says } of sayings)
    for (const text of says) {
      const pattern = { means, parts: parseSaying(text) };
      for (const first of firstWords(pattern.parts) ?? [anywhere])
        patterns.set(first, [...(patterns.get(first) ?? []), pattern]);
    }
  built.set(sayings, patterns);
  return patterns;
}

/** Null: with anything. */
function firstWords([first, ...rest]: readonly SayingPart[]): ReadonlySet<string> | null {
  if (first === undefined) return null;
  if (first.kind === 'word') return new Set([lemma(first.word)]);
  if (first.kind === 'start') return firstWords(rest);
  if (first.kind !== 'choice') return null;
  const all = first.options.map((option) => firstWords([...option, ...rest]));
  return all.includes(null) ? null : new Set(all.flatMap((words) => [...(words ?? [])]));
}
