import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { NumberFilter } from '../slots/number-filters.ts';
import type { Span } from '../span.ts';
import { wordsOf } from '../vocabulary.ts';
import {
  isJoinedBefore,
  joinerAt,
  merge,
  negation,
  negations,
  push,
  pushBeside,
  takeJoiner,
} from './add-condition.ts';
import { type Draft, entityOfSpan, isAfter, meaningsOf, timeDimensionOf } from './draft.ts';
import { groupingOf } from './group-by.ts';
import { laterToo, notBegun } from './later-states.ts';
import { linkForValue } from './links.ts';
import { meanOne, namesOneCustomer } from './mean-one.ts';
import { addName } from './name-filters.ts';
import { addNegatedEvents } from './negated-events.ts';
import { addNumber } from './number-conditions.ts';
import { addPartValue } from './parts-of-rows.ts';
import { addPresence } from './presence.ts';
import { refuse, Unplannable } from './problem.ts';
import { takeProperty } from './property-words.ts';
import { reachable } from './reach.ts';
import { refuseEarlier, settledByDirection } from './value-direction.ts';
import { andBeyond } from './value-order.ts';

/** Adds conditions from closed values, names, record numbers and compared numbers. */
export function addFilters(draft: Draft): void {
  for (const span of draft.understood.spans) {
    if (draft.used.has(span)) continue;
    addValue(draft, span);
    if (!draft.used.has(span) && linkForValue(draft, span)) addValue(draft, span);
  }
  for (const span of draft.understood.spans) {
    if (!draft.used.has(span)) addAbsence(draft, span);
    if (!draft.used.has(span)) addPresence(draft, span);
  }
  addNegatedEvents(draft);
  for (const name of draft.understood.names) addName(draft, name);
  for (const number of draft.understood.numbers) {
    addNumber(draft, number);
    addCurrency(draft, number);
  }
}

/** "Above €100,000": amounts of that currency; a number means nothing beside another one. */
function addCurrency(draft: Draft, { currency }: NumberFilter): void {
  const isSaid = draft.where.some(({ any }) => any.some(({ dimension }) => dimension === 'currency'));
  if (currency === undefined || isSaid || reachable(draft.catalogue, draft.entity, ['currency']).length === 0)
    return;
  draft.where.push({ any: [{ dimension: 'currency', op: 'eq', values: [currency] }] });
}

function addValue(draft: Draft, span: Span): void {
  // "On time" is a value, a "time" of anything else is none.
  const { tokens } = draft.understood.reading;
  if (span.words.toLowerCase() === 'time' && tokens[span.from - 1]?.lower !== 'on') return;
  // "the NPS of surveys": the rows themselves, whatever else is called so.
  if (entityOfSpan(draft.catalogue, span) === draft.entity) return;
  const values = meaningsOf(span, 'value');
  if (hasRecords(draft, span) || isListedPerson(draft, span)) return;
  // "No first reply yet": the reply has not come, which is not that anything else is meant.
  if (values.length > 0 && absenceAt(draft, span) !== null && isMissingMoment(draft, span)) return;
  if (isOwnEvent(draft, span)) {
    draft.used.add(span);
    return;
  }
  const reached = reachable(
    draft.catalogue,
    draft.entity,
    values.map((one) => one.dimension),
  );
  const beside = reached.filter(({ dimension }) => isSaidBeside(draft, span, dimension));
  const alike = beside.length > 0 ? beside : sharedBeside(draft, span, reached);
  const [best, other] = alike.length > 0 ? alike : reached;
  if (best && namesOneCustomer(draft, span, best.dimension)) meanOne(draft, span, best.dimension, values);
  if (best && other && other.distance === best.distance && other.dimension.id !== best.dimension.id) {
    const named =
      settledByDirection(draft, span, reached) ??
      reached.find(({ dimension }) => saysDimension(draft, span, dimension)) ??
      settledBeside(
        draft,
        span,
        reached.filter(({ distance }) => distance === best.distance),
      );
    if (!named) throw askValue(draft, span, reached);
    pushValue(draft, span, named.dimension.id, values);
    return;
  }
  if (best) {
    pushValue(draft, span, best.dimension.id, values);
    return;
  }
  // "escalated", "won": a yes/no property of the rows.
  const [flag] = reachable(
    draft.catalogue,
    draft.entity,
    meaningsOf(span, 'dimension').map((one) => one.id),
  ).filter(
    ({ dimension, distance }) =>
      dimension.type === 'boolean' &&
      // Whether a customer is active is not told by whoever owns it.
      (distance === 0 || dimension.entity !== 'person'),
  );
  if (flag) {
    draft.used.add(span);
    const isNegated = negation(draft, span.from);
    pushBeside(draft, { dimension: flag.dimension.id, op: 'eq', values: [!isNegated] }, span.from);
    return;
  }
  if (values.length > 0) addPartValue(draft, span, isAfter(draft, span, negations, 3));
}

