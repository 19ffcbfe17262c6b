import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { findWay } from '../../../catalogue/paths.ts';
import {
  type ListPlan,
  type MetricPlan,
  plainMetricPlan,
  type TimeRange,
} from '../../../query/metric-query.ts';
import { scheduled, tells } from '../date-events.ts';
import { siblingsOf } from '../siblings.ts';
import type { Ranking } from '../slots/ranking.ts';
import type { Span } from '../span.ts';
import type { Token } from '../token.ts';
import { vocabularyOf } from '../vocabulary.ts';

import { type Draft, filtersOf, isCountOf, meaningsOf, timeDimensionOf } from './draft.ts';
import { refuseLeftovers } from './leftovers.ts';
import { orderOfList, saysDuration } from './list-order.ts';
import { orderByNamed } from './named-order.ts';
import { namesSeveral } from './names-several.ts';
import { refuse } from './problem.ts';
import { namingDimension } from './reach.ts';
import { isRecordPhrase, saysDeed } from './record-phrases.ts';
import { saysOnes } from './unnamed-records.ts';

const countNouns =
  /^(?:volume|count|number|total|rate|backlog|queue|workload|load|intake|inflow|outflow|throughput|statistic|pattern|distribution|trend)$/;

/** Whether records answer the question better than a number. Asked after groupings are known. */
export function wantsList(draft: Draft): boolean {
  const { understood } = draft;
  const { kind, time, grain, ranking } = understood;
  if (draft.columns.length > 0 || draft.scale !== null) return true;
  // "How many SLA clocks are paused": of records that no figure counts the list tells how many they are.
  const isUncounted = draft.isImplied && draft.metrics.length === 0 && draft.where.length > 0;
  if (isUncounted && draft.groupBy.length === 0 && grain === null && kind.countAt !== null) return true;
  if (
    kind.countAt !== null ||
    grain !== null ||
    kind.isTrend ||
    draft.compare !== 'none' ||
    time.since !== undefined ||
    draft.groupBy.length > 0
  )
    return false;
  if (draft.having.length > 0 || draft.metrics.length > 1) return false;
  if (isOnlyListed(draft)) return true;
  // "Paused SLA clocks": of records that no single figure counts there is nothing but the list.
  if (draft.isImplied && draft.metrics.length === 0 && draft.where.length > 0) return true;
  const [metric] = draft.metrics;
  if (metric && !isCountOf(draft.catalogue, metric, draft.entity)) return false;
  if (draft.isDated || asksForThem(draft)) return true;
  if (saysFigure(draft)) return false;
  if (understood.names.some((name) => name.isCode)) return true;
  if (kind.isList || ranking !== null || isRecordPhrase(draft)) return true;
  if (draft.isImplied && (draft.isDescribed || (draft.where.length > 0 && saysOnes(draft)))) return true;
  // "my breaches this quarter" are counted, "my tickets this week" are shown.
  if (draft.subject === 'me')
    return (
      time.range === null ||
      (saysRecords(draft) && !(draft.isImplied && isOver(time.range) && saysDeed(draft)))
    );
  if (understood.lengths.length > 0) return true;
  const isState = metric !== undefined && timeDimensionOf(draft.catalogue, metric) === null;
  const isSnapshot = draft.catalogue.entities.get(draft.entity)?.snapshot !== undefined;
  const isToday = time.range?.kind === 'to_date' && time.range.unit === 'day';
  const isPresent = isState || (isSnapshot && time.range === null);
  if (draft.isImplied) return isPresent && draft.where.length > 0 && !isQuestion(draft);
  // "Accounts in the critical band today": what is scored every day is known for today.
  const isNow = time.range === null || (isToday && (isState || draft.where.length > 0));
  return (isState || isSnapshot) && isNow && !isQuestion(draft);
}

/** "Ticket volume", "the backlog", but not "tickets in our queue", which says where they are. */
const saysFigure = ({ understood: { reading } }: Draft): boolean =>
  reading.tokens.some(
    ({ word, lower, kind, index }) =>
      countNouns.test(word) &&
      lower !== 'numbers' &&
      kind === 'word' &&
      !(
        /^(?:my|our|the|their)$/.test(reading.tokens[index - 1]?.lower ?? '') &&
        /^(?:in|from|on|of)$/.test(reading.tokens[index - 2]?.word ?? '')
      ),
  );

