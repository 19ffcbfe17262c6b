import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { DateEvent } from '../../../catalogue/date-event.ts';
import { findWay } from '../../../catalogue/paths.ts';
import { isDate, planned, tells, toCome } from '../date-events.ts';
import type { Reading } from '../reading.ts';
import { aheadWords } from '../slots/time-slot.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import { vocabularyOf } from '../vocabulary.ts';
import { type Draft, filtersOf, isCountOf, meaningsOf } from './draft.ts';
import { refuse } from './problem.ts';
import { namingDimension } from './reach.ts';

/** Verbs that speak of one date of a record, and what that date tells. Nothing here has happened yet. */
interface DateVerb {
  readonly said: RegExp;
  readonly event: DateEvent;
  /** Said of the customer as well as of what the customer has. */
  readonly isOfOwner?: true;
}
const verbs: readonly DateVerb[] = [
  { said: /^(?:renew|renewing|renewal)$/, event: 'renews', isOfOwner: true },
  // What ends is not over yet: it goes on where it is renewed.
  { said: /^(?:end|ending)$/, event: 'renews' },
  { said: /^(?:expire|expiring|lapse|lapsing|run|running)$/, event: 'expires' },
  { said: /^due$/, event: 'due' },
];

/** Verbs that a date may be asked of. */
const asked: readonly DateVerb[] = [
  { said: /^(?:renews?|renewing|renewal)$/, event: 'renews' },
  { said: /^(?:expires?|expired|lapses?|lapsed|runs?)$/, event: 'expires' },
  { said: /^(?:cancel|cancels|cancelled|canceled)$/, event: 'cancelled' },
  { said: /^(?:leave|leaves|left|churn|churned|stop|stopped|quit)$/, event: 'left' },
  { said: /^due$/, event: 'due' },
];

const verbOf = ({ understood: { reading } }: Draft): DateVerb | undefined =>
  verbs.find(({ said }) =>
    reading.tokens.some((token) => said.test(token.word) && !endsPeriod(reading, token)),
  );

/** "By the end of the year", "before month end": nothing of the records ends there. */
const endsPeriod = ({ tokens }: Reading, { word, index }: Token): boolean =>
  word === 'end' &&
  (tokens[index + 1]?.lower === 'of' ||
    /^(?:the|day|week|month|quarter|year)$/.test(tokens[index - 1]?.lower ?? ''));

/** Dates of records that a verb can mean. */
const datesOf = ({ catalogue }: Draft, verb: DateVerb): readonly DimensionDefinition[] =>
  [...catalogue.dimensions.values()].filter(
    (one) => isDate(one) && one.hidden !== true && one.event === verb.event,
  );

/**
 * "Which certificates run out in the next 60 days", "what is up for renewal": no rows are named, but the verb's date is
 * one of the same rows as every other word.
 *
 * @returns the entity of these rows, null when another word or verb could mean others
 */
