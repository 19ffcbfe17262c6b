import type { Catalogue } from '../catalogue/catalogue.ts';
import { entityOf } from '../catalogue/lookup.ts';
import { nameDimensions } from '../planner/rules/compose/name-filters.ts';
import type { Filter, PlanOption, QueryPlan } from '../query/metric-query.ts';
import { mapFilters } from '../query/plan-conditions.ts';
import type { Issue } from '../toolkit/issue.ts';

/** Where in a plan an issue about a value points. */
interface ValuePlace {
  /** Whose conditions: of the rows, of their part, or of other records. */
  readonly inside: string;
  readonly group: number;
  readonly filter: number;
  readonly value: number;
}

function placeOf(issue: Issue): ValuePlace | null {
  const match = /^((?:part\.)?(?:related\[\d+\]\.)?)where\[(\d+)\]\.any\[(\d+)\]\.values\[(\d+)\]/.exec(
    issue.path,
  );
  return (
    match && {
      inside: match[1] ?? '',
      group: Number(match[2]),
      filter: Number(match[3]),
      value: Number(match[4]),
    }
  );
}

function filterAt(plan: QueryPlan, place: ValuePlace): Filter | undefined {
  return whereAt(plan, place)?.[place.group]?.any[place.filter];
}

/** The word that an issue is about. */
export function valueAt(plan: QueryPlan, issue: Issue): string {
  const place = placeOf(issue);
  return place === null ? '' : String(filterAt(plan, place)?.values[place.value] ?? '');
}

function withFilter(plan: QueryPlan, place: ValuePlace, filter: Filter): QueryPlan {
  const old = filterAt(plan, place);
  return mapFilters(plan, (one) => (one === old ? filter : one));
}

function whereAt(plan: QueryPlan, { inside }: ValuePlace): QueryPlan['where'] | undefined {
  const part = plan.kind === 'metric' && inside.startsWith('part.') ? plan.part : undefined;
  const index = /related\[(\d+)\]/.exec(inside)?.[1];
  const holder = inside.startsWith('part.') ? part : plan;
  return index === undefined ? holder?.where : holder?.related?.[Number(index)]?.where;
}

/** The same plan for each value that would have fitted, as complete plans for buttons. */
export function plansWithSuggestions(
  plan: QueryPlan,
  issue: Issue,
): readonly (PlanOption & { readonly filter: Filter })[] {
  const place = placeOf(issue);
  const filter = place && filterAt(plan, place);
  if (!place || !filter) return [];
  const typed = String(filter.values[place.value] ?? '');
  const isMany = issue.code === 'ambiguous-value';
  const near = (issue.suggestions ?? []).filter((suggestion) => isMany || looksAlike(typed, suggestion));
  return near.slice(0, 4).map((suggestion) => {
    const exact = {
      ...filter,
      values: filter.values.map((value, index) => (index === place.value ? suggestion : value)),
    };
    return { label: suggestion.slice(0, 70), plan: withFilter(plan, place, exact), filter: exact };
  });
}

/** A value that shares no beginning and few letters with what was typed is no help. */
function looksAlike(typed: string, suggestion: string): boolean {
  const pairs = (text: string): readonly string[] => {
    const plain = text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '');
    return Array.from({ length: Math.max(0, plain.length - 1) }, (_, index) => plain.slice(index, index + 2));
  };
  const known = new Set(pairs(suggestion));
  const asked = pairs(typed);
  const shared = asked.filter((pair) => known.has(pair)).length;
  return asked.length > 0 && (2 * shared) / (asked.length + known.size) >= 0.4;
}

/**
 * "Tickets about failover": a word in lower case that names nobody may stand in the headline of the records. The same plan
 * with that; null where a name was written as names are, or records have no headline.
 */
export function planWithHeadline(
  catalogue: Catalogue,
  plan: QueryPlan,
  issue: Issue,
): { readonly label: string; readonly word: string; readonly plan: QueryPlan } | null {
  const place = placeOf(issue);
  const filter = place && filterAt(plan, place);
  if (place?.inside !== '' || filter?.op !== 'eq' || filter.values.length !== 1) return null;
  const word = String(filter.values[0]);
  if (!/^\p{Ll}[\p{Ll}\d _-]{3,}$/u.test(word)) return null;
  const [metric] = plan.kind === 'metric' ? plan.metrics : [];
  const counted = metric === undefined ? undefined : catalogue.metrics.get(metric);
  const entity =
    plan.kind === 'list' ? catalogue.entities.get(plan.entity) : counted && entityOf(catalogue, counted);
  const headline = [...catalogue.dimensions.values()].find(
    (one) =>
      one.entity === entity?.id &&
      one.path === entity.titleColumn &&
      /^(?:subject|title)$/.test(one.path) &&
      one.filterable,
  );
  if (!headline || headline.groupable) return null;
  const contains: Filter = { dimension: headline.id, op: 'contains', values: [word] };
  return { label: headline.label.toLowerCase(), word, plan: withFilter(plan, place, contains) };
}

