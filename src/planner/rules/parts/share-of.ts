import type { Catalogue, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { linkBetween } from '../../../catalogue/link.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { MetricPlan, QueryPlan, Related } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { filtersOf } from '../compose/draft.ts';
import { newReading } from '../reading.ts';
import { readTimeSlot } from '../slots/time-slot.ts';
import { civilDateIn } from '../time/civil-date.ts';
import { secondsPer } from '../time/seconds-per.ts';
import { type Token, tidy, tokenise } from '../token.ts';
import { readShare } from './share-words.ts';
import type { PlanWords } from './with-related.ts';

/** Where the whole may end and what makes the part may begin. */
const seam =
  /^(?:is|are|was|were|be|been|that|which|who|whose|where|came|come|comes|had|has|have|having|in|with|without|via|from|by|did|do|does|got|get|gets|went|go|goes|not|for|on|at|still|already|over|under|above|below|than|through|using|of|about|concern|concerns|concerning|regarding|relate|related|opened|closed|solved|lost|won|handled|escalated|reopened|breached|replied|answered|converted|delivered|paid|sourced|influenced|within|inside|more|less|sit|sits|fall|falls|lie|stand|belong|end|ended|land|lands|turned|the|auto|never|rated|read|failed)$/;

const clause = /^(?:is|are|was|were|that|which|who|whose|had|has|have|got)$/;

/** Verbs that only say that the part lies there: "sits in negotiation" is to be in it, "comes from EMEA" to be of it. */
const carriers: readonly (readonly [RegExp, string])[] = [
  [
    / (?:is |are |was |were )?(?:sits?|sitting|falls?|lies?|stands?|belongs? to|ends? up|ended up|lands?|landed)(?= )/i,
    ' ',
  ],
  [
    / (?:(?:is|are|was|were) )?(?:comes?|came|coming|originates?|stems?|taken?|driven|made) (?=(?:up )?(?:from|of|by|in|via|through)\b)/i,
    ' ',
  ],
  [
    / (?:turned|turns|went|goes|made it|ended up) (?:in|on)?to (?:a |an )?(?:real )?(?:customers?|deals?|opportunit(?:y|ies))\b/i,
    ' converted',
  ],
  [/ (?:is|are|was|were) (?=\S)/i, ' of '],
  [
    /^(?<whole>\S.*?) (?:do|does|did) (?<part>\S.*?) (?:have|hold|pay|make up|account for|bring in|bring|contribute|represent|generate)(?= |$)/i,
    '$<whole> of $<part>',
  ],
];

/** The words themselves, and without each verb that carries the part. */
const wordings = (text: string): readonly string[] => [
  ...new Set([...carriers.map(([verb, put]) => text.replace(verb, put)), text]),
];

interface Asked {
  readonly question: string;
  readonly catalogue: Catalogue;
  readonly now: Date;
  readonly zone: string;
}

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

/**
 * "What share of my tickets came in via chat this quarter": the question is understood twice, once whole and once up to
 * where the part begins; what the one has on top of the other makes the part. Where the catalogue has a rate of the very
 * two figures, that rate answers.
 */
export function planShare({ question, catalogue, now, zone }: Asked, planWords: PlanWords): Planned | null {
  const said = readShare(tidy(question).replace(/[?!.]+$/, ''));
  if (said === null) return null;
  const { text: rest } = said;
  const tokens = tokenise(rest);
  const time = timeWords(rest, tokens, now, zone);
  const timed = (words: string): string =>
    time === '' || words.toLowerCase().includes(time.toLowerCase()) ? words : `${words} ${time}`;
  for (const lead of ['how many ', '']) {
    const [told] = wordings(rest).flatMap((words) => onlyFigure(planWords(`${lead}${words}`)) ?? []);
    const narrow = told && { ...told, plan: ofAllTold(told.plan) };
    if (!narrow) continue;
    for (const words of said.whole === null ? wholesOf(rest, tokens) : [said.whole]) {
      const wide = onlyFigure(planWords(`${lead}${timed(words)}`));
      const plan = wide && partOf(catalogue, wide.plan, narrow.plan);
      if (wide && plan) return { plan, from: [narrow.from, wide.from] };
    }
  }
  return null;
}

const mostAdjectives = 3;

/**
 * Words that may name the whole, the widest first: up to where the part begins ("tickets | that are urgent"), or behind
 * what is said before the noun ("urgent | tickets").
 */
function wholesOf(rest: string, tokens: readonly Token[]): readonly string[] {
  const upTo = tokens.flatMap(({ index, lower, start }) =>
    index === 0 || !seam.test(lower) || isOfWhole(tokens, index) ? [] : [rest.slice(0, start).trim()],
  );
  // "Deals in EMEA was won": what stands behind a seam is the part, and no noun of the whole.
  const first = tokens.findIndex(({ index, lower }) => index > 0 && seam.test(lower));
  // "Open tickets that were answered": the clause is the part, and "open" is not.
  const hasClause = tokens.some(({ index, lower }) => index > 0 && clause.test(lower));
  if (hasClause) return upTo;
  const adjectives = tokens.slice(1, first === -1 ? tokens.length : first).slice(0, mostAdjectives);
  const behind = adjectives.map(({ start }) => rest.slice(start));
  return [...upTo, ...behind];
}

/** "Messages delivered that are from EMEA": what was done to the whole, where the part is told behind it. */
function isOfWhole(tokens: readonly Token[], index: number): boolean {
  const [before, own] = [tokens[index - 1]?.lower ?? '', tokens[index]?.lower ?? ''];
  if (!/(?:ed|won|lost|sent|paid|sold)$/.test(own) || !/s$/.test(before)) return false;
  return tokens.some(
    (token) =>
      token.index > index && /^(?:is|are|was|were|that|which|who|whose|with|where)$/.test(token.lower),
  );
}

/** The words that say when, wherever they stand: they hold for part and whole. */
export function timeWords(text: string, tokens: readonly Token[], now: Date, zone: string): string {
  const reading = newReading(text, tokens);
  const { range } = readTimeSlot(reading, civilDateIn(zone, now));
  // An age makes the part.
  if (range?.kind === 'older') return '';
  const taken = tokens.filter(({ index }) => !reading.isFree(index));
  const [first] = taken;
  const last = taken.at(-1);
  if (!first || !last || last.index - first.index >= taken.length) return '';
  const before = tokens[first.index - 1];
  const from = before && /^(?:in|on|since|during|over|for|within|from)$/.test(before.lower) ? before : first;
  return text.slice(from.start, last.end);
}

/** One figure, and nothing made of it. */
export function onlyFigure(
  planned: PlannedQuestion | null,
): { readonly plan: MetricPlan; readonly from: PlannedQuestion } | null {
  const plan = planned?.plan;
  if (!planned || plan?.kind !== 'metric' || plan.metrics.length !== 1) return null;
  const isPlain =
    plan.compare === 'none' && plan.transform === 'none' && plan.having.length === 0 && !plan.part;
  return isPlain ? { plan, from: planned } : null;
}

/** "Of EMEA and Americas": their share is that of both together, though each of them is told alone. */
const ofAllTold = (plan: MetricPlan): MetricPlan => {
  const told = plan.where.flatMap(({ any }) => (any[0]?.op === 'in' ? [any[0].dimension] : []));
  return { ...plan, groupBy: plan.groupBy.filter(({ dimension }) => !told.includes(dimension)) };
};

/** "Older than 14 days" beside what is so now: how long it has gone on, where the rows keep that. */
function withAge(catalogue: Catalogue, wide: MetricPlan, narrow: MetricPlan): MetricPlan {
  const { time } = narrow;
  const metric = catalogue.metrics.get(narrow.metrics[0] ?? '');
  if (wide.time !== null || time?.kind !== 'older' || metric?.type !== 'simple') return narrow;
  const begins = catalogue.dimensions.get(metric.timeDimension ?? '');
  const age = dimensionsOf(catalogue, metric.entity).find(
    (one) => one.entity === metric.entity && one.isOngoing === true && one.path === begins?.path,
  );
  if (age === undefined) return narrow;
  const longer = { dimension: age.id, op: 'gt' as const, values: [time.n * secondsPer[time.unit]] };
  return { ...narrow, time: null, where: [...narrow.where, { any: [longer] }] };
}

/** What the narrow plan asks for beyond the wide one; null when it is not a part of it. */
export function partOf(catalogue: Catalogue, wide: MetricPlan, asked: MetricPlan): MetricPlan | null {
  const narrow = withAge(catalogue, wide, asked);
  const whole = catalogue.metrics.get(wide.metrics[0] ?? '');
  const inside = catalogue.metrics.get(narrow.metrics[0] ?? '');
  if (whole?.type !== 'simple' || inside?.type !== 'simple' || !addsUp(whole)) return null;
  if (wide.subject !== narrow.subject) return null;
  if (whole.entity !== inside.entity) return partWith(catalogue, wide, whole, narrow, inside);
  if (JSON.stringify(wide.time) !== JSON.stringify(narrow.time)) return null;
  const wideKeys = new Set([...filtersOf(whole), ...wide.where].map((group) => JSON.stringify(group)));
  const narrowGroups = [...filtersOf(inside), ...narrow.where];
  const narrowKeys = new Set(narrowGroups.map((group) => JSON.stringify(group)));
  if (![...wideKeys].every((key) => narrowKeys.has(key))) return null;
  const more = narrowGroups.filter((group) => !wideKeys.has(JSON.stringify(group)));
  const related = narrow.related?.filter(
    (one) => !wide.related?.some((other) => JSON.stringify(one) === JSON.stringify(other)),
  );
  const hasRelated = related !== undefined && related.length > 0;
  if (more.length === 0 && !hasRelated) return null;
  const rate = rateOf(catalogue, whole, inside);
  const isAsked =
    more.length === inside.filters.length && !hasRelated && narrow.where.length === wide.where.length;
  if (rate !== null && isAsked) return { ...wide, metrics: [rate], groupBy: narrow.groupBy };
  // "What share of tickets is open": of those that came in then, whatever they are in by now. What is there now has no
  // time of its own.
  const isByNow = inside.timeDimension === null || whole.timeDimension === null;
  const isSameCount =
    whole.entity === inside.entity &&
    (whole.timeDimension === inside.timeDimension || isByNow || narrow !== asked) &&
    JSON.stringify(whole.measure) === JSON.stringify(inside.measure);
  if (!isSameCount) return null;
  return {
    ...wide,
    groupBy: narrow.groupBy,
    part: { where: more, ...(hasRelated && { related }) },
  };
}

/** "Customers that are healthy", "customers with an open ticket": the part is told by other records of the rows. */
function partWith(
  catalogue: Catalogue,
  wide: MetricPlan,
  whole: SimpleMetric,
  narrow: MetricPlan,
  inside: SimpleMetric,
): MetricPlan | null {
  const isOfRows = linkBetween(catalogue, whole.entity, inside.entity)?.shared.id === whole.entity;
  const [rows, where] = byRows(catalogue, whole.entity, [...filtersOf(inside), ...narrow.where]);
  const isPlain = narrow.groupBy.length === 0 && narrow.related === undefined && where.length <= 6;
  // "Of the tickets this quarter": when they came in is said once, and of the whole.
  const isOfDated = whole.timeDimension !== null;
  if (!isOfRows || !isPlain || inside.measure.aggregate === 'sum') return null;
  if (isOfDated && (inside.filters.length === 0 || JSON.stringify(wide.time) !== JSON.stringify(narrow.time)))
    return null;
  if (where.length === 0 && narrow.time === null) return null;
  // Of states by day every row of the whole has its newest one: those that have none are no part of the whole either.
  const entity = catalogue.entities.get(inside.entity);
  if (!isOfDated && entity?.snapshot && narrow.where.length > 0 && wide.where.every(isOfPresent))
    return { ...wide, metrics: [inside.id], time: narrow.time, part: { where: narrow.where } };
  const time = isOfDated ? null : narrow.time;
  const isOwnTime = inside.timeDimension !== null && inside.timeDimension !== entity?.defaultTime;
  const records: Related = {
    entity: inside.entity,
    has: 'some',
    atLeast: 1,
    where,
    time,
    ...(isOwnTime && !isOfDated && { timeDimension: inside.timeDimension }),
    subject: 'none',
  };
  const { time: _, ...rest } = wide;
  const known = new Set(wide.where.map((group) => JSON.stringify(group)));
  const own = rows.filter((group) => !known.has(JSON.stringify(group)));
  return { ...rest, time: isOfDated ? wide.time : null, part: { where: own, related: [records] } };
}

/** Only that they are customers now, which those with a state of today are. */
const isOfPresent = ({ any }: MetricPlan['where'][number]): boolean =>
  any.every(({ dimension, op }) => dimension === 'lifecycle_stage' && op === 'not_in');

/** Conditions on the rows of the whole, and those on the other records that tell the part. */
function byRows(
  catalogue: Catalogue,
  entity: string,
  groups: MetricPlan['where'],
): readonly [MetricPlan['where'], MetricPlan['where']] {
  const isOwn = ({ any }: MetricPlan['where'][number]): boolean =>
    any.every(({ dimension }) => catalogue.dimensions.get(dimension)?.entity === entity);
  return [groups.filter(isOwn), groups.filter((group) => !isOwn(group))];
}

const addsUp = ({ measure }: SimpleMetric): boolean => /^(?:count|sum)/.test(measure.aggregate);

function rateOf(catalogue: Catalogue, whole: SimpleMetric, inside: SimpleMetric): string | null {
  for (const metric of catalogue.metrics.values())
    if (metric.type === 'ratio' && metric.numerator === inside.id && metric.denominator === whole.id)
      return metric.id;
  return null;
}