/** "Tickets over 5 days old", "leads nobody owns", "tickets reopened more than 2 times": conditions that pick out records. */
function asksForThem(draft: Draft): boolean {
  const { understood, where, isImplied } = draft;
  const { time, numbers, reading } = understood;
  if (/^(?:what|how|total)$/.test(reading.tokens[0]?.word ?? '')) return false;
  if (time.range?.kind === 'older') return true;
  // "Customers that gave us a 9": no number of them.
  if (isImplied && draft.related.length > 0) return true;
  const isLacking = where.some(({ any }) => any.some(({ op }) => op === 'is_null'));
  return isImplied && time.range === null && (numbers.length > 0 || isLacking);
}

const isOver = ({ kind }: TimeRange): boolean => kind !== 'older' && kind !== 'upcoming' && kind !== 'all';

/** Whether the records themselves are named, and not only what happened to them. */
const saysRecords = (draft: Draft): boolean => draft.isImplied || namesSeveral(draft, draft.entity);

/** Records that no figure is about, such as the events of the feed: there is nothing else to ask of them. */
function isOnlyListed({ catalogue, entity }: Draft): boolean {
  return [...catalogue.metrics.values()].every(
    (metric) => metric.type !== 'simple' || metric.entity !== entity,
  );
}

/**
 * "what is our …" asks for a figure; "open escalations" alone welcomes the records, and "are there any …", "is anyone …"
 * ask for them.
 */
function isQuestion({ understood }: Draft): boolean {
  const { tokens } = understood.reading;
  const saysAny = tokens.some(({ word }) => /^(?:any|anyone|anybody|someone|somebody)$/.test(word));
  if (saysAny && !tokens.some(({ word }) => /^(?:how|what|total)$/.test(word))) return false;
  return tokens.some(
    ({ word, index }) =>
      /^(?:what|how|total)$/.test(word) ||
      // "subscriptions that are past due" only describes.
      (/^(?:is|are|does|do)$/.test(word) && !/^(?:that|which|who)$/.test(tokens[index - 1]?.word ?? '')),
  );
}

/** Words that nobody knows stand in the way before anything else does. */
function noFigure(draft: Draft): Error {
  refuseLeftovers(draft);
  const label = draft.catalogue.entities.get(draft.entity)?.label.many ?? draft.entity;
  return refuse('unclear', `which figure of ${label}`);
}

export function metricPlan(draft: Draft): MetricPlan {
  const { understood } = draft;
  const { ranking } = understood;
  if (draft.metrics.length === 0) throw noFigure(draft);
  const orderBy: MetricPlan['orderBy'] = [];
  let limit = 20;
  if (ranking) {
    const [metric] = draft.metrics;
    refuseRankedPlace(draft, ranking);
    const extreme = draft.groupBy.length === 0 ? extremeOf(draft, ranking) : null;
    if (extreme !== null)
      return metricPlan({ ...draft, metrics: [extreme], understood: { ...understood, ranking: null } });
    // "Who has been away longest" asks for a time, which no number of records is.
    const isLength =
      metric !== undefined && saysDuration(draft) && isCountOf(draft.catalogue, metric, draft.entity);
    // "Top 10 logins": what belongs to customers ranks them.
    const owner = draft.groupBy.length === 0 && metric && !isLength ? ownerOf(draft, ranking) : null;
    if (owner !== null) return metricPlan({ ...draft, groupBy: [{ dimension: owner }] });
    if (draft.groupBy.length === 0 || !metric || isLength)
      throw refuse('unclear', `“${understood.reading.tokens[ranking.at]?.text ?? ''}” of what?`);
    const categories = draft.groupBy.filter((group) => group.dimension !== metricTime);
    // "The best selling product each month": who leads altogether leads in one of the months.
    const isWithinEach =
      !ranking.isOrder && draft.groupBy.length > 1 && withinEach.test(understood.reading.text);
    if ((ranking.n !== null && categories.length > 1) || isWithinEach)
      throw refuse('unclear', 'a ranking within each group');
    const isByAge = ranking.direction === 'newest' || ranking.direction === 'oldest';
    if (isByAge)
      throw refuse(
        'unclear',
        `“${understood.reading.tokens[ranking.at]?.text ?? ''}” can only order records`,
      );
    orderBy.push({ by: metric.id, direction: directionOf(ranking.direction, metric) });
    limit = ranking.n ?? (ranking.isOrder ? limit : isSingular(draft) ? 1 : 10);
  }
  const { groupBy, time, compare, having, subject } = draft;
  const where = [...draft.where, ...withoutNone(draft)];
  return plainMetricPlan(
    draft.metrics.map((metric) => metric.id),
    {
      ...{ groupBy, time, compare, where, having, orderBy, limit, subject, chart: chartWord(draft) },
      ...(draft.related.length > 0 && { related: draft.related }),
    },
  );
}

