import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { Filter } from '../../../query/metric-query.ts';
import type { Span } from '../match-vocabulary.ts';
import type { NameMention } from '../slots/names.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { addContained } from './contained.ts';
import { type Draft, entityOfSpan, isAfter, meaningsOf, timeDimensionOf } from './draft.ts';
import { groupingOf } from './group-by.ts';
import { laterToo, notBegun } from './later-states.ts';
import { isCustomer, meanOne, namesOneCustomer } from './mean-one.ts';
import { isAskedOf, isNaming, isQuotedName, mayBeCalled } from './name-neighbours.ts';
import { addNegatedEvents } from './negated-events.ts';
import { addNumber } from './number-conditions.ts';
import { addPartValue } from './parts-of-rows.ts';
import { refuse, Unplannable } from './problem.ts';
import { namingDimension, personDimensions, reachable } from './reach.ts';
import { andBeyond, isSameWord } from './value-order.ts';

/** Adds conditions from closed values, names, record numbers and compared numbers. */
export function addFilters(draft: Draft): void {
  for (const span of draft.understood.spans) if (!draft.used.has(span)) addValue(draft, span);
  for (const span of draft.understood.spans) if (!draft.used.has(span)) addAbsence(draft, span);
  addNegatedEvents(draft);
  for (const name of draft.understood.names) addName(draft, name);
  for (const number of draft.understood.numbers) addNumber(draft, number);
}

const negations = /^(?:not|never|except|excluding|without|non|no|besides|minus)$/;

/** Words before a position that turn a condition round; they are taken with it. */
function negation(draft: Draft, from: number): boolean {
  const tokens = draft.understood.reading.tokens;
  for (let index = from - 1; index >= Math.max(0, from - 3); index -= 1) {
    const token = tokens[index];
    if (!token || !draft.understood.reading.isFree(index)) return false;
    if (token.word === 'than' && tokens[index - 1]?.word === 'other') {
      draft.usedTokens.add(index).add(index - 1);
      return true;
    }
    if (negations.test(token.word)) {
      draft.usedTokens.add(index);
      return true;
    }
    if (!/^(?:the|a|in|from|for|of|yet|been|is|are|any|to|by|assigned|owned|handled)$/.test(token.word))
      return false;
  }
  return false;
}

function addValue(draft: Draft, span: Span): void {
  // "On time" is a value, a "time" of anything else is none.
  const { tokens } = draft.understood.reading;
  if (span.words.toLowerCase() === 'time' && tokens[span.from - 1]?.lower !== 'on') return;
  // "the NPS of surveys": the rows themselves, whatever else is called so.
  if (entityOfSpan(draft.catalogue, span) === draft.entity) return;
  const values = meaningsOf(span, 'value');
  if (lacksRecords(draft, span)) return;
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
  const [best, other] = beside.length > 0 ? beside : reached;
  if (best && namesOneCustomer(draft, span, best.dimension)) meanOne(draft, span, best.dimension, values);
  if (best && other && other.distance === best.distance && other.dimension.id !== best.dimension.id) {
    const named =
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
  ).filter(({ dimension }) => dimension.type === 'boolean');
  if (flag) {
    draft.used.add(span);
    const isNegated = negation(draft, span.from);
    pushBeside(draft, { dimension: flag.dimension.id, op: 'eq', values: [!isNegated] }, span.from);
    return;
  }
  if (values.length > 0) addPartValue(draft, span, isAfter(draft, span, negations, 3));
}

/** "Solved tickets without a survey": other records, whatever else of the rows is called so. */
const lacksRecords = (draft: Draft, span: Span): boolean =>
  meaningsOf(span, 'entity').some(({ id }) => id !== draft.entity) &&
  isAfter(draft, span, /^(?:without|no|zero)$/, 3);