/** "Solved tickets without a survey", "win rate with partners": other records, whatever else of the rows is called so. */
const hasRecords = (draft: Draft, span: Span): boolean =>
  meaningsOf(span, 'entity').some(({ id }) => id !== draft.entity) &&
  isAfter(draft, span, /^(?:without|no|zero|with)$/, 2);

/** "Name, rep, value": among fields whoever it is, not what they are. */
function isListedPerson({ catalogue, understood: { reading } }: Draft, span: Span): boolean {
  const [before, after] = [reading.tokens[span.from - 1], reading.tokens[span.to]];
  const own = reading.tokens[span.from];
  return (
    span.to - span.from === 1 &&
    own?.lower === own?.word &&
    before?.kind === 'comma' &&
    (after === undefined || after.kind === 'comma') &&
    meaningsOf(span, 'value').some(
      ({ dimension }) => catalogue.dimensions.get(dimension)?.entity === 'person',
    )
  );
}

/** "Accounts in EMEA". */
const isPlace = (draft: Draft, index: number): boolean =>
  /^(?:in|from|of|at|across)$/.test(draft.understood.reading.tokens[index]?.lower ?? '');

/** "Enterprise customers", "the enterprise segment", "accounts in EMEA": the noun says whose word it is. */
function isSaidBeside(draft: Draft, span: Span, dimension: DimensionDefinition): boolean {
  return draft.understood.spans.some(
    (other) =>
      (other.from === span.to || (other.to === span.from - 1 && isPlace(draft, span.from - 1))) &&
      (meaningsOf(other, 'dimension').some(({ id }) => id === dimension.id) ||
        (meaningsOf(other, 'entity').some(({ id }) => id === dimension.entity) &&
          dimension.entity !== draft.entity)),
  );
}

/** "resolution time of the tickets that I solved": the event that the figure goes by is no condition on states. */
function isOwnEvent({ catalogue, metrics }: Draft, span: Span): boolean {
  if (metrics.length === 0 || !/(?:ed|bought|sold)$/.test(span.words)) return false;
  return metrics.every((metric) => {
    const id = timeDimensionOf(catalogue, metric);
    const time = id === null ? undefined : catalogue.dimensions.get(id);
    const names = time ? [time.label, ...time.synonyms] : [];
    return names.some((name) => wordsOf(name).some((word) => span.words === word));
  });
}

/** "deals without a close date", "accounts with no owner": the property is empty. */
function addAbsence(draft: Draft, span: Span): void {
  const index = absenceAt(draft, span);
  if (index === null || draft.understood.names.some((name) => name.from === span.to)) return;
  const dimension = groupingOf(draft, span, () => true);
  if (dimension === null) return;
  // "Without a person" is not that nobody knows how many people the customer has.
  const isNumber = draft.catalogue.dimensions.get(dimension)?.type === 'number';
  if (isNumber && meaningsOf(span, 'entity').length > 0) return;
  draft.used.add(span);
  draft.usedTokens.add(index);
  // "Orders without a discount": of a number, nothing and nought are the same.
  if (isNumber)
    draft.where.push({
      any: [
        { dimension, op: 'is_null', values: [] },
        { dimension, op: 'eq', values: [0] },
      ],
    });
  else push(draft, { dimension, op: 'is_null', values: [] });
}