const withinEach =
  /\b(?:each|every|per|for every|in every|within (?:a|each|every)) (?:single )?(?:day|week|month|quarter|year|region|segment|team|category|channel|industry|country|stage|priority)\b/i;

/** "Which campaign brought the most leads", "leads of each campaign": those of none are no campaign. */
function withoutNone({ catalogue, entity, groupBy, where, understood }: Draft): MetricPlan['where'] {
  const { ranking, reading } = understood;
  const isOfEach = reading.tokens.some(({ lower }) => /^(?:each|every|which)$/.test(lower));
  if (ranking === null && !isOfEach) return [];
  const said = new Set(where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  return groupBy.flatMap(({ dimension: id }): MetricPlan['where'] => {
    const dimension = catalogue.dimensions.get(id);
    const way = dimension && findWay(catalogue, entity, dimension);
    const [first] = way?.joins ?? [];
    const join = first === undefined ? undefined : catalogue.entities.get(entity)?.joins[first];
    const isNone =
      join?.isOptional === true && namingDimension(catalogue, join.entity) === id && !said.has(id);
    return isNone ? [{ any: [{ dimension: id, op: 'is_not_null', values: [] }] }] : [];
  });
}

/** "Open tickets at my five biggest accounts": the biggest by something else, which the figure does not tell. */
function refuseRankedPlace({ understood: { reading }, groupBy, metrics }: Draft, { at }: Ranking): void {
  const [word, ...behind] = reading.tokens.slice(at, at + 4).map((token) => token.lower);
  const isOfAccounts = behind.some((one) => /^(?:account|customer|client)s?$/.test(one));
  const before = reading.tokens
    .slice(0, at)
    .findLast(({ lower, kind }) => kind === 'word' && !isCounted.test(lower));
  if (!/^(?:biggest|largest|smallest)$/.test(word ?? '') || !isOfAccounts || groupBy.length === 0) return;
  if (!/^(?:at|of|for|from|in|with|across|by)$/.test(before?.lower ?? '')) return;
  if (reading.tokens.some(({ lower, index }) => lower === 'by' && index > at)) return;
  throw refuse(
    'unclear',
    `“${word ?? ''}” customers by which figure; ask for these first, and then for what they have`,
    metrics.map(({ id }) => id),
  );
}

const isCounted = /^(?:my|our|the|their|two|three|four|five|six|seven|eight|nine|ten|twenty)$/;

/** Name of the customers whose figure is ranked, where several are asked for and nothing says what is. */
function ownerOf(draft: Draft, { n, direction, at }: Ranking): string | null {
  const { catalogue, entity, metrics, used, understood } = draft;
  const rows = catalogue.entities.get(entity);
  const isOfAccount = rows?.id === 'account' || rows?.rowScope.ownerPath === 'account.owner_id';
  const isRanked = n !== null && n > 1 && direction !== 'newest' && direction !== 'oldest';
  const isRecord = metrics.some((metric) => isCountOf(catalogue, metric, entity));
  // Right behind the number stands the figure itself.
  const isNext = [...used].some(
    (span) => span.from > at && span.from - at <= 2 && meaningsOf(span, 'metric').length > 0,
  );
  return isOfAccount && isRanked && !isRecord && isNext && understood.names.length === 0
    ? namingDimension(catalogue, 'account')
    : null;
}

/** "Longest resolution time last week": of figures over rows that nothing splits, the largest of any row. */
function extremeOf(
  { catalogue, metrics, used, understood: { reading } }: Draft,
  { direction, n }: Ranking,
): MetricDefinition | null {
  const [metric, another] = metrics;
  // "The lowest CSAT scores" are several, each with what it belongs to.
  const areSeveral = [...used].some((span) => {
    const last = reading.tokens[span.to - 1];
    return (
      meaningsOf(span, 'metric').length > 0 &&
      last !== undefined &&
      /s$/.test(last.lower) &&
      last.lower !== last.word
    );
  });
  if (areSeveral) return null;
  if (metric?.type !== 'simple' || another || metric.measure.path === null || n !== null) return null;
  if (direction !== 'desc' && direction !== 'asc') return null;
  const aggregate = direction === 'desc' ? 'max' : 'min';
  if (metric.measure.aggregate === aggregate) return metric;
  return siblingsOf(catalogue, metric, aggregate)[0] ?? null;
}

export function directionOf(
  direction: 'desc' | 'asc' | 'best' | 'worst',
  metric: MetricDefinition,
): 'desc' | 'asc' {
  if (direction === 'desc' || direction === 'asc') return direction;
  const bestIsLow = metric.goodDirection === 'down';
  return (direction === 'best') === bestIsLow ? 'asc' : 'desc';
}

/** "which rep has the most" asks for one; "which reps" for several. */
function isSingular(draft: Draft): boolean {
  const { kind, reading } = draft.understood;
  if (/, all of them[?.!]*$/.test(reading.text)) return false;
  if (kind.isWho) return !arePeople(draft);
  // "Best quarter for revenue".
  const ranked = reading.tokens[(draft.understood.ranking?.at ?? -2) + 1];
  if (ranked !== undefined && /^(?:day|week|month|quarter|year)$/.test(ranked.word))
    return !/s$/.test(ranked.lower);
  if (kind.whichAt === null) return isTheOne(draft) || isRankedOne(draft);
  const noun = reading.tokens
    .slice(kind.whichAt + 1)
    .find((token) => token.kind === 'word' && !/^(?:of|my|our|the|are|is|one)$/.test(token.word));
  return noun !== undefined && noun.lower === noun.word && !/s$/.test(noun.lower);
}

/** "Who are our best reps": several, where "who is" and "who has" ask for one. */
const arePeople = ({ understood: { reading } }: Draft): boolean =>
  reading.tokens.some(
    ({ lower, index }) => /^(?:are|were)$/.test(lower) && reading.tokens[index - 1]?.word === 'who',
  );

/** "The rep with the most wins": one, as with "which rep". */
function isTheOne({ headGroup, used, understood: { ranking, reading } }: Draft): boolean {
  if (headGroup === null || ranking === null) return false;
  const head = [...used].toSorted((left, right) => left.from - right.from)[0];
  const [noun, behind] = [reading.tokens[(head?.to ?? 0) - 1], reading.tokens[head?.to ?? 0]];
  if (head === undefined || noun === undefined || head.to > ranking.at) return false;
  const isOne = noun.lower === noun.word && !/s$/.test(noun.lower) && noun.word !== 'people';
  return isOne && /^(?:with|that|who|which|has|had|having)$/.test(behind?.lower ?? '');
}

/** "Busiest hour for chats", "worst channel for CSAT": the noun behind the rank is a group, and one of them. */
function isRankedOne({ groupBy, understood: { ranking, reading, spans } }: Draft): boolean {
  if (ranking === null) return false;
  const at = ranking.at + (reading.tokens[ranking.at + 1]?.word === 'common' ? 2 : 1);
  const span = spans.find(({ from }) => from === at);
  const noun = reading.tokens[(span?.to ?? 0) - 1];
  if (span === undefined || noun === undefined || /s$/.test(noun.lower)) return false;
  const groups = groupBy.map(({ dimension }) => dimension);
  const isGroup = meaningsOf(span, 'dimension').some(({ id }) => groups.includes(id));
  return isGroup;
}

/** "As a table", "a chart of": a kind of chart is read before everything else. */
function chartWord({ understood: { reading, chart }, usedTokens }: Draft): MetricPlan['chart'] {
  const said = reading.tokens.filter(({ word }) => /^(?:chart|graph|plot|table)$/.test(word));
  for (const { index } of said) usedTokens.add(index);
  return chart ?? (said.some(({ word }) => word === 'table') ? 'table' : 'auto');
}

export function listPlan(draft: Draft): ListPlan {
  const { understood, catalogue } = draft;
  const entity = catalogue.entities.get(draft.entity);
  if (!entity) throw refuse('no_metric', draft.entity);
  const [metric] = draft.isImplied ? [] : draft.metrics;
  const counted = metric?.type === 'simple' ? metric : null;
  const timeDimension = counted?.timeDimension ?? draft.timeDimension;
  if (draft.time !== null && timeDimension === null && entity.defaultTime === null)
    throw refuse('no_field', `a date of ${entity.label.many}`);
  const { ranking } = understood;
  const orderBy = ranking ? [orderByNamed(draft, ranking) ?? orderOfList(draft, ranking.direction)] : [];
  const plan: ListPlan = {
    kind: 'list',
    entity: entity.id,
    columns: columnsOf(draft, entity.listColumns, orderBy),
    time: draft.time ?? untilNow(catalogue, understood.ranking, orderBy),
    where: [...(counted ? filtersOf(counted) : []), ...draft.where],
    ...(draft.related.length > 0 && { related: draft.related }),
    orderBy,
    limit: Math.min(25, ranking?.n ?? (asksForOne(draft) ? 1 : 10)),
    subject: draft.subject,
  };
  return draft.time !== null && timeDimension !== null && timeDimension !== entity.defaultTime
    ? { ...plan, timeDimension }
    : plan;
}

/** "My last 5 calls": what is only planned has not been yet. */
const untilNow = (
  catalogue: Catalogue,
  ranking: Ranking | null,
  [first]: ListPlan['orderBy'],
): ListPlan['time'] =>
  ranking?.direction === 'newest' && tells(catalogue, first?.by, scheduled) ? { kind: 'between' } : null;

/** "My biggest open deal", "which of my tickets is the oldest": one, where "the biggest deals" are several. */
function asksForOne({ catalogue, understood: { ranking, reading, kind, spans }, entity }: Draft): boolean {
  if (ranking === null || ranking.isOrder === true) return false;
  const { keyOf } = vocabularyOf(catalogue);
  const { tokens } = reading;
  const isNoun = ({ word }: Token): boolean => keyOf(word) === `@${entity}`;
  // "The deal with the earliest close date": one, told by the end of a property.
  const head = tokens.slice(0, ranking.at).findLast(({ word }) => keyOf(word).startsWith('@'));
  const isHeld = /^(?:with|having|has|had)$/.test(
    tokens.slice(0, ranking.at).findLast(({ word }) => word !== 'the')?.lower ?? '',
  );
  if (isHeld && head !== undefined) return head.lower === head.word && !/s$/.test(head.lower);
  const ranked = tokens.slice(ranking.at + 1, ranking.at + 5);
  const first = ranked.find(isNoun) ?? nounCounted(catalogue, spans, ranked);
  // "The latest survey responses": the last word of a name tells how many are meant.
  const name = spans.find(({ indexes }) => first !== undefined && indexes.includes(first.index));
  const behind = tokens[(first?.index ?? -2) + 1];
  const last = behind !== undefined && name?.indexes.includes(behind.index) ? behind : first;
  // "The largest deals won": what became of them has no number.
  if (first && last) return first.lower === first.word && !/s$/.test(first.lower) && !/s$/.test(last.lower);
  // "Which of my open deals is the oldest": nothing is ranked behind it.
  const before = tokens.slice(0, ranking.at).map(({ lower }) => lower);
  return kind.whichAt !== null && before.at(-1) === 'the' && /^(?:is|was)$/.test(before.at(-2) ?? '');
}

/** "The latest order", "the oldest meeting": records that are called by a figure of theirs, or by a value. */
function nounCounted(
  catalogue: Catalogue,
  spans: readonly Span[],
  tokens: readonly Token[],
): Token | undefined {
  const isOfFigure = (span: Span): boolean =>
    meaningsOf(span, 'metric').length > 0 ||
    meaningsOf(span, 'value').some(({ dimension }) => catalogue.dimensions.get(dimension)?.path === 'kind');
  return tokens.find(({ index }) => spans.some((span) => span.indexes[0] === index && isOfFigure(span)));
}

const mostColumns = 10;

/** None when the usual ones show everything that was asked for; the asked ones, and those that say it, always fit in. */
function columnsOf(draft: Draft, usual: readonly string[], orderBy: ListPlan['orderBy']): string[] {
  const lengths = [
    ...orderBy.map(({ by }) => by),
    ...draft.where.flatMap(({ any }) => any.map(({ dimension }) => dimension)),
  ];
  const { ranking } = draft.understood;
  const ages =
    ranking?.direction === 'newest' || ranking?.direction === 'oldest' ? orderBy.map(({ by }) => by) : [];
  const shown = [
    ...draft.columns,
    ...ages,
    ...lengths.filter((id) => draft.catalogue.dimensions.get(id)?.until !== undefined),
  ];
  const more = [...new Set(shown)].filter((column) => !usual.includes(column));
  return more.length === 0 ? [] : [...usual.slice(0, mostColumns - more.length), ...more];
}
