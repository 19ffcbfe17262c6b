import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import type { Filter, ListPlan, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion, PlanRequest } from '../../planner.ts';
import { periodCondition } from '../period-condition.ts';
import { newReading } from '../reading.ts';
import { civilDateIn } from '../time/civil-date.ts';
import { findTimeMentions } from '../time/read-time.ts';
import { type Token, tokenise } from '../token.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

/** "Tickets opened in October and solved in November": what both are said of, and what is said of each. */
interface Cut {
  readonly opening: string;
  readonly rows: string;
  readonly first: string;
  readonly second: string;
  /** What is wished of the answer: "with resolution time", "by rep". */
  readonly tail: string;
}

const wish = /^(?:,|with|by|per|including|sorted|ordered|and)$/i;

const deed =
  /^(?:opened|created|raised|logged|submitted|filed|received|reported|started|starting|began|resolved|solved|fixed|closed|closing|closes?|completed|finished|won|lost|signed|converted|cancelled|canceled|sent|placed|booked|due|renewing|renews?|expiring|expires?|ending|ends?|registered|churned|joined)$/i;
/** Words of the verb that stand before what happened. */
const helping =
  /^(?:were|was|are|is|be|been|being|have|has|had|got|get|that|which|who|then|also|only|already|but|and|to|will|did|yet|later|afterwards)$/i;
const opening =
  /^(?:(?:please|pls|so) )*(?:(?:show|list|give|tell|find|name)(?: me| us)? )?(?<ask>(?:how many|number of|count(?: of)?) )?(?:(?:which|what|all|any|of|the|those) )*/i;

/**
 * Records by two dates of theirs, each in a period of its own: the one is the time of the plan, the other a condition.
 * Both are understood as questions of their own.
 */
export function planTwoDates(
  { question, catalogue, now, zone, fiscalStartMonth }: PlanRequest,
  planWords: PlanWords,
): Planned | null {
  const cut = cutOf(question, now, zone);
  if (cut === null) return null;
  const moment = { now, zone, fiscalStartMonth };
  for (const said of secondTexts(cut)) {
    const other = planWords(`list ${said}`);
    const dated = other?.plan.kind === 'list' ? dateOf(catalogue, other.plan) : null;
    if (other?.plan.kind !== 'list' || dated === null) continue;
    const main = planWords(
      `${cut.opening === '' ? 'list ' : 'how many '}${cut.rows} ${cut.first}${cut.tail}`,
    );
    const plan = main?.plan;
    if (!main || !plan || (plan.kind !== 'list' && plan.kind !== 'metric')) return null;
    const date = ownDate(catalogue, plan);
    const period = other.plan.time && periodCondition(dated, other.plan.time, moment);
    if (date === null || date.entity !== other.plan.entity || date.id === dated || !period) continue;
    return joined(plan, other.plan, period, [main, other]);
  }
  return null;
}

/** Conditions that only the second one knows ("solved") belong to its date; what both say is said once. */
function joined(
  plan: ListPlan | MetricPlan,
  other: ListPlan,
  period: Filter,
  from: readonly PlannedQuestion[],
): Planned {
  const said = new Set(plan.where.map((group) => JSON.stringify(group)));
  const isDated = ({ any }: ListPlan['where'][number]): boolean =>
    any.every(({ dimension, op }) => dimension === period.dimension && op === 'is_not_null');
  const own = other.where.filter((group) => !said.has(JSON.stringify(group)) && !isDated(group));
  return { plan: { ...plan, where: [...plan.where, ...own, { any: [period] }] }, from };
}

function dateOf(
  catalogue: Catalogue,
  { entity, time, timeDimension, orderBy, related }: ListPlan,
): string | null {
  if (time === null || time.kind === 'all' || orderBy.length > 0 || related) return null;
  return timeDimension ?? catalogue.entities.get(entity)?.defaultTime ?? null;
}

/** The date by which the rows of the whole go. */
function ownDate(
  catalogue: Catalogue,
  plan: ListPlan | MetricPlan,
): { readonly entity: string; readonly id: string } | null {
  if (plan.kind === 'list') {
    const id = dateOf(catalogue, plan);
    return id === null ? null : { entity: plan.entity, id };
  }
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  if (metric?.type !== 'simple' || plan.metrics.length > 1 || plan.time === null || plan.compare !== 'none')
    return null;
  const rows = entityOf(catalogue, metric);
  return rows && metric.timeDimension !== null ? { entity: rows.id, id: metric.timeDimension } : null;
}

function cutOf(question: string, now: Date, zone: string): Cut | null {
  const text = question.replace(/[?!.\s]+$/, '');
  const open = opening.exec(text);
  const said = text.slice(open?.[0].length ?? 0);
  const tokens = tokenise(said);
  const mentions = findTimeMentions(newReading(said, tokens), civilDateIn(zone, now));
  const [one, two, more] = mentions;
  if (!one || !two || more) return null;
  const behind = tokens[two.to];
  if (behind !== undefined && behind.kind !== 'comma' && !wish.test(behind.lower)) return null;
  const at = tokens.findIndex(({ lower }) => deed.test(lower));
  if (at < 1 || at >= one.from || !isOnlyBetween(tokens, at, one.from)) return null;
  const goes = tokens.findIndex(
    ({ lower, index }) => index >= one.to && !helping.test(lower) && lower !== ',',
  );
  const isDeed = deed.test(tokens[goes]?.lower ?? '');
  if (!isDeed || goes === one.to || !isOnlyBetween(tokens, goes, two.from)) return null;
  const slice = (from: number, to: number): string => said.slice(tokens[from]?.start, tokens[to - 1]?.end);
  let rows = at;
  while (rows > 1 && helping.test(tokens[rows - 1]?.lower ?? '')) rows -= 1;
  return {
    opening: open?.groups?.['ask'] ?? '',
    rows: slice(0, rows),
    first: slice(at, one.to),
    second: slice(goes, two.to),
    tail: behind === undefined ? '' : ` ${said.slice(behind.start)}`,
  };
}

/** Between what happened and when, nothing but "in" or "by". */
const isOnlyBetween = (tokens: readonly Token[], deedAt: number, timeAt: number): boolean =>
  tokens
    .slice(deedAt + 1, timeAt)
    .every(({ lower }) => /^(?:in|on|during|within|over|at|for|to|close|win|up)$/.test(lower));

/** "Close this month" of deals is "closing this month". */
function secondTexts({ rows, second }: Cut): readonly string[] {
  const [verb = '', ...rest] = second.split(' ');
  const stem = verb.replace(/(?:es|s|e)$/i, '');
  const going = /^(?:close|renew|expire|end)s?$/i.test(verb) ? [`${rows} ${stem}ing ${rest.join(' ')}`] : [];
  return [...going, `${rows} ${second}`];
}
