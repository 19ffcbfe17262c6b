import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { MetricPlan, TimeUnit } from '../../query/metric-query.ts';
import { pastForms } from './canonical.ts';
import { type Correction, correctSpelling } from './correct-spelling.ts';
import { findProtectedSpans, findSpans, type Span } from './match-vocabulary.ts';
import { newReading, type Reading } from './reading.ts';
import { readGrain } from './slots/grain.ts';
import { type NameMention, readNames } from './slots/names.ts';
import { type NumberFilter, readNumberFilters } from './slots/number-filters.ts';
import { type QuestionKind, readQuestionKind } from './slots/question-kind.ts';
import { type Ranking, readRanking } from './slots/ranking.ts';
import { readSubject } from './slots/subject.ts';
import { readTimeSlot, type TimeSlot } from './slots/time-slot.ts';
import { civilDateIn } from './time/civil-date.ts';
import { type Token, tidy, tokenise } from './token.ts';
import { vocabularyOf } from './vocabulary.ts';

/** A question taken apart: every slot that was found and the words that are left. */
export interface Understanding {
  readonly reading: Reading;
  readonly corrections: readonly Correction[];
  readonly kind: QuestionKind;
  readonly subject: MetricPlan['subject'];
  readonly time: TimeSlot;
  readonly grain: TimeUnit | null;
  readonly numbers: readonly NumberFilter[];
  readonly ranking: Ranking | null;
  readonly spans: readonly Span[];
  readonly names: readonly NameMention[];
}

/** Reads the slots in a fixed order: what a rule takes, later rules no longer see. */
export function understand(question: string, catalogue: Catalogue, now: Date, zone: string): Understanding {
  const vocabulary = vocabularyOf(catalogue);
  const text = tidy(question);
  const { tokens, corrections } = correctSpelling(tokenise(text), vocabulary.words);
  const reading = newReading(text, rewrite(tokens));
  for (const { typed, read } of corrections) reading.note('spelling', `“${typed}” read as “${read}”`);
  const entityTokens = new Set<number>();
  const kind = readQuestionKind(reading);
  const subject = readSubject(reading);
  const protectedSpans = findProtectedSpans(reading, vocabulary);
  const numbers = readNumberFilters(reading);
  const grain = readGrain(reading);
  const time = readTimeSlot(reading, civilDateIn(zone, now));
  const several = findSpans(reading, vocabulary, entityTokens, { fewestWords: 2 });
  const ranking = readRanking(reading);
  const single = findSpans(reading, vocabulary, entityTokens, { fewestWords: 1 });
  const names = readNames(reading);
  const spans = [...protectedSpans, ...several, ...single].sort((left, right) => left.from - right.from);
  return { reading, corrections, kind, subject, time, grain, numbers, ranking, spans, names };
}

/** "did we open" names the event "opened"; "how healthy" asks for the health. */
function rewrite(tokens: readonly Token[]): readonly Token[] {
  return tokens.map((token, index) => {
    if (token.word === 'healthy' && tokens[index - 1]?.word === 'how') return { ...token, word: 'health' };
    const past = pastForms[token.word];
    if (past === undefined) return token;
    const isAsked = tokens.slice(Math.max(0, index - 5), index).some((before) => before.lower === 'did');
    return isAsked ? { ...token, word: past } : token;
  });
}
