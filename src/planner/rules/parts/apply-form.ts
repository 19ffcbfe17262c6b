import { type Catalogue, type MetricDefinition, metricTime } from '../../../catalogue/catalogue.ts';
import { dimensionsOf, entityOf } from '../../../catalogue/lookup.ts';
import { entityById, findWay } from '../../../catalogue/paths.ts';
import type { ListPlan, MetricPlan, QueryPlan } from '../../../query/metric-query.ts';
import { namingDimension, reachable } from '../compose/reach.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import type { FormOrder, QuestionForm } from './question-form.ts';

const mostMetrics = 4;
const mostGroups = 3;
const mostColumns = 10;

/** What a name in a question's form stands for in its plan. */
type Named =
  | { readonly kind: 'metric'; readonly metric: MetricDefinition }
  | { readonly kind: 'dimension'; readonly id: string };

/**
 * Shows what a question names, in the order that it asks for.
 *
 * @returns null when a name stands for nothing that the rows have, or a definition is not that of the figures
 */
export function applyForm(catalogue: Catalogue, plan: QueryPlan, form: QuestionForm): QueryPlan | null {
  if (!form.definitions.every((one) => holds(catalogue, plan, one))) return null;
  const named = form.columns.map((name) => nameIn(catalogue, plan, name));
  const known = named.filter((one) => one !== null);
  if (known.length < named.length) return null;
  const shown = plan.kind === 'list' ? listWith(catalogue, plan, known) : metricWith(catalogue, plan, known);
  if (shown === null || form.order === null) return shown;
  return shown.kind === 'list'
    ? orderedList(catalogue, shown, form.order)
    : orderedFigures(catalogue, shown, form.order);
}

/** A list that shows these, its records' label first. */
export function listWith(catalogue: Catalogue, plan: ListPlan, named: readonly Named[]): ListPlan | null {
  if (named.length === 0) return plan;
  const ids = named.flatMap((one) => (one.kind === 'dimension' ? [one.id] : []));
  if (ids.length < named.length) return null;
  const label = namingDimension(catalogue, plan.entity);
  const isLabelled = label === null || covers(catalogue, plan.entity, ids);
  const columns = [...new Set([...(isLabelled ? [] : [label]), ...ids])];
  return columns.length > mostColumns ? null : { ...plan, columns };
}

function metricWith(catalogue: Catalogue, plan: MetricPlan, named: readonly Named[]): MetricPlan | null {
  const metrics = named.flatMap((one) => (one.kind === 'metric' ? [one.metric.id] : []));
  const dimensions = named.flatMap((one) => (one.kind === 'dimension' ? [one.id] : []));
  const [first] = plan.groupBy;
  const timed = plan.groupBy.filter(({ dimension }) => dimension === metricTime);
  const groups = plan.groupBy.filter(({ dimension }) => dimension !== metricTime);
  const head = first && headOf(catalogue, plan);
  const asked = head ? withoutParts(catalogue, head, dimensions) : dimensions;
  const all = [...new Set([...groups.map(({ dimension }) => dimension), ...asked])];
  // A make and a model say more than the model alone: what the rows are grouped by stays, what is asked for comes first.
  const ordered = [...asked, ...all.filter((id) => !asked.includes(id))];
  const next: MetricPlan = {
    ...plan,
    metrics: [...new Set([...metrics, ...plan.metrics])],
    groupBy: [...ordered.map((dimension) => ({ dimension })), ...timed],
  };
  return next.metrics.length > mostMetrics || next.groupBy.length > mostGroups ? null : next;
}

/** Entity whose rows the groups are. */
function headOf(catalogue: Catalogue, plan: MetricPlan): string | null {
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  const entity = metric && entityOf(catalogue, metric);
  const dimension = catalogue.dimensions.get(plan.groupBy[0]?.dimension ?? '');
  if (!entity) return null;
  return (dimension && findWay(catalogue, entity.id, dimension)?.entity) ?? entity.id;
}

/** A first and a last name are the name, where that is made of them. */
function withoutParts(catalogue: Catalogue, head: string, ids: readonly string[]): readonly string[] {
  const label = namingDimension(catalogue, head);
  if (label === null || !covers(catalogue, head, ids)) return ids;
  const parts = new Set(partsOfName(catalogue, head));
  const others = ids.filter((id) => !parts.has(catalogue.dimensions.get(id)?.path ?? ''));
  return others.includes(label) ? others : [label, ...others];
}

