import type { Span } from '../span.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, entityOfSpan, meaningsOf } from './draft.ts';

/** How a question opens that is no phrase but asks something of the records. */
const asks =
  /^(?:what|how|when|where|why|is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|am|total|compare)$/;

/** Words that ask for a figure of the records, wherever they stand. */
const figures =
  /^(?:total|sum|average|mean|median|percent|percentage|share|rate|ratio|proportion|much|tally|headcount|figure|per|versus)$/;

/**
 * "Urgent tickets this week", "emails sent to Acme", "deals my team won", "yesterday's orders": a plural noun of records
 * heads the phrase, something is said that picks them out, and nothing asks for a figure of them. Whoever says no more
 * wants to see them; how many they are, and what they are worth together, is said above them. A kind of records and a
 * period alone ("tickets opened this week") say how much there was.
 */
export function isRecordPhrase(draft: Draft): boolean {
  const { understood, catalogue, used } = draft;
  const { tokens } = understood.reading;
  if (isMeasured(draft) || isForeseen(draft) || tokens.some(({ word }) => figures.test(word))) return false;
  const isNamed = [...used].some(
    (span) => meaningsOf(span, 'metric').length > 0 || entityOfSpan(catalogue, span) !== null,
  );
  const isAsked = asks.test(tokens[0]?.lower ?? '');
  const isWhatIs = tokens[0]?.word === 'what' && /^(?:is|are)$/.test(tokens[1]?.word ?? '');
  // "Breached today, mine", "what is still new and unassigned": told by what is said of them alone.
  if (!isNamed && isPickedOut(draft) && (!isAsked || isWhatIs)) return true;
  return !isAsked && isPickedOut(draft) && [...used].some((span) => namesRecords(draft, span));
}

/** "Tickets next month": only of dates that are set beforehand there are records ahead. */
function isForeseen({ catalogue, metrics, understood: { time } }: Draft): boolean {
  const [metric] = metrics;
  const by = metric?.type === 'simple' ? catalogue.dimensions.get(metric.timeDimension ?? '') : undefined;
  const isAhead = time.range !== null && /^(?:upcoming|ahead)$/.test(time.range.kind);
  return isAhead && by?.type !== 'date';
}

/** A kind of records is their name; whatever else is said of them tells which they are. */
function isPickedOut(draft: Draft): boolean {
  const { where, related, subject, understood } = draft;
  const isTold = where.some(({ any }) => any.some(({ dimension }) => !isKind(draft, dimension)));
  const isOwn = subject !== 'none' && !saysDeed(draft);
  const { tokens } = understood.reading;
  const isOfDay = /^(?:yesterday|today|tonight)s?$/.test(tokens[0]?.lower ?? '') && tokens.length <= 3;
  return isTold || isOwn || isOfDay || related.length > 0 || understood.lengths.length > 0;
}

const isKind = ({ catalogue, entity }: Draft, dimension: string): boolean =>
  catalogue.dimensions.get(dimension)?.entity === entity &&
  catalogue.dimensions.get(dimension)?.isKind === true;

/** "Leads I got in October", "chats I took this week": what somebody had in a period is counted. */
export function saysDeed({ understood }: Draft): boolean {
  const { tokens } = understood.reading;
  return tokens.some(
    ({ lower, index }) =>
      lower === 'i' &&
      index > 0 &&
      !/^(?:do|did|am|have|had|should|can|could|will|would|that|and)$/.test(tokens[index - 1]?.lower ?? '') &&
      !/^(?:have|am|own|look|need|should|must|manage|want)$/.test(tokens[index + 1]?.lower ?? ''),
  );
}

/** Days of usage, messages and samples are measured, never read row by row; conversations only while they go on. */
function isMeasured({ catalogue, entity, where }: Draft): boolean {
  const measured = catalogue.entities.get(entity)?.measured;
  const isState = where.some(({ any }) =>
    any.some(({ dimension }) => catalogue.dimensions.get(dimension)?.path === 'status'),
  );
  return measured === 'always' || (measured === 'once_over' && !isState);
}

/** The records by their own name ("tickets", "deals won"), or by a kind of them ("emails", "meetings"), in the plural. */
function namesRecords(draft: Draft, span: Span): boolean {
  const { catalogue, entity } = draft;
  const { keyOf } = vocabularyOf(catalogue);
  const isOf = entityOfSpan(catalogue, span) === entity;
  const isOfKind = meaningsOf(span, 'value').some(({ dimension }) => isKind(draft, dimension));
  return span.indexes.some((index) => {
    const token = draft.understood.reading.tokens[index];
    if (!token || token.lower === token.word || token.possessive || !/s$/.test(token.lower)) return false;
    return isOf || isOfKind || keyOf(token.word) === `@${entity}`;
  });
}