/**
 * "Open deals with Nordkap": a deal has no partner of its own, but partners have parts in deals. The same plan for the rows
 * in which whoever is called so has one; null where no records tie the two.
 *
 * @param dimension what the name is
 */
export function planWithTiedName(
  catalogue: Catalogue,
  plan: QueryPlan,
  issue: Issue,
  dimension: string,
): QueryPlan | null {
  const place = placeOf(issue);
  const filter = place && filterAt(plan, place);
  const group = place && plan.where[place.group];
  if (place?.inside !== '' || filter?.op !== 'eq' || group?.any.length !== 1) return null;
  const rows = entityOfPlan(catalogue, plan);
  const named = catalogue.dimensions.get(dimension)?.entity;
  // The records themselves, which are described before what is computed of them.
  const tie = [...catalogue.entities.values()].find(
    ({ parent, joins }) =>
      named !== undefined &&
      joins[parent ?? '']?.entity === named &&
      Object.values(joins).some(({ entity }) => entity === rows),
  );
  if (tie === undefined) return null;
  // "Partner Nordkap": the kind of name beside it is no value of anything else.
  const kind = catalogue.dimensions.get(dimension)?.label.toLowerCase();
  const saysKind = ({ any }: QueryPlan['where'][number]): boolean =>
    any.every(({ values }) => values.length === 1 && String(values[0]).toLowerCase() === kind);
  const where = [{ any: [{ ...filter, dimension }] }];
  return {
    ...plan,
    where: plan.where.filter((one) => one !== group && !saysKind(one)),
    related: [
      ...(plan.related ?? []),
      { entity: tie.id, has: 'some', atLeast: 1, where, time: null, subject: 'none' },
    ],
  };
}

const mostAlternatives = 12;

/** A name that is no customer may be a product, a person or a team: the same plan with each of those. */
export function plansWithOtherDimensions(
  catalogue: Catalogue,
  plan: QueryPlan,
  issue: Issue,
  isFollowUp = false,
): readonly { readonly dimension: string; readonly value: string; readonly plan: QueryPlan }[] {
  const place = placeOf(issue);
  const filter = place && filterAt(plan, place);
  const entity = place && entityAt(catalogue, plan, place);
  if (!place || !filter || entity === null) return [];
  const current = catalogue.dimensions.get(filter.dimension);
  if (current?.type !== 'text' || current.values.length > 0) return [];
  return nameDimensions({ catalogue, entity })
    .filter((dimension) => dimension !== filter.dimension)
    .slice(0, mostAlternatives)
    .map((dimension) => ({
      dimension,
      value: String(filter.values[place.value] ?? ''),
      plan: regrouped(
        inPlaceOf(withFilter(plan, place, { ...filter, dimension }), place, dimension, isFollowUp),
        filter.dimension,
        dimension,
      ),
    }));
}

/** What a follow-up says of a property takes the place of what was said of it before. */
function inPlaceOf(plan: QueryPlan, place: ValuePlace, dimension: string, isFollowUp: boolean): QueryPlan {
  if (!isFollowUp || place.inside !== '') return plan;
  const isReplaced = ({ any }: QueryPlan['where'][number], index: number): boolean =>
    index < place.group && any.every((filter) => filter.dimension === dimension && filter.op === 'eq');
  return { ...plan, where: plan.where.filter((group, index) => !isReplaced(group, index)) };
}

/** "GTX Basic vs MG Special" is grouped by what the names turned out to be. */
function regrouped(plan: QueryPlan, from: string, to: string): QueryPlan {
  if (plan.kind === 'list') return plan;
  return {
    ...plan,
    groupBy: plan.groupBy.map((group) => (group.dimension === from ? { ...group, dimension: to } : group)),
  };
}

/** Whose rows the condition is about. */
function entityAt(catalogue: Catalogue, plan: QueryPlan, { inside }: ValuePlace): string | null {
  const index = /related\[(\d+)\]/.exec(inside)?.[1];
  if (index === undefined) return entityOfPlan(catalogue, plan);
  const part = plan.kind === 'metric' && inside.startsWith('part.') ? plan.part : plan;
  return part?.related?.[Number(index)]?.entity ?? null;
}

/** Entity whose rows a plan counts or lists. */
export function entityOfPlan(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list') return plan.entity;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  return metric ? (entityOf(catalogue, metric)?.id ?? null) : null;
}