function covers(catalogue: Catalogue, head: string, ids: readonly string[]): boolean {
  const label = namingDimension(catalogue, head);
  if (label !== null && ids.includes(label)) return true;
  const paths = new Set(
    ids.flatMap((id) => {
      const dimension = catalogue.dimensions.get(id);
      return dimension ? [dimension.path] : [];
    }),
  );
  const parts = partsOfName(catalogue, head);
  return parts.length > 0 && parts.every((part) => paths.has(part));
}

function partsOfName(catalogue: Catalogue, head: string): readonly string[] {
  const entity = entityById(catalogue, head);
  const stored = entity?.stored?.[entity.titleColumn];
  return stored?.kind === 'joined' ? stored.columns : [];
}

/** A name said of the answer: a figure of the same rows, or a property that they reach. */
export function nameIn(catalogue: Catalogue, plan: QueryPlan, name: string): Named | null {
  const rows = rowsOf(catalogue, plan);
  if (rows === null) return null;
  const head = plan.kind === 'metric' ? (headOf(catalogue, plan) ?? rows) : rows;
  const own = /^(?:id|ids|number)$/i.test(name) ? keyDimension(catalogue, head) : null;
  if (own !== null) return { kind: 'dimension', id: own };
  if (/^(?:name|names)$/i.test(name)) {
    const label = shownName(catalogue, plan) ?? namingDimension(catalogue, head);
    return label === null ? null : { kind: 'dimension', id: label };
  }
  const label = entityById(catalogue, head)?.label.one ?? '';
  const texts = [
    name,
    name.replace(/ (?:made|sold|received|each|in total)$/i, ''),
    name.replace(/^(?:total|overall) /i, ''),
    name.replace(/^(?:current|exact) /i, ''),
    name.replace(/ (?:time|date|day)$/i, ''),
    `${label} ${name}`,
  ];
  for (const text of texts) {
    const found = meant(catalogue, plan, rows, text);
    if (!found) continue;
    // "Amount" beside order lines is theirs, though a deal's is called just so.
    const isFar = found.kind === 'dimension' && catalogue.dimensions.get(found.id)?.entity !== rows;
    const own = isFar && !/ /.test(name) ? bareNoun(catalogue, plan, rows, name) : null;
    return own ?? found;
  }
  return (
    bareNoun(catalogue, plan, rows, name) ??
    bareNoun(catalogue, plan, rows, name.replace(/ (?:time|date|day)$/i, ''))
  );
}

/** "Amount" of deals is the amount of the deal: the only property of the rows whose name ends so. */
function bareNoun(catalogue: Catalogue, plan: QueryPlan, rows: string, name: string): Named | null {
  const noun = wordsOf(name).join(' ');
  const fitting = dimensionsOf(catalogue, rows).filter(
    (dimension) =>
      dimension.entity === rows &&
      dimension.hidden !== true &&
      (plan.kind === 'list' || dimension.groupable) &&
      [dimension.label, ...dimension.synonyms].some((one) => wordsOf(one).join(' ').endsWith(` ${noun}`)),
  );
  const usual = fitting.filter(({ id }) => entityById(catalogue, rows)?.listColumns.includes(id));
  const [only, another] = usual.length > 0 ? usual : fitting;
  return noun !== '' && only && !another ? { kind: 'dimension', id: only.id } : null;
}

/** What the groups are called already: the owner of a deal rather than any person. */
function shownName(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list') return null;
  const dimension = catalogue.dimensions.get(plan.groupBy[0]?.dimension ?? '');
  return dimension?.path.endsWith('name') ? dimension.id : null;
}