/** Token of "without", "no" before a span, null where nothing is said to be absent. */
function absenceAt({ understood: { reading } }: Draft, span: Span): number | null {
  let index = span.from - 1;
  while (/^(?:a|an|any|the)$/.test(reading.tokens[index]?.word ?? '')) index -= 1;
  const isAbsent =
    /^(?:without|no|missing)$/.test(reading.tokens[index]?.word ?? '') && reading.isFree(index);
  return isAbsent ? index : null;
}

/** "Without closed ones" leaves out a state; "no first reply" says that a moment has not come. */
const isMissingMoment = (draft: Draft, span: Span): boolean =>
  !meaningsOf(span, 'value').some(({ dimension }) =>
    /(?:^|\.)(?:status|stage)$/.test(draft.catalogue.dimensions.get(dimension)?.path ?? ''),
  ) &&
  reachable(
    draft.catalogue,
    draft.entity,
    meaningsOf(span, 'dimension').map(({ id }) => id),
  ).some(({ dimension }) => /^(?:date|instant)$/.test(dimension.type));

type Reached = ReturnType<typeof reachable>;

/**
 * Which of several dimensions a value belongs to: that of the value it is joined with ("enterprise vs smb"), or the one
 * that is left when another is grouped by. A region or a segment alone is the customer's, as for a name of unknown kind.
 */
function settledBeside(draft: Draft, span: Span, tied: Reached): Reached[number] | undefined {
  const shared = sharedBeside(draft, span, tied);
  if (shared.length === 1) return shared[0];
  const free = tied.filter(({ dimension }) => !draft.groupBy.some((one) => one.dimension === dimension.id));
  if (free.length === 1) return free[0];
  return tied.find(({ dimension }) => /^(?:region|segment)$/.test(dimension.id));
}

/**
 * "In EMEA and the Americas": values that are joined are those of one property, where they have one in common, though one
 * of them alone would be something nearer to the rows.
 */
function sharedBeside(draft: Draft, span: Span, reached: Reached): Reached {
  const follows = (one: Span, before: Span): boolean =>
    isJoinedBefore(draft, one.from) && joinerAt(draft, one.from) === before.to;
  const beside = draft.understood.spans.filter(
    (other) => other !== span && (follows(span, other) || follows(other, span)),
  );
  return reached.filter(({ dimension }) =>
    beside.some((other) => meaningsOf(other, 'value').some((one) => one.dimension === dimension.id)),
  );
}

/** A value of two dimensions that nothing around it tells apart: each option is the whole question with one of them. */
function askValue(draft: Draft, span: Span, reached: Reached): Unplannable {
  const nearest = reached.filter(({ distance }) => distance === reached[0]?.distance).slice(0, 4);
  const labels = nearest.map(({ dimension }) => dimension.label);
  const question = `“${span.words}” can be ${labels.join(' or ')}`;
  const { understood, catalogue } = draft;
  const options = nearest.flatMap(({ dimension }) => {
    const meanings = span.meanings.filter((one) => one.kind === 'value' && one.dimension === dimension.id);
    const spans = understood.spans.map((one) => (one === span ? { ...span, meanings } : one));
    const composed = draft.recompose?.({ ...understood, spans }, catalogue);
    return composed?.kind === 'plan' ? [{ label: dimension.label.slice(0, 70), plan: composed.plan }] : [];
  });
  if (options.length < 2) return refuse('unclear', question);
  return new Unplannable({ kind: 'ask', question: `${question}. Which do you mean?`, options });
}

