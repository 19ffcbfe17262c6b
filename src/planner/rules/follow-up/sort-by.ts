import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, namesOf, normalWords } from '../../../catalogue/lookup.ts';
import { entityById } from '../../../catalogue/paths.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import { canonical } from '../canonical.ts';

type Order = QueryPlan['orderBy'][number];

const downwards =
  /\b(?:desc(?:ending)?|highest|largest|biggest|longest|newest|latest|most recent|worst)\b(?: first)?/;
const upwards =
  /\b(?:asc(?:ending)?|lowest|smallest|shortest|oldest|earliest|alphabetical(?:ly)?)\b(?: first)?/;
const turned = /^(?:(?:the )?other way (?:a?round)|reversed?(?: (?:it|order|the order))?)$/;

/** "Priority, then age": one after the other; null when one of them is nothing that the plan has. */
export function sortByAll(catalogue: Catalogue, plan: QueryPlan, words: string): readonly Order[] | null {
  const whole = sortBy(catalogue, plan, words);
  if (whole) return [whole];
  const parts = words.split(/,? (?:and )?then (?:by )?|, (?:and )?| and /i).slice(0, 3);
  const orders = parts.map((part) => sortBy(catalogue, plan, part));
  const known = orders.filter((one) => one !== null);
  return parts.length > 1 && known.length === parts.length ? known : null;
}

/**
 * The order that words such as "age", "amount descending", "oldest first" ask of a plan.
 *
 * @returns null when the plan has nothing of that name
 */
function sortBy(catalogue: Catalogue, plan: QueryPlan, words: string): Order | null {
  const text = normalWords(words).replace(/^(?:by|the) /, '');
  const current = plan.orderBy[0] ?? standardOrder(catalogue, plan);
  if (turned.test(text))
    return current && { ...current, direction: current.direction === 'asc' ? 'desc' : 'asc' };
  const isUp = upwards.test(text);
  const isDown = downwards.test(text);
  const named = text
    .replace(downwards, '')
    .replace(upwards, '')
    .replace(/\b(?:to|from|in|order|first|ones|values|value)\b/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .split(' ')
    .map(canonical)
    .join(' ');
  const direction = isUp ? 'asc' : 'desc';
  if (
    /\b(?:oldest|earliest|newest|latest|most recent)\b/.test(text) ||
    /^(?:age|date|time|recency)$/.test(named)
  ) {
    const by = timeOf(catalogue, plan);
    // The oldest have the greatest age.
    if (by !== null)
      return { by, direction: named === 'age' ? (isUp ? 'desc' : 'asc') : isUp ? 'asc' : 'desc' };
  }
  if (/^alphabetical/.test(text)) return byName(catalogue, plan);
  if (named === '') {
    if (plan.kind === 'metric' || isPlainOrder.test(text)) return current && { ...current, direction };
    const by = isOfSize.test(text) ? amountOf(catalogue, plan) : null;
    return by === null ? null : { by, direction };
  }
  const by = columnNamed(catalogue, plan, named);
  if (by === null) return null;
  const isText = ['text', 'boolean'].includes(catalogue.dimensions.get(by)?.type ?? 'number');
  const isFirst = (isText || liesAhead.test(by)) && !isDown;
  return { by, direction: isFirst ? 'asc' : direction };
}

/** Dates that are waited for: the next one comes first. */
const liesAhead = /^(?:close_date|renews_on|.*_due_at|.*_due_on|.*expires_on|campaign_starts_on)$/;

const isPlainOrder = /^(?:asc|desc)(?:ending)?$/;
const isOfSize = /\b(?:highest|largest|biggest|lowest|smallest)\b/;

/** The one number that a list shows of its records. */
function amountOf(catalogue: Catalogue, plan: Extract<QueryPlan, { kind: 'list' }>): string | null {
  const shown =
    plan.columns.length > 0 ? plan.columns : (entityById(catalogue, plan.entity)?.listColumns ?? []);
  const [only, another] = shown.filter((id) => catalogue.dimensions.get(id)?.type === 'number');
  return only !== undefined && another === undefined ? only : null;
}

function byName(catalogue: Catalogue, plan: QueryPlan): Order | null {
  if (plan.kind === 'metric') {
    const group = plan.groupBy.find(({ grain, dimension }) => grain === undefined && dimension !== 'time');
    return group ? { by: group.dimension, direction: 'asc' } : null;
  }
  const title = entityById(catalogue, plan.entity)?.titleColumn;
  const named = dimensionsOf(catalogue, plan.entity).find(
    ({ entity, path }) => entity === plan.entity && path === title,
  );
  return named ? { by: named.id, direction: 'asc' } : null;
}

function standardOrder(catalogue: Catalogue, plan: QueryPlan): Order | null {
  if (plan.kind === 'metric')
    return plan.metrics[0] === undefined ? null : { by: plan.metrics[0], direction: 'desc' };
  const by = timeOf(catalogue, plan);
  return by === null ? null : { by, direction: 'desc' };
}

function timeOf(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list')
    return plan.timeDimension ?? entityById(catalogue, plan.entity)?.defaultTime ?? null;
  return (
    plan.groupBy.find(({ dimension, grain }) => grain !== undefined || dimension === 'time')?.dimension ??
    null
  );
}

function columnNamed(catalogue: Catalogue, plan: QueryPlan, named: string): string | null {
  const singular = named.replace(/s$/, '');
  const isNamed = (names: readonly string[]) => names.includes(named) || names.includes(singular);
  if (/^names?$/.test(named)) {
    const order = byName(catalogue, plan);
    if (order) return order.by;
  }
  if (plan.kind === 'list') {
    const all = dimensionsOf(catalogue, plan.entity);
    const exact = all.find((one) => isNamed(namesOf(one)))?.id;
    if (exact !== undefined) return exact;
    const shown =
      plan.columns.length > 0 ? plan.columns : (entityById(catalogue, plan.entity)?.listColumns ?? []);
    // "By ARR" of customers: the column that they are shown with, by a word of its name.
    const [only, another] = all.filter(
      (one) => shown.includes(one.id) && namesOf(one).some((name) => name.split(' ').includes(named)),
    );
    return only && !another ? only.id : null;
  }
  for (const { dimension } of plan.groupBy) {
    const known = catalogue.dimensions.get(dimension);
    if (dimension === 'time' && /^(?:time|date|day|week|month|quarter|year)$/.test(named)) return dimension;
    if (known && isNamed(namesOf(known))) return dimension;
  }
  for (const id of plan.metrics) {
    const metric = catalogue.metrics.get(id);
    const ends = metric ? namesOf(metric) : [];
    const isPart = ends.some((name) => name.split(' ').includes(named) || name.split(' ').includes(singular));
    if (isNamed(ends) || isPart || /^(?:value|count|number|amount|figure|result|total)$/.test(singular))
      return id;
  }
  return null;
}