function meant(catalogue: Catalogue, plan: QueryPlan, rows: string, text: string): Named | null {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(text).map(keyOf).join(' '))?.meanings ?? [];
  const metrics = meanings
    .flatMap((one) => (one.kind === 'metric' ? [catalogue.metrics.get(one.id)] : []))
    .filter((metric) => metric !== undefined);
  const [metric, another] = metrics.filter((one) => entityOf(catalogue, one)?.id === rows);
  if (plan.kind === 'metric' && metric && !another) return { kind: 'metric', metric };
  const ids = meanings.flatMap((one) => {
    if (one.kind === 'dimension') return [one.id];
    return one.kind === 'entity' ? (namingDimension(catalogue, one.id) ?? []) : [];
  });
  const [nearest, next] = reachable(catalogue, rows, [...new Set(ids)]).filter(
    ({ dimension }) => plan.kind === 'list' || dimension.groupable,
  );
  if (!nearest || (next && next.distance === nearest.distance)) return null;
  return { kind: 'dimension', id: nearest.dimension.id };
}

function rowsOf(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list') return plan.entity;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  return (metric && entityOf(catalogue, metric)?.id) ?? null;
}

function keyDimension(catalogue: Catalogue, entityId: string): string | null {
  const entity = entityById(catalogue, entityId);
  const found = dimensionsOf(catalogue, entityId).find(
    ({ entity: own, path }) => own === entityId && path === entity?.key,
  );
  return found?.id ?? null;
}

function orderedList(catalogue: Catalogue, plan: ListPlan, { by, direction }: FormOrder): ListPlan | null {
  const named = by === null ? null : nameIn(catalogue, plan, by);
  if (named?.kind !== 'dimension') return null;
  // "Sorted by amount", "by priority": the largest and the most urgent are looked for, where nothing else is said.
  const dimension = catalogue.dimensions.get(named.id);
  const usual = dimension?.type === 'number' || dimension?.order !== undefined ? 'desc' : 'asc';
  return { ...plan, orderBy: [{ by: named.id, direction: direction === 'first' ? usual : direction }] };
}

/** Along time the answer begins with the oldest point anyway. */
function orderedFigures(
  catalogue: Catalogue,
  plan: MetricPlan,
  { by, direction }: FormOrder,
): MetricPlan | null {
  const isTimed = plan.groupBy.some(({ dimension }) => dimension === metricTime);
  const isTime =
    by === null ? isTimed : /^(?:the )?(?:hour|day|date|week|month|quarter|year|time)$/i.test(by);
  if (isTime) {
    if (!isTimed) return null;
    return direction === 'desc' ? { ...plan, orderBy: [{ by: metricTime, direction: 'desc' }] } : plan;
  }
  if (plan.groupBy.length === 0) return null;
  if (by === null) {
    const [first] = plan.metrics;
    const ranked = plan.orderBy[0]?.by ?? first;
    return ranked === undefined
      ? null
      : { ...plan, orderBy: [{ by: ranked, direction: direction === 'asc' ? 'asc' : 'desc' }] };
  }
  const named = nameIn(catalogue, plan, by);
  if (named === null) return null;
  const id = named.kind === 'metric' ? named.metric.id : named.id;
  if (![...plan.metrics, ...plan.groupBy.map(({ dimension }) => dimension)].includes(id)) return null;
  const standard = named.kind === 'metric' ? 'desc' : 'asc';
  return { ...plan, orderBy: [{ by: id, direction: direction === 'first' ? standard : direction }] };
}

const aggregates: Readonly<Record<string, string>> = {
  sum: 'sum',
  total: 'sum',
  average: 'avg',
  mean: 'avg',
  count: 'count',
  number: 'count',
  maximum: 'max',
  minimum: 'min',
};

/** "Revenue refers to the sum of sale price in the sales table": only where that is how the figure is made. */
function holds(
  catalogue: Catalogue,
  plan: QueryPlan,
  { figure, meaning }: QuestionForm['definitions'][number],
): boolean {
  const said = /^(?<how>[a-z]+) of (?:the )?(?<what>[a-z ]+?)(?: (?:in|from|of) the [a-z ]+ table)?$/i.exec(
    meaning,
  )?.groups;
  const rows = rowsOf(catalogue, plan);
  const named = rows === null ? null : nameIn(catalogue, plan, figure);
  if (!said || named?.kind !== 'metric' || named.metric.type !== 'simple') return false;
  const { measure } = named.metric;
  const what = wordsOf(said['what'] ?? '').join(' ');
  const isPath = wordsOf((measure.path ?? '').replaceAll(/[_.]/g, ' ')).join(' ') === what;
  return aggregates[(said['how'] ?? '').toLowerCase()] === measure.aggregate && isPath;
}
