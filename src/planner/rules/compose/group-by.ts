import { type DimensionDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { findWay } from '../../../catalogue/paths.ts';
import { isCourseWord, isTrendWord } from '../slots/question-kind.ts';
import type { Span } from '../span.ts';
import type { Understanding } from '../understand.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { addDateGroups } from './date-grain.ts';
import { type Draft, entityOfSpan, filtersOf, isAfter, isCountOf, meaningsOf } from './draft.ts';
import { linkedGrouping, namesakeGrouping } from './links.ts';
import { saysDuration } from './list-order.ts';
import { isWhose } from './own-accounts.ts';
import { refuse } from './problem.ts';
import { hasValueBeside, isOwnerOfValue } from './property-words.ts';
import { isCountToRankBy } from './ranked-by.ts';
import { isHead, isMoment, namesThem, rankedNoun, rankedSpan, ranksRecords } from './ranked-nouns.ts';
import { namingDimension, ownerDimension, personDimensions, reachable } from './reach.ts';

const markers = /^(?:by|per|each|every|across|split|grouped|between)$/;

/** Whether a span stands where a grouping stands: "by X", "per X", "each X", "X breakdown", "by Y and X". */
export function groupMarker(draft: Draft, span: Span): boolean {
  const { understood } = draft;
  const tokens = understood.reading.tokens;
  if (isCountToRankBy(draft, span)) return false;
  if (isAfter(draft, span, markers, 5)) return !isDoneBy(draft, span) && !isEachOfThose(draft, span);
  // "Channel breakdown", where "conversation breakdown by channel" names what is broken down.
  if (
    /^(?:breakdown|split|distribution|mix)$/.test(tokens[span.to]?.word ?? '') &&
    !markers.test(tokens[span.to + 1]?.lower ?? '') &&
    meaningsOf(span, 'dimension').length > 0
  )
    return true;
  const before = understood.spans.find(
    (other) => other !== span && other.to <= span.from && span.from - other.to <= 2,
  );
  const joiner = tokens[span.from - 1];
  const isJoined = joiner !== undefined && (joiner.kind === 'comma' || joiner.word === 'and');
  // "Per month and channel".
  if (joiner?.word === 'and' && understood.grainAt === joiner.index - 1 && !isMoment(draft, span)) {
    draft.usedTokens.add(joiner.index);
    return true;
  }
  // "per team, tickets solved in May": a date goes with its period, not with the groups before it.
  if (
    before &&
    isJoined &&
    (meaningsOf(span, 'entity').length > 0 || !isMoment(draft, span)) &&
    meaningsOf(before, 'dimension').length > 0 &&
    groupMarker(draft, before)
  ) {
    draft.usedTokens.add(joiner.index);
    return true;
  }
  return false;
}

/** "How many did Jonas and Claire each create": each of those named, and nothing behind it. */
function isEachOfThose({ understood }: Draft, { from }: Span): boolean {
  const { tokens } = understood.reading;
  const marker = tokens.findLast(({ index, word }) => index < from && markers.test(word));
  return marker?.word === 'each' && isBehindNamed(understood, marker.index);
}

/** Whether what stands right before a token is called by its name. */
export const isBehindNamed = ({ names, spans }: Understanding, index: number): boolean =>
  names.some(({ to }) => to === index) ||
  spans.some((span) => span.to === index && meaningsOf(span, 'value').length === span.meanings.length);

const deeds =
  /^(?:opened|raised|filed|submitted|reported|logged|created|sent|placed|ordered|bought|booked|written|started|requested|asked|owned|held)$/;

/** "Tickets opened by my accounts", "reopened by the customer": who did it, not what to split by. */
function isDoneBy(draft: Draft, span: Span): boolean {
  const { tokens } = draft.understood.reading;
  const by = tokens.findLast(({ index, word }) => index < span.from && word === 'by');
  const verb = by === undefined ? undefined : tokens[by.index - 1]?.lower;
  if (by === undefined || verb === undefined) return false;
  if (isWhose(draft, span)) return deeds.test(verb);
  const noun = tokens[span.to - 1];
  const isTheOne = span.from === by.index + 2 && tokens[by.index + 1]?.lower === 'the';
  return isTheOne && noun?.word === noun?.lower && /^(?:re)?(?:opened|closed|raised|filed)$/.test(verb);
}

/** Adds every grouping that the words ask for. */
export function addGroupings(draft: Draft): void {
  const { understood } = draft;
  addDateGroups(draft);
  for (const span of understood.spans) {
    if (draft.used.has(span) || !groupMarker(draft, span)) continue;
    const dimension = linkedGrouping(draft, span) ?? namesakeGrouping(draft, span) ?? groupingOf(draft, span);
    if (dimension === null) continue;
    draft.used.add(span);
    const owner = ownerSaid(draft, span);
    if (owner !== null && isPropertyOf(draft, dimension, owner)) draft.used.add(owner);
    addGroup(draft, dimension);
  }
  addOwnNoun(draft);
  addHead(draft);
  const grain = understood.grain ?? understood.time.grain;
  const words = understood.reading.tokens;
  // "Revenue development compared to last month": its change, and no course.
  const isCourse =
    understood.kind.isTrend &&
    (draft.compare === 'none' || words.some(({ word, lower }) => isTrendWord(word) || lower === 'time'));
  if (grain || isCourse)
    for (const token of words) if (isCourseWord(token.word)) draft.usedTokens.add(token.index);
  if (grain) draft.groupBy = [...draft.groupBy, { dimension: metricTime, grain }];
  else if (isCourse) draft.groupBy = [...draft.groupBy, { dimension: metricTime }];
  else if (isDrawnAsLine(draft)) draft.groupBy = [{ dimension: metricTime }];
}

/** "Win rate of this year as a line chart": a single number makes no line. */
function isDrawnAsLine({ metrics, groupBy, isImplied, understood: { chart } }: Draft): boolean {
  const isTimed = metrics.every((metric) => metric.type !== 'simple' || metric.timeDimension !== null);
  return chart === 'line' && groupBy.length === 0 && metrics.length > 0 && !isImplied && isTimed;
}

/** "Response rate per campaign": what the figure is split by is part of its own name. */
function addOwnNoun(draft: Draft): void {
  const { tokens } = draft.understood.reading;
  const { keyOf } = vocabularyOf(draft.catalogue);
  for (const span of draft.used) {
    if (meaningsOf(span, 'metric').length === 0 || span.indexes.length < 3) continue;
    for (const index of span.indexes) {
      const key = keyOf(tokens[index]?.word ?? '');
      // "ARR per customer" says so itself.
      const isSaid = [index - 1, index - 2].some(
        (at) => span.indexes.includes(at) && markers.test(tokens[at]?.word ?? ''),
      );
      // "Top 5 teams by SLA breach rate": the figure itself stands behind "by".
      const isFirst = index === span.indexes[0];
      if (!key.startsWith('@') || isSaid || isFirst || !isAfter(draft, { from: index }, markers)) continue;
      const id = namingDimension(draft.catalogue, key.slice(1));
      const [reached] = id === null ? [] : reachable(draft.catalogue, draft.entity, [id]);
      if (reached?.dimension.groupable) addGroup(draft, reached.dimension.id);
    }
  }
}

function addGroup(draft: Draft, dimension: string): void {
  if (!draft.groupBy.some((group) => group.dimension === dimension))
    draft.groupBy = [...draft.groupBy, { dimension }];
}

/** "By industry of the customer": whose property it is, said behind it. */
function ownerSaid({ understood: { reading, spans } }: Draft, { to }: Span): Span | null {
  const { tokens } = reading;
  if (!/^(?:of|from)$/.test(tokens[to]?.lower ?? '')) return null;
  let at = to + 1;
  while (/^(?:the|our|their|its|each|that|a|an)$/.test(tokens[at]?.lower ?? '')) at += 1;
  return spans.find((one) => one.from === at && meaningsOf(one, 'entity').length > 0) ?? null;
}

const isPropertyOf = ({ catalogue }: Draft, id: string, owner: Span): boolean => {
  const dimension = catalogue.dimensions.get(id);
  const homes = [dimension?.entity, ...(dimension?.also ?? []).map(({ entity }) => entity)];
  return meaningsOf(owner, 'entity').some((one) => homes.includes(one.id));
};

/** Dimension that a span names; refuses when the rows have no such thing. */
export function groupingOf(
  draft: Draft,
  span: Span,
  isFit: (dimension: DimensionDefinition) => boolean = (dimension) => dimension.groupable,
): string | null {
  const named = [
    ...meaningsOf(span, 'dimension').map((meaning) => meaning.id),
    ...meaningsOf(span, 'entity').flatMap((meaning) => namingDimension(draft.catalogue, meaning.id) ?? []),
  ];
  const owner = ownerSaid(draft, span);
  const theirs = owner === null ? [] : named.filter((id) => isPropertyOf(draft, id, owner));
  const ids = calledExactly(draft, theirs.length > 0 ? theirs : named, span);
  if (ids.length === 0) return null;
  const [best] = reachable(draft.catalogue, draft.entity, ids).filter(({ dimension }) => isFit(dimension));
  // "Discount per rep": rows that name nobody belong to somebody all the same. "Account owner" says whose owner.
  const isFar =
    best !== undefined &&
    best.distance > 0 &&
    span.indexes.length === 1 &&
    isPersonDimension(draft, best.dimension.id);
  const belongs =
    isFar && meaningsOf(span, 'entity').length === 0 ? ownerDimension(draft.catalogue, draft.entity) : null;
  if (belongs !== null) return belongs;
  const kind = best?.distance === 0 ? null : ownKind(draft, span);
  if (kind !== null && isFit(kind)) return kind.id;
  const twin = sameColumn(draft, ids).find((one) => isFit(one) && !one.path.includes('.'));
  const column = best && best.distance > 0 && theirs.length === 0 ? ownColumn(draft, span) : undefined;
  if (column && isFit(column)) return column.id;
  // "partners by tier": their own, not that of the customer behind them.
  if (best && (best.distance === 0 || twin === undefined)) return best.dimension.id;
  const [passing] = sameColumn(draft, ids).filter(isFit);
  if (passing) return passing.id;
  // Everybody says "agent", "rep" and "owner" for whoever is responsible.
  const isPerson = ids.some(
    (id) => /name$/.test(draft.catalogue.dimensions.get(id)?.path ?? '') && id !== 'account',
  );
  const [person] = isPerson ? personDimensions(draft.catalogue, draft.entity) : [];
  if (person !== undefined && ids.some((id) => isPersonDimension(draft, id))) return person;
  throw refuse(
    'no_field',
    missingWords(draft, span),
    draft.metrics.map((metric) => metric.id),
  );
}

/** "By ticket type", where an "issue type" is something else: what is called so word by word, if anything is. */
function calledExactly({ catalogue }: Draft, ids: readonly string[], { words }: Span): readonly string[] {
  const said = words.toLowerCase();
  const exact = ids.filter((id) => {
    const { label = '', synonyms = [] } = catalogue.dimensions.get(id) ?? {};
    return [label, ...synonyms].some((name) => name.toLowerCase() === said);
  });
  return exact.length > 0 && said.includes(' ') ? exact : ids;
}

/** "Leads without activity": what is kept of other records says so. */
function missingWords({ catalogue, entity }: Draft, span: Span): string {
  const other = catalogue.entities.get(meaningsOf(span, 'entity')[0]?.id ?? '');
  const rows = catalogue.entities.get(entity);
  return other && rows && other !== rows
    ? `${other.label.many}, which are not kept by ${rows.label.one}`
    : span.words;
}

/** "Seats by plan": the subscription's own column of that very name, though customers have a plan as well. */
export function ownColumn(
  { catalogue, entity }: Pick<Draft, 'catalogue' | 'entity'>,
  span: Span,
): DimensionDefinition | undefined {
  const word = wordsOf(span.words).join('_');
  return [...catalogue.dimensions.values()].find(
    (one) => one.entity === entity && one.path === word && one.type === 'text' && one.hidden !== true,
  );
}

/** "Activities by type": of which kind these rows are, and not of which type what they belong to is. */
function ownKind({ catalogue, entity }: Draft, span: Span): DimensionDefinition | null {
  if (!/^(?:type|kind|sort)s?$/i.test(span.words)) return null;
  const kinds = [...catalogue.dimensions.values()].filter(
    (one) => one.entity === entity && one.isKind === true,
  );
  return kinds.length === 1 ? (kinds[0] ?? null) : null;
}

/** "leads by source": the rows' own column of that name, which the catalogue calls the origin of a lead. */
export function sameColumn(draft: Draft, ids: readonly string[]): readonly DimensionDefinition[] {
  const paths = new Set(ids.map((id) => draft.catalogue.dimensions.get(id)?.path));
  return [...draft.catalogue.dimensions.values()].filter(
    ({ entity, path, also, type, hidden }) =>
      type === 'text' &&
      hidden !== true &&
      [{ entity, path }, ...(also ?? [])].some(
        (home) => home.entity === draft.entity && home.path !== 'name' && paths.has(home.path),
      ),
  );
}

function isPersonDimension(draft: Draft, id: string): boolean {
  const dimension = draft.catalogue.dimensions.get(id);
  return dimension !== undefined && personDimensions(draft.catalogue, dimension.entity).includes(id);
}

/**
 * The thing asked about when it is not what is counted: "which reps won most", "top 5 accounts by ARR", "who has",
 * "customers with open escalations".
 */
function addHead(draft: Draft): void {
  const { understood, catalogue } = draft;
  const ranked = rankedSpan(draft);
  if (draft.metrics.length === 0 || (understood.kind.countAt !== null && ranked === null)) return;
  // "status of ticket 1001" asks for that record.
  if (understood.names.some((name) => name.isCode)) return;
  const asksFor = understood.kind.whichAt !== null || understood.ranking !== null || understood.kind.isList;
  const head =
    understood.kind.countAt === null
      ? understood.spans.find(
          (span) =>
            !draft.used.has(span) &&
            !isWhose(draft, span) &&
            !hasValueBeside(draft, span) &&
            !isOwnerOfValue(draft, span) &&
            isHead(draft, span, asksFor),
        )
      : ranked;
  const first = rankedNoun(draft, 1);
  if (first !== null && draft.groupBy.length === 0 && head !== ranked) {
    addGroup(draft, first);
    return;
  }
  if (head) {
    const own = entityOfSpan(catalogue, head);
    if (own === draft.entity && namingDimension(catalogue, own) === null) return;
    // "Partners by won amount": deals name no partner, but rows that link the two do.
    const dimension = linkedGrouping(draft, head) ?? groupingOf(draft, head);
    if (dimension === null) return;
    draft.used.add(head);
    addGroup(draft, dimension);
    draft.headGroup = dimension;
    return;
  }
  const noun = draft.groupBy.length === 0 ? rankedNoun(draft) : null;
  if (noun !== null) {
    addGroup(draft, noun);
    return;
  }
  if (understood.kind.isWho && !draft.isDated && draft.groupBy.length === 0) {
    if (listsWho(draft)) return;
    const person = whoIsMeant(draft);
    if (person !== undefined && ranksRecords(draft)) {
      draft.columns = [...draft.columns, person];
      return;
    }
    if (person === undefined)
      throw refuse(
        'no_field',
        'who',
        draft.metrics.map((metric) => metric.id),
      );
    addGroup(draft, person);
    draft.headGroup = person;
  }
}

/** "Who is overloaded", "who is past due": the rows that are in that state, each with its name, not how many of them. */
function listsWho(draft: Draft): boolean {
  const { understood, metrics } = draft;
  const [metric, another] = metrics;
  const { tokens } = understood.reading;
  const who = tokens.findIndex(({ word }) => word === 'who');
  const at = whoEnds(draft, who);
  const isSnapshot = draft.catalogue.entities.get(draft.entity)?.snapshot !== undefined;
  if (namesThem(draft, at)) {
    draft.metrics = [];
    draft.isDated = true;
    return true;
  }
  const isState =
    metric?.type === 'simple' &&
    /^count/.test(metric.measure.aggregate) &&
    (metric.timeDimension === null || (isSnapshot && understood.time.range === null));
  if (!isState || another || understood.numbers.length > 0) return false;
  if (understood.ranking !== null && !saysDuration(draft)) return false;
  if (!/^(?:is|are|has|have)$/.test(tokens[at + 1]?.word ?? '') && tokens[who]?.lower === 'who') return false;
  if (/^(?:has|have)$/.test(tokens[at + 1]?.word ?? '') && tokens[at + 2]?.word !== 'been') return false;
  if (understood.grain !== null) return false;
  if (!draft.isImplied) draft.where.push(...filtersOf(metric));
  draft.metrics = [];
  draft.isDated = true;
  return true;
}

/** "Who in my team is away": the last word of those who are asked for. */
function whoEnds({ understood: { reading } }: Draft, who: number): number {
  if (!/^(?:in|on|of|from|at|within)$/.test(reading.tokens[who + 1]?.word ?? '')) return who;
  const verb = reading.tokens.findIndex(
    ({ word, index }) => index > who + 1 && index < who + 7 && /^(?:is|are|has|have)$/.test(word),
  );
  return verb === -1 ? who : verb - 1;
}

/**
 * "Who" is a person that the rows themselves name; of rows that only know their customer ("who is past due"), it is the
 * customer.
 */
function whoIsMeant(draft: Draft): string | undefined {
  const { catalogue, entity } = draft;
  const [contact] = reachable(catalogue, entity, ['contact']);
  if (contact !== undefined && contact.distance <= 1 && saysVerb(draft, brought)) return contact.dimension.id;
  const [nearest] = personDimensions(catalogue, entity);
  const dimension = nearest === undefined ? undefined : catalogue.dimensions.get(nearest);
  const way = dimension && findWay(catalogue, entity, dimension);
  const isByAccount = way?.joins[0] === 'account';
  const isOfAccount = isByAccount ? !saysVerb(draft, granted) : isGivenByCustomers(draft, way?.distance ?? 0);
  if (entity !== 'account' && isOfAccount) return namingDimension(catalogue, 'account') ?? nearest;
  return nearest;
}

/**
 * "Who were our detractors", "who gave us a bad rating": what belongs to colleagues only by way of their tickets comes from
 * customers. "Who got the best CSAT" asks for the colleague.
 */
function isGivenByCustomers({ catalogue, entity, understood, metrics }: Draft, distance: number): boolean {
  if (distance < 1 || catalogue.entities.get(entity)?.joins['account'] === undefined) return false;
  const { tokens } = understood.reading;
  const verb = tokens[tokens.findIndex(({ word }) => word === 'who') + 1]?.lower ?? '';
  const areCounted = metrics.length > 0 && metrics.every((metric) => isCountOf(catalogue, metric, entity));
  return (
    /^(?:gave|left|rated|scored|answered|responded)$/.test(verb) ||
    (areCounted && /^(?:are|were)$/.test(verb))
  );
}

/** "Who at Acme opened the most tickets": whoever brought them, who is none of those that work on them. */
const brought = /^(?:opened|raised|submitted|filed|reported|wrote|contacted)$/;
/** "Who gave the highest discount": what a customer gets is given by whoever looks after it. */
const granted = /^(?:gave|gives?|given|grant(?:s|ed)?|offer(?:s|ed)?|sold|sells?|allow(?:s|ed)?)$/;

function saysVerb({ understood }: Draft, verbs: RegExp): boolean {
  const { tokens } = understood.reading;
  const who = tokens.findIndex(({ word }) => word === 'who');
  const verb = tokens.findIndex(({ lower }, index) => index > who && verbs.test(lower));
  return who !== -1 && verb !== -1 && !/^(?:is|are|was|were|been|be)$/.test(tokens[verb - 1]?.word ?? '');
}