export function entityOfVerb(draft: Draft): string | null {
  const { time, spans } = draft.understood;
  const verb = verbOf(draft);
  if (time.range === null || verb === undefined) return null;
  const said = spans.filter((span) => meaningsOf(span, 'dimension').length > 0);
  const entities = new Set(datesOf(draft, verb).map(({ entity }) => entity));
  const fitting = [...entities].filter((entity) =>
    said.some((span) =>
      meaningsOf(span, 'dimension').some(({ id }) => draft.catalogue.dimensions.get(id)?.entity === entity),
    ),
  );
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

/** "Deals with a close date in December": the period is that of the date that is named, or of the rows' only time. */
export function placeNamedDate(draft: Draft): void {
  const { time, spans, kind } = draft.understood;
  if (time.range === null || !draft.isImplied || draft.isDated || draft.groupBy.length > 0) return;
  const named = spans.filter((span) => !draft.used.has(span) && ownDates(draft, span).length === 1);
  const [span, another] = named;
  const date = span && ownDates(draft, span)[0];
  if (another) return;
  if (kind.countAt !== null) {
    const counts = [...draft.catalogue.metrics.values()].filter(
      (metric) =>
        metric.type === 'simple' &&
        metric.timeDimension === date &&
        isCountOf(draft.catalogue, metric, draft.entity),
    );
    const [only, other] = counts;
    if (!span || !only || other) return;
    draft.metrics = [only];
    draft.isImplied = false;
    draft.used.add(span);
    return;
  }
  const isCounted = [...draft.catalogue.metrics.values()].some(
    (metric) =>
      metric.type === 'simple' &&
      metric.timeDimension !== null &&
      isCountOf(draft.catalogue, metric, draft.entity),
  );
  const own = draft.catalogue.entities.get(draft.entity)?.defaultTime ?? null;
  if (span === undefined && (isCounted || own === null || time.compare !== 'none' || kind.isTrend)) return;
  if (span) draft.used.add(span);
  draft.timeDimension = date ?? null;
  draft.isDated = true;
}

/** "Whose close date is in the past": the date is the one whose words are said before. */
export function placePast(draft: Draft): void {
  const { past, spans } = draft.understood;
  if (past === null) return;
  const near = (span: Span): boolean => span.to <= past.from && past.from - span.to <= 3;
  const span = spans.findLast((one) => near(one) && ownDates(draft, one).length > 0);
  const [date, another] = span ? ownDates(draft, span) : [];
  if (!span || !date || another) throw refuse('unclear', 'what is in the past');
  draft.used.add(span);
  for (const { index, word } of draft.understood.reading.tokens)
    if (word === 'whose' && index < span.from) draft.usedTokens.add(index);
  const isInstant = draft.catalogue.dimensions.get(date)?.type === 'instant';
  draft.where.push({ any: [{ dimension: date, op: 'lt', values: [isInstant ? '@now' : '@today'] }] });
  draft.isDated = true;
  // Of what was planned, what is over had its day: nobody asks whether that is past.
  if (draft.isImplied && tells(draft.catalogue, date, planned)) draft.where.push(...presentOnes(draft));
}

/** "That renew in the next 30 days": the period is that of the only date that the verb can mean. */
export function placeVerb(draft: Draft): void {
  const { time, reading, kind } = draft.understood;
  if (time.range === null || kind.countAt !== null || understoodAsCourse(draft)) return;
  if (!draft.isImplied) {
    listWhatIsAhead(draft);
    return;
  }
  // "Which certificates run out": what is asked for is a column of the same rows.
  const asked = draft.groupBy.map(({ dimension }) => dimension);
  if (!asked.every((id) => isOwn(draft, id))) return;
  const verb = verbOf(draft);
  if (!verb) return;
  const past = draft.isAhead ? null : dateOfDeed(draft);
  if (past !== null) {
    takeSpans(draft, verb);
    draft.timeDimension = past;
    draft.isDated = true;
    return;
  }
  const [date, another] = datesHere(draft, verb);
  if (!date || another) return;
  if (!isOwn(draft, date.id)) {
    draft.entity = date.entity;
    draft.metrics = [];
  }
  for (const token of reading.tokens) {
    if (!verb.said.test(token.word)) continue;
    draft.usedTokens.add(token.index);
    // "run out": one verb.
    if (/^run/.test(token.word) && reading.tokens[token.index + 1]?.word === 'out')
      draft.usedTokens.add(token.index + 1);
  }
  // "Comes up for renewal", "is coming up for renewal".
  for (const { index, word } of reading.tokens)
    if (
      /^(?:come|coming|up)$/.test(word) &&
      reading.tokens.slice(index + 1, index + 4).some((token) => verb.said.test(token.word))
    )
      draft.usedTokens.add(index);
  takeSpans(draft, verb);
  if (asked.length > 0) draft.columns = [...draft.columns, ...asked, date.id];
  draft.groupBy = [];
  draft.timeDimension = date.id;
  draft.isDated = true;
  draft.isAhead = true;
  draft.where.push(...presentOnes(draft));
}

/** "Which renewals were cancelled this year": the day of what was done to the rows, where its word is a state of theirs too. */
function dateOfDeed(draft: Draft): string | null {
  const { catalogue, used, where } = draft;
  const said = new Set(where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const dates = [...used].flatMap((span) =>
    meaningsOf(span, 'value').some(({ dimension }) => said.has(dimension))
      ? ownDates(draft, span).filter((id) => !tells(catalogue, id, toCome))
      : [],
  );
  const [only, another] = new Set(dates);
  return only !== undefined && another === undefined ? only : null;
}

/** What renews or expires is what is there: of subscriptions those that run. */
function presentOnes({ catalogue, entity, where }: Draft): Draft['where'] {
  const named = vocabularyOf(catalogue).phrases.get(`@${entity}`)?.meanings ?? [];
  const [count] = named.flatMap((one) => {
    const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
    const isState = metric?.type === 'simple' && metric.timeDimension === null;
    return isState && isCountOf(catalogue, metric, entity) ? [metric] : [];
  });
  const said = new Set(where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  return (count === undefined ? [] : filtersOf(count)).filter(({ any }) =>
    any.every(({ dimension }) => !said.has(dimension)),
  );
}

/** "When does it renew", "when did they cancel": the one own date that a verb of the question speaks of. */
export function dateOfVerb(draft: Draft): string | null {
  const said = asked.filter(({ said: words }) =>
    draft.understood.reading.tokens.some(({ lower }) => words.test(lower)),
  );
  const dates = said.flatMap((verb) => datesOf(draft, verb).filter(({ id }) => isOwn(draft, id)));
  const [only, another] = new Set(dates.map(({ id }) => id));
  return only !== undefined && another === undefined ? only : null;
}

/** "Should still close", "are supposed to renew": of what lies ahead nothing else can be said. */
export function settleModals(draft: Draft): void {
  const { reading } = draft.understood;
  for (const { index, word } of reading.tokens) {
    if (!/^(?:should|supposed|set|going|expected|scheduled|meant|about)$/.test(word)) continue;
    const next = reading.tokens
      .slice(index + 1, index + 4)
      .filter(({ lower }) => !/^(?:still|to|be|yet)$/.test(lower));
    if (next[0] !== undefined && aheadWords.test(next[0].word)) draft.usedTokens.add(index);
  }
}

/** Names of the verb itself: "renewal" is its date, "out" of "run out" is no direction. */
function takeSpans(draft: Draft, verb: DateVerb): void {
  const { spans, reading } = draft.understood;
  const isOfVerb = (index: number): boolean =>
    verb.said.test(reading.tokens[index]?.word ?? '') ||
    (/^(?:out|up)$/.test(reading.tokens[index]?.word ?? '') && draft.usedTokens.has(index));
  for (const span of spans) if (span.indexes.every(isOfVerb)) draft.used.add(span);
}

/** Of the rows themselves, or else of what belongs to them: a customer renews as its subscription does. */
function datesHere(draft: Draft, verb: DateVerb): readonly DimensionDefinition[] {
  const dates = datesOf(draft, verb);
  const own = dates.filter(({ id }) => isOwn(draft, id));
  if (own.length > 0 || verb.isOfOwner !== true || draft.groupBy.length > 0 || draft.where.length > 0)
    return own;
  const { entities } = draft.catalogue;
  return dates.filter(({ entity }) =>
    Object.values(entities.get(entity)?.joins ?? {}).some((join) => join.entity === draft.entity),
  );
}

const understoodAsCourse = ({ understood }: Draft): boolean =>
  understood.grain !== null || understood.kind.isTrend;

/** "Certifications that expire next month": a count by a date that lies ahead shows its records, with their dates. */
function listWhatIsAhead(draft: Draft): void {
  const { metrics, catalogue, entity, groupBy } = draft;
  const [metric, another] = metrics;
  if (metric?.type !== 'simple' || another || !isCountOf(catalogue, metric, entity)) return;
  const date = catalogue.dimensions.get(metric.timeDimension ?? '');
  if (!verbs.some(({ event }) => event === date?.event)) return;
  const own = namingDimension(catalogue, entity);
  // "Who has a renewal coming up": each with what it renews and when, which a number would not tell.
  const head = catalogue.entities.get(entity)?.listColumns.includes(draft.headGroup ?? '')
    ? draft.headGroup
    : own;
  if (groupBy.some(({ dimension }) => dimension !== own && dimension !== head)) return;
  draft.groupBy = [];
  draft.isDated = true;
  draft.isAhead = true;
}

const ownDates = (draft: Draft, span: Span): readonly string[] =>
  meaningsOf(span, 'dimension')
    .map(({ id }) => id)
    .filter((id) => isDate(draft.catalogue.dimensions.get(id)) && isOwn(draft, id));

function isOwn(draft: Draft, id: string): boolean {
  const dimension = draft.catalogue.dimensions.get(id);
  return dimension !== undefined && findWay(draft.catalogue, draft.entity, dimension)?.distance === 0;
}