function pushValue(
  draft: Draft,
  span: Span,
  dimension: string,
  values: readonly { readonly dimension: string; readonly value: string }[],
): void {
  refuseEarlier(draft, span, dimension);
  refuseAmongFigures(draft, span, dimension);
  draft.used.add(span);
  const [value = '', ...alike] = values.filter((one) => one.dimension === dimension).map((one) => one.value);
  const isNegated = negation(draft, span.from);
  if (isNegated) takeBut(draft, span, dimension);
  takeProperty(draft, span, dimension);
  const isNot = isNegated && isAfter(draft, span, /^not$/, 3);
  const begun = isNot ? notBegun(draft, span, dimension, value) : null;
  const open = begun ?? (isNegated ? laterToo(draft, dimension, value) : null);
  if (open !== null) {
    takeJoiner(draft, span.from);
    push(draft, open);
    return;
  }
  const onwards = isNegated ? [] : andBeyond(draft, span, dimension, value);
  merge(draft, dimension, value, isNegated, span.from);
  addAlike(draft, dimension, value, [...alike, ...onwards]);
}

/**
 * "Qualified but never converted", "closing this month but not in commit": the rows' own state. Beside a product another
 * product would be other rows.
 */
function takeBut(
  { catalogue, understood, usedTokens, where }: Draft,
  { from }: Span,
  dimension: string,
): void {
  const { tokens } = understood.reading;
  const but = tokens.slice(Math.max(0, from - 4), from).find(({ word }) => word === 'but');
  const isClosed = (catalogue.dimensions.get(dimension)?.values.length ?? 0) > 0;
  const isOther = where.every(({ any }) => any.every((one) => one.dimension !== dimension));
  if (but && (isClosed || isOther)) usedTokens.add(but.index);
}

/** "Compare them: solved, csat, breaches": among figures a state is a figure as well, and no condition on the others. */
function refuseAmongFigures(draft: Draft, span: Span, dimension: string): void {
  if (!/(?:^|\.)(?:status|stage)$/.test(draft.catalogue.dimensions.get(dimension)?.path ?? '')) return;
  const { reading, spans } = draft.understood;
  const isFigure = (at: (other: Span) => boolean): boolean =>
    spans.some((other) => at(other) && meaningsOf(other, 'metric').length > 0 && draft.used.has(other));
  const isComma = (index: number): boolean => reading.tokens[index]?.kind === 'comma';
  const isBefore = isComma(span.to) && isFigure(({ from }) => from === span.to + 1);
  const isAfterOne = isComma(span.from - 1) && isFigure(({ to }) => to === span.from - 1);
  const isAlone = isComma(span.to) || reading.tokens[span.to] === undefined;
  const opens =
    isComma(span.from - 1) ||
    reading.tokens[span.from - 1] === undefined ||
    /:$/.test(beforeText(draft, span));
  if ((isBefore && opens) || (isAfterOne && isAlone && draft.metrics.length > 1))
    throw refuse(
      'unclear',
      `“${span.words}” among figures: of which records?`,
      draft.metrics.map(({ id }) => id),
    );
}

const beforeText = ({ understood: { reading } }: Draft, span: Span): string =>
  reading.text.slice(0, reading.tokens[span.from]?.start ?? 0).trimEnd();

/** "The yearly ones": a word that several values share means any of them. */
function addAlike(draft: Draft, dimension: string, value: string, alike: readonly string[]): void {
  if (alike.length === 0) return;
  for (const group of draft.where) {
    const [only] = group.any;
    if (only?.dimension !== dimension || group.any.length > 1 || !only.values.includes(value)) continue;
    const isNot = only.op === 'neq' || only.op === 'not_in';
    group.any = [{ dimension, op: isNot ? 'not_in' : 'in', values: [...only.values, ...alike] }];
    return;
  }
}

function saysDimension(draft: Draft, span: Span, dimension: DimensionDefinition): boolean {
  return draft.understood.spans.some(
    (other) =>
      other !== span &&
      Math.abs(other.from - span.from) <= 3 &&
      meaningsOf(other, 'dimension').some((one) => one.id === dimension.id),
  );
}
