import type { Asker } from '../../access/asker.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { metricTime } from '../../catalogue/catalogue.ts';
import { filterCatalogue } from '../../catalogue/filter-catalogue.ts';
import { dimensionsOf, simpleParts } from '../../catalogue/lookup.ts';
import { findWay } from '../../catalogue/paths.ts';
import type { Form, FormField } from '../../messages/form.ts';
import { shorten } from '../../messages/format.ts';
import type { QueryPlan, TimeRange } from '../../query/metric-query.ts';
import type { Spread } from '../../query/spread.ts';
import { drillDimensions } from './drill-dimensions.ts';

/** Name of the form that changes period, filters and grouping of an answer. */
export const filterForm = 'filter-answer';

/** How many filters the form has room for. */
export const filterPlaces = [1, 2] as const;

/** Stands for "as it is" and "none" in menus, which take no empty value. */
export const asItIs = 'as-it-is';
export const noGroup = 'none';

const relative = (unit: 'day' | 'week' | 'month' | 'quarter' | 'year', n: number, completeOnly: boolean) =>
  ({ kind: 'relative', unit, n, completeOnly }) as const;

/** Periods that the form offers. */
export const periods: Readonly<Record<string, { readonly label: string; readonly time: TimeRange }>> = {
  today: { label: 'Today', time: { kind: 'day', offset: 0 } },
  yesterday: { label: 'Yesterday', time: { kind: 'day', offset: -1 } },
  'last-7-days': { label: 'Last 7 days', time: relative('day', 7, false) },
  'last-30-days': { label: 'Last 30 days', time: relative('day', 30, false) },
  'last-90-days': { label: 'Last 90 days', time: relative('day', 90, false) },
  'this-week': { label: 'This week', time: { kind: 'to_date', unit: 'week' } },
  'last-week': { label: 'Last week', time: relative('week', 1, true) },
  'this-month': { label: 'This month', time: { kind: 'to_date', unit: 'month' } },
  'last-month': { label: 'Last month', time: relative('month', 1, true) },
  'this-quarter': { label: 'This quarter', time: { kind: 'to_date', unit: 'quarter' } },
  'last-quarter': { label: 'Last quarter', time: relative('quarter', 1, true) },
  'this-year': { label: 'This year', time: { kind: 'to_date', unit: 'year' } },
  'last-year': { label: 'Last year', time: relative('year', 1, true) },
  all: { label: 'All time', time: { kind: 'all' } },
};

/** Slack takes 100 options a menu; one place is for "as it is". */
const mostOptions = 99;
const labelRoom = 70;

/** The dialog behind "Filter": a period, two filters and a grouping, as far as the plan can take them. */
export function buildFilterForm(
  catalogue: Catalogue,
  asker: Asker,
  answer: { readonly id: string; readonly question: string; readonly plan: QueryPlan },
  spreads: ReadonlyMap<string, Spread>,
): Form {
  const { plan } = answer;
  const mine = filterCatalogue(catalogue, asker.role);
  const filterable = filterableOf(mine, plan);
  const fields: FormField[] = takesPeriod(mine, plan) ? [periodField] : [];
  for (const place of filterPlaces) {
    fields.push(
      {
        kind: 'choice',
        id: `field-${place}`,
        label: place === 1 ? 'Only where' : 'and where',
        isOptional: true,
        options: filterable.slice(0, mostOptions),
      },
      {
        kind: 'text',
        id: `value-${place}`,
        label: 'is',
        isOptional: true,
        placeholder: 'EMEA',
        ...(place === 1 ? { hint: valueHint } : {}),
      },
    );
  }
  if (plan.kind === 'metric') fields.push(groupField(catalogue, asker, plan, spreads));
  return {
    form: filterForm,
    title: 'Filter this answer',
    submit: 'Show',
    intro: [shorten(answer.question, 300)],
    fields,
    state: answer.id,
  };
}

const valueHint =
  'A name or a word; several with commas; “not EMEA”; “> 50000”. A filter on a field that the answer has already takes its place.';

const periodField: FormField = {
  kind: 'choice',
  id: 'period',
  label: 'Period',
  initial: asItIs,
  options: [
    { label: 'As it is', value: asItIs },
    ...Object.entries(periods).map(([value, { label }]) => ({ label, value })),
  ],
};

function groupField(
  catalogue: Catalogue,
  asker: Asker,
  plan: Extract<QueryPlan, { kind: 'metric' }>,
  spreads: ReadonlyMap<string, Spread>,
): FormField {
  const now = plan.groupBy.map(({ dimension }) => labelOf(catalogue, dimension));
  const free = drillDimensions(catalogue, asker.role, { ...plan, groupBy: [], orderBy: [] }, spreads);
  return {
    kind: 'choice',
    id: 'group',
    label: 'Group by',
    initial: asItIs,
    options: [
      {
        label: shorten(now.length === 0 ? 'As it is: one number' : `As it is: ${now.join(', ')}`, labelRoom),
        value: asItIs,
      },
      ...(now.length === 0 ? [] : [{ label: 'Nothing: one number', value: noGroup }]),
      ...free.map(({ id, label }) => ({ label: shorten(label, labelRoom), value: id })),
    ],
  };
}

const labelOf = (catalogue: Catalogue, id: string): string =>
  id === metricTime ? 'Time' : (catalogue.dimensions.get(id)?.label ?? id);

/** Fields that all rows of the plan have, by label. */
function filterableOf(
  mine: Catalogue,
  plan: QueryPlan,
): readonly { readonly label: string; readonly value: string }[] {
  const entities = entitiesOf(mine, plan);
  const [first, ...others] = entities;
  if (first === undefined) return [];
  const found = dimensionsOf(mine, first)
    .filter((dimension) => dimension.filterable && dimension.type !== 'date' && dimension.type !== 'instant')
    .filter((dimension) => others.every((entity) => findWay(mine, entity, dimension) !== null));
  // The nearest are the ones that people mean; among those, the alphabet.
  return found
    .slice(0, mostOptions)
    .map(({ id, label }) => ({ label: shorten(label, labelRoom), value: id }))
    .sort((a, b) => a.label.localeCompare(b.label, 'en'));
}

function entitiesOf(mine: Catalogue, plan: QueryPlan): readonly string[] {
  if (plan.kind === 'list') return [plan.entity];
  const metrics = plan.metrics.flatMap((id) => mine.metrics.get(id) ?? []);
  return [...new Set(metrics.flatMap((metric) => simpleParts(mine, metric)).map(({ entity }) => entity))];
}

/** States as of now have no period. */
function takesPeriod(mine: Catalogue, plan: QueryPlan): boolean {
  if (plan.kind === 'list')
    return plan.timeDimension !== undefined || mine.entities.get(plan.entity)?.defaultTime != null;
  const metrics = plan.metrics.flatMap((id) => mine.metrics.get(id) ?? []);
  const parts = metrics.flatMap((metric) => simpleParts(mine, metric));
  return parts.some(({ timeDimension }) => timeDimension !== null);
}