/** "Enterprise customers", "the enterprise segment": the noun says whose word it is. */
function isSaidBeside(draft: Draft, span: Span, dimension: DimensionDefinition): boolean {
  return draft.understood.spans.some(
    (other) =>
      other.from === span.to &&
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
  push(draft, { dimension, op: 'is_null', values: [] });
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
  const beside = draft.understood.spans.filter(
    (other) =>
      other !== span &&
      ((other.to === span.from - 1 && isJoinedBefore(draft, span.from)) ||
        (span.to === other.from - 1 && isJoinedBefore(draft, other.from))),
  );
  const shared = tied.filter(({ dimension }) =>
    beside.some((other) => meaningsOf(other, 'value').some((one) => one.dimension === dimension.id)),
  );
  if (shared.length === 1) return shared[0];
  const free = tied.filter(({ dimension }) => !draft.groupBy.some((one) => one.dimension === dimension.id));
  if (free.length === 1) return free[0];
  return tied.find(({ dimension }) => /^(?:region|segment)$/.test(dimension.id));
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
  // "priority urgent", "urgent priority": the dimension's name goes with its value.
  for (const neighbour of draft.understood.spans) {
    const touches =
      neighbour.to === span.from ||
      neighbour.from === span.to ||
      (neighbour.to === span.from - 1 && isGlue(draft, span.from - 1));
    if (touches && meaningsOf(neighbour, 'dimension').some((one) => isSameWord(draft, one.id, dimension)))
      draft.used.add(neighbour);
  }
  const isNot = isNegated && isAfter(draft, span, /^not$/, 3);
  const open = isNot ? (notBegun(draft, span, dimension, value) ?? laterToo(draft, dimension, value)) : null;
  if (open !== null) {
    takeJoiner(draft, span.from);
    push(draft, open);
    return;
  }
  const onwards = isNegated ? [] : andBeyond(draft, span, dimension, value);
  merge(draft, dimension, value, isNegated, span.from);
  addAlike(draft, dimension, value, [...alike, ...onwards]);
}

/** "Qualified but never converted": the rows' own state, where another product would be other rows. */
function takeBut({ catalogue, understood, usedTokens }: Draft, { from }: Span, dimension: string): void {
  const { tokens } = understood.reading;
  const but = tokens.slice(Math.max(0, from - 4), from).find(({ word }) => word === 'but');
  if (but && (catalogue.dimensions.get(dimension)?.values.length ?? 0) > 0) usedTokens.add(but.index);
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

/** "Deals lost from negotiation": where they were before is not where they are. */
function refuseEarlier(draft: Draft, span: Span, dimension: string): void {
  const isFrom = draft.understood.reading.tokens[span.from - 1]?.word === 'from';
  if (!isFrom || !draft.catalogue.dimensions.has(`${dimension}_before`)) return;
  const isEvent = reachable(draft.catalogue, draft.entity, [`${dimension}_before`]).length > 0;
  if (!isEvent)
    throw refuse(
      'no_field',
      `from ${span.words}`,
      draft.metrics.map(({ id }) => id),
    );
}

const isGlue = (draft: Draft, index: number): boolean =>
  /^(?:is|are|was|of|=)$/.test(draft.understood.reading.tokens[index]?.word ?? '');

function saysDimension(draft: Draft, span: Span, dimension: DimensionDefinition): boolean {
  return draft.understood.spans.some(
    (other) =>
      other !== span &&
      Math.abs(other.from - span.from) <= 3 &&
      meaningsOf(other, 'dimension').some((one) => one.id === dimension.id),
  );
}

/** Several values of one dimension are alternatives: "urgent and high tickets", "EMEA or APAC". */
function merge(draft: Draft, dimension: string, value: string, isNegated: boolean, at: number): void {
  takeJoiner(draft, at);
  const ops = isNegated ? (['neq', 'not_in'] as const) : (['eq', 'in'] as const);
  for (const group of draft.where) {
    const [only] = group.any;
    if (!only || group.any.length > 1 || only.dimension !== dimension) continue;
    const continuesNegation = (only.op === 'neq' || only.op === 'not_in') && isJoinedBefore(draft, at);
    if (only.op === ops[0] || only.op === ops[1] || continuesNegation) {
      const isNot = only.op === 'neq' || only.op === 'not_in';
      group.any = [{ dimension, op: isNot ? 'not_in' : 'in', values: [...new Set([...only.values, value])] }];
      // "EMEA vs APAC" shows the two side by side.
      const joiner = draft.understood.reading.tokens[at - 1];
      const isCompared =
        joiner?.word === 'versus' ||
        (joiner?.word === 'and' && !isNot && /^(?:compare|compared|comparing)$/.test(comparison(draft)));
      const isSideBySide = isCompared && !draft.groupBy.some((one) => one.dimension === dimension);
      if (isSideBySide) draft.groupBy = [...draft.groupBy, { dimension }];
      return;
    }
  }
  const joiner = draft.understood.reading.tokens[at - 1]?.word;
  if (joiner === 'versus') throw refuse('unclear', `“${joiner}” between different properties`);
  pushBeside(draft, { dimension, op: ops[0], values: [value] }, at);
}

/** "Urgent or escalated tickets": either of two properties that are named side by side is enough. */
function pushBeside(draft: Draft, filter: Filter, at: number): void {
  const { reading, spans } = draft.understood;
  if (reading.tokens[at - 1]?.word !== 'or') {
    push(draft, filter);
    return;
  }
  const before = spans.find((span) => span.to === at - 1 && draft.used.has(span));
  const own = new Set([
    ...(before ? meaningsOf(before, 'value').map((one) => one.dimension) : []),
    ...(before ? meaningsOf(before, 'dimension').map((one) => one.id) : []),
  ]);
  const group = draft.where.findLast(({ any }) => any.every(({ dimension }) => own.has(dimension)));
  if (!group) throw refuse('unclear', '“or” between different properties');
  draft.usedTokens.add(at - 1);
  group.any.push(filter);
}

const comparison = (draft: Draft): string =>
  draft.understood.reading.tokens.find((token) => /^compar/.test(token.word))?.word ?? '';

function isJoinedBefore(draft: Draft, at: number): boolean {
  const token = draft.understood.reading.tokens[joinerAt(draft, at)];
  return token !== undefined && (token.kind === 'comma' || /^(?:and|or|nor|versus)$/.test(token.word));
}

function takeJoiner(draft: Draft, at: number): void {
  if (isJoinedBefore(draft, at)) draft.usedTokens.add(joinerAt(draft, at));
}

/** "New or still open", "in EMEA or in APAC": small words may follow what joins. */
function joinerAt({ understood: { reading } }: Draft, at: number): number {
  let index = at - 1;
  while (/^(?:still|even|also|in|on|at|the)$/.test(reading.tokens[index]?.lower ?? '')) index -= 1;
  return index;
}

function push(draft: Draft, filter: Filter): void {
  draft.where.push({ any: [filter] });
}

/** Kinds of things that a bare name may be, likeliest first; the caller tries the next when nobody has that name. */
export function nameDimensions(draft: Pick<Draft, 'catalogue' | 'entity'>): readonly string[] {
  const open = dimensionsOf(draft.catalogue, draft.entity).filter(
    (dimension) => dimension.type === 'text' && dimension.values.length === 0 && dimension.filterable,
  );
  const people = personDimensions(draft.catalogue, draft.entity);
  const account = namingDimension(draft.catalogue, 'account');
  const own = open.filter((dimension) => dimension.entity === draft.entity && dimension.groupable);
  const first = [
    account,
    ...people,
    'contact',
    'region',
    'product',
    'segment',
    'industry',
    ...own.map((dimension) => dimension.id),
  ];
  return [...new Set([...first, ...open.map((dimension) => dimension.id)])].filter(
    (id): id is string => id !== null && open.some((dimension) => dimension.id === id),
  );
}

function addName(draft: Draft, name: NameMention): void {
  if (addContained(draft, name)) return;
  const dimension =
    besideName(draft, name) ?? (name.isGuess ? dimensionOfGuess(draft) : dimensionOfName(draft, name));
  if (dimension === null)
    throw refuse(
      'no_field',
      name.text,
      draft.metrics.map((metric) => metric.id),
    );
  const isNegated = negation(draft, name.from);
  merge(draft, dimension, name.text, isNegated, name.from);
}

/** "Diego versus Aisha": what the one is, the other is as well. */
function besideName({ catalogue, understood, where }: Draft, { from }: NameMention): string | null {
  if (understood.reading.tokens[from - 1]?.word !== 'versus') return null;
  const [only, another] = where.at(-1)?.any ?? [];
  const isName = only !== undefined && isNaming(catalogue.dimensions.get(only.dimension));
  return isName && another === undefined ? only.dimension : null;
}

/** An unknown word can only be what somebody is called. */
const dimensionOfGuess = (draft: Draft): string | null =>
  nameDimensions(draft).find((id) => isNaming(draft.catalogue.dimensions.get(id))) ?? null;

function dimensionOfName(draft: Draft, name: NameMention): string | null {
  const candidates = nameDimensions(draft);
  const noun = draft.understood.reading.tokens[name.to];
  // "enterprise customers" are customers of a kind, "the Acme account" is one customer.
  const isKind =
    noun !== undefined && !name.possessive && isCustomer(draft, noun.word) && /s$/.test(noun.lower);
  if (isKind && candidates.includes('segment')) {
    for (const span of draft.understood.spans)
      if (span.indexes.includes(name.to) && entityOfSpan(draft.catalogue, span) !== null)
        draft.used.add(span);
    return 'segment';
  }
  const { tokens } = draft.understood.reading;
  const isCalled = /^(?:named|called)$/.test(tokens[name.from - 1]?.word ?? '');
  if (isCalled) draft.usedTokens.add(name.from - 1);
  const before = isCalled ? name.from - 1 : name.from;
  const neighbour = draft.understood.spans.find(
    (span) =>
      (span.to === before || (span.from === name.to && !name.possessive && !isAskedOf(draft, name, span))) &&
      mayBeCalled(draft, span),
  );
  if (neighbour && !draft.used.has(neighbour)) {
    const ids = [
      ...meaningsOf(neighbour, 'dimension').map((one) => one.id),
      ...meaningsOf(neighbour, 'entity').flatMap((one) => namingDimension(draft.catalogue, one.id) ?? []),
    ];
    const [said] = reachable(draft.catalogue, draft.entity, ids);
    // "CE-101 status": a record's number is no state of it.
    const isOfNumber = !name.isCode || /number$/i.test(said?.dimension.id ?? '') || isQuotedName(draft, name);
    if (said && isOfNumber) {
      draft.used.add(neighbour);
      return said.dimension.id;
    }
  }
  // "the deal “payments ledger”": the record that is listed.
  const own = namingDimension(draft.catalogue, draft.entity);
  const isOwn = neighbour !== undefined && entityOfSpan(draft.catalogue, neighbour) === draft.entity;
  const isQuoted = tokens[name.from]?.kind === 'quoted' && neighbour?.to === name.from;
  // "The deal “Payments ledger”, when was it opened": the noun right before says what is called so.
  const ownNoun = vocabularyOf(draft.catalogue).keyOf(tokens[before - 1]?.word ?? '');
  const isCalledSo = tokens[name.from]?.kind === 'quoted' && ownNoun === `@${draft.entity}`;
  if (((name.isCode || isQuoted) && own !== null && isOwn) || (isCalledSo && own !== null)) return own;
  if (name.isCode) {
    const number = dimensionsOf(draft.catalogue, draft.entity).find((one) => /number$/i.test(one.id));
    if (number) return number.id;
  }
  const people = personDimensions(draft.catalogue, draft.entity);
  const isPlace = name.preposition === 'in' || name.preposition === 'across';
  if (isPlace && candidates.includes('region')) return 'region';
  if (isOpener(draft, name) && candidates.includes('contact')) return 'contact';
  if (/^(?:by|to|did)$/.test(name.preposition ?? '') && people[0] !== undefined) return people[0];
  return candidates[0] ?? null;
}

/** "raised by Ines", "opened by": what comes in is brought by somebody at the customer. */
function isOpener({ understood }: Draft, name: NameMention): boolean {
  const { tokens } = understood.reading;
  const by = tokens.slice(Math.max(0, name.from - 2), name.from).findLast((token) => token.word === 'by');
  return by !== undefined && tokens[by.index - 1]?.word === 'opened';
}
