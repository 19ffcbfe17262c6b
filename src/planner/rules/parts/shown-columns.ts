import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { linkBetween } from '../../../catalogue/link.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import {
  type Beside,
  besideColumn,
  type ListPlan,
  type MetricPlan,
  type Related,
} from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { columnOfMetric, filtersOf } from '../compose/draft.ts';
import { namingDimension, reachable } from '../compose/reach.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { recordsPlan } from './asides.ts';
import { type Asked, besideOfMetric, isLength, latestIn, type Shown, shownBy } from './column-meaning.ts';
import { type ColumnWords, type OrderWords, readColumnWords } from './column-words.ts';
import { fieldIn } from './field-names.ts';
import { plainFigure } from './plain-figure.ts';
import type { PlanWords } from './with-related.ts';

interface Planned {
  readonly plan: ListPlan;
  readonly from: readonly PlannedQuestion[];
}

interface Rows {
  readonly plan: ListPlan;
  readonly from: PlannedQuestion;
  /** What the rows were ranked by. */
  readonly ranked: Shown | null;
}

const marks =
  /\b(?:with|w\/|including|incl|showing|plus|show|list|give|their|its|(?:for|of) (?:all|each|every|my)|per|names? and)\b|[:,]/i;
const mostColumns = 10;
const mostBeside = 4;

/**
 * "My accounts with ARR and renewal date, lowest health first", "last ticket and last meeting for every account that
 * renews in December": the records are understood alone, and each name behind or before them is a property that they
 * reach or what other records of theirs tell. A name that the data has for other records only is said not to be shown.
 */
export function planShownColumns(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): Planned | null {
  if (!marks.test(question)) return null;
  for (const words of readColumnWords(question)) {
    // "Reps with number of open deals": that is no part of what the rows are.
    if (/\b(?:number|count) of\b| counts?$|.\bhow (?:many|much)\b/i.test(words.rows)) continue;
    const rows = rowsOf(catalogue, words, planWords);
    const planned = rows && withNamed({ catalogue, planWords, rows: rows.plan }, rows, words);
    if (planned) return planned;
  }
  return null;
}

const ranked =
  /\b(?:top|bottom|best|largest|biggest|smallest|highest|lowest|next|last|latest|newest|first|sorted|ordered|per)\b|\bfor (?:each|every|all)\b|[.?!;] (?:please )?(?:also )?(?:show|list|give|include|add|display|names? and)\b/i;

/**
 * The same where a question reads well and yet would lose a column: of records that are ranked or put in order, and where
 * a moment ("last ticket") is told of each.
 */
export function planTopColumns(question: string, catalogue: Catalogue, planWords: PlanWords): Planned | null {
  if (!ranked.test(question)) return null;
  const planned = planShownColumns(question, catalogue, planWords);
  const isSaid = planned?.plan.beside !== undefined || (planned?.plan.orderBy.length ?? 0) > 0;
  return isSaid ? planned : null;
}

const eachWith =
  /\b(?:with|w\/|including|incl|showing)\b|\band (?:what (?:is|are|was|were) )?(?:their|its)\b/i;
const ofFigure =
  /^(?:please )?(?:(?:show|give|tell)(?: me| us)? )?(?:how|what|number|count|sum|total|average|avg|mean|median|share|percentage|is|are|was|were|do|does|did)\b/i;

/**
 * The same where a question reads well as figures over all records: "my accounts with health score and ARR" asks for both
 * of each account, and not for the mean of one and the sum of the other.
 */
export function planColumnsOfEach(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): Planned | null {
  if (!eachWith.test(question) || ofFigure.test(question)) return null;
  return planShownColumns(question, catalogue, planWords);
}

/** The records: a list of them, those that a figure counts, or those that one ranks. */
function rowsOf(
  catalogue: Catalogue,
  { rows: said, isBefore }: ColumnWords,
  planWords: PlanWords,
): Rows | null {
  const text = said.replace(/^(?:please )?(?:show|list|give|get)(?: me| us)? /i, '').replace(/,\s*$/, '');
  const isEach = /^(?:each|every|all) /i.test(text);
  const planned = isBefore && !isEach ? null : planWords(text);
  const ranked = planned?.plan.kind === 'metric' ? rankedRows(catalogue, planned, planWords) : null;
  if (ranked) return ranked;
  if (isNamed.test(text)) return oneAccount(catalogue, text, planWords);
  const found =
    recordsPlan(catalogue, planned) ??
    recordsPlan(catalogue, planWords(`list ${text}`)) ??
    (isBefore ? recordsPlan(catalogue, planWords(`list ${plural(text)}`)) : null);
  const rows = found ?? (isBefore ? null : groupsAsRows(catalogue, planned));
  return rows && { ...rows, ranked: null };
}

/** "Accounts with open escalations", told as a number of each: the accounts that have some. */
function groupsAsRows(
  catalogue: Catalogue,
  planned: PlannedQuestion | null,
): { readonly plan: ListPlan; readonly from: PlannedQuestion } | null {
  const figure = plainFigure(planned)?.plan;
  const [group, more] = figure?.groupBy ?? [];
  const metric = catalogue.metrics.get(figure?.metrics[0] ?? '');
  const entity = catalogue.dimensions.get(group?.dimension ?? '')?.entity;
  if (!planned || !figure || more || entity === undefined || metric?.type !== 'simple') return null;
  const isCount = /^count/.test(metric.measure.aggregate) && figure.orderBy.length === 0 && !figure.onePer;
  if (!isCount || namingDimension(catalogue, entity) !== group?.dimension) return null;
  if (entity === metric.entity || linkBetween(catalogue, entity, metric.entity) === null) return null;
  const { time, where } = figure;
  const isOfRows = ({ any }: MetricPlan['where'][number]): boolean =>
    any.every(({ dimension }) => catalogue.dimensions.get(dimension)?.entity === entity);
  const some: Related = {
    entity: metric.entity,
    has: 'some',
    atLeast: 1,
    where: [...filtersOf(metric), ...where.filter((one) => !isOfRows(one))].slice(0, 6),
    time,
    ...(time !== null && metric.timeDimension !== null && { timeDimension: metric.timeDimension }),
    subject: 'none',
  };
  const plan: ListPlan = {
    ...{ kind: 'list', entity, columns: [], time: null, orderBy: [], limit: 10, subject: figure.subject },
    where: where.filter(isOfRows),
    related: [some],
  };
  return { plan, from: planned };
}

const isNamed = /^(?:"[^"]+"|\p{Lu}[\p{L}\p{N}&.'-]*(?: (?:\p{Lu}[\p{L}\p{N}&.'-]*|&|of|and))*)$/u;

/** "Umbra Security: last ticket and renewal date": whoever is named alone is a customer. */
function oneAccount(catalogue: Catalogue, said: string, planWords: PlanWords): Rows | null {
  const found = recordsPlan(catalogue, planWords(`account ${said}`));
  const isNarrow = found !== null && found.plan.where.length > 0;
  return isNarrow ? { ...found, ranked: null } : null;
}

const plural = (text: string): string => text.replace(/^(?<noun>[a-z]+[^s\s])(?= |$)/i, '$<noun>s');

/** "Top 10 customers by ARR": the customers, in the order of that figure. */
function rankedRows(catalogue: Catalogue, planned: PlannedQuestion, planWords: PlanWords): Rows | null {
  const figure = plainFigure(planned)?.plan;
  const [group, more] = figure?.groupBy ?? [];
  const dimension = catalogue.dimensions.get(group?.dimension ?? '');
  if (!figure || !dimension || more || figure.onePer || figure.orderBy[0] === undefined) return null;
  const { entity } = dimension;
  if (namingDimension(catalogue, entity) !== dimension.id) return null;
  const isReached = figure.where.every(({ any }) =>
    any.every((one) => reachable(catalogue, entity, [one.dimension])[0]?.distance === 0),
  );
  const named = catalogue.entities.get(entity)?.label.many;
  const all = recordsPlan(catalogue, planWords(`list ${named ?? ''}`));
  if (!isReached || !all || all.plan.entity !== entity) return null;
  const bare: MetricPlan = { ...figure, groupBy: [], where: [], orderBy: [] };
  const rows: ListPlan = {
    ...all.plan,
    where: figure.where,
    subject: figure.subject,
    limit: Math.min(25, figure.limit),
    ...(figure.skip !== undefined && { skip: figure.skip }),
  };
  const ranked = besideOfMetric({ catalogue, planWords, rows }, bare);
  if (ranked === null || hasOtherRows(catalogue, figure)) return null;
  const direction = figure.orderBy[0].direction;
  const plan = { ...rows, orderBy: [{ by: ranked.kind === 'own' ? ranked.id : 'beside_1', direction }] };
  const isMoney = catalogue.metrics.get(figure.metrics[0] ?? '')?.format.kind === 'money';
  const notes = isMoney ? ['Amounts are ranked as they stand, each in its own currency.'] : [];
  return { plan, from: { ...planned, notes: [...planned.notes, ...notes] }, ranked };
}

/** A time of the figure's own that its records would have to be asked for. */
const hasOtherRows = (catalogue: Catalogue, { metrics, time }: MetricPlan): boolean => {
  const metric = catalogue.metrics.get(metrics[0] ?? '');
  const isState = metric?.type === 'simple' && metric.timeDimension === null;
  return time === null && !isState && columnOfMetric(catalogue, metrics[0] ?? '') === null;
};

/** A figure over the records is no property of each of them. */
const ofMany = /\b(?:totals?|sums?|average|avg|mean|median|percent(?:age)?|share|overall)\b/i;

function withNamed(asked: Asked, rows: Rows, words: ColumnWords): Planned | null {
  const found: { name: string; shown: Shown | null }[] = [];
  for (const name of words.names) {
    const before = found.at(-1)?.shown;
    const shown = sameOther(asked, before ?? null, name) ?? shownBy(asked, name);
    if (shown === null && !isKnown(asked.catalogue, name)) return null;
    if (shown?.kind === 'own' && ofMany.test(name)) return null;
    found.push({ name, shown });
  }
  const shown = found.flatMap((one) => one.shown ?? []);
  if (shown.length === 0 || areConditions(found, words, rows.ranked !== null)) return null;
  const ordered = inOrder(asked, { rows, shown, words });
  if (ordered === null) return null;
  const missing = found.filter((one) => one.shown === null).map(({ name }) => name);
  const notes = missing.map((name) => notShown(asked, name));
  const from = { ...rows.from, notes: [...rows.from.notes, ...notes] };
  return { plan: ordered, from: [from] };
}

/** "CE number and status": the status is that of what was named before. */
function sameOther({ catalogue, rows }: Asked, before: Shown | null, name: string): Shown | null {
  if (before?.kind !== 'beside' || before.beside.show !== 'latest' || / /.test(name)) return null;
  const id = fieldIn(catalogue, { ...rows, entity: before.beside.entity, columns: [] }, name);
  const isTheirs = id !== null && reachable(catalogue, before.beside.entity, [id])[0]?.distance === 0;
  return isTheirs ? latestIn(before.beside.entity, id) : null;
}

/** Whether the data knows a word at all, if only of other records. */
function isKnown(catalogue: Catalogue, name: string): boolean {
  if (isLength(name)) return true;
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(name).map(keyOf).join(' '))?.meanings ?? [];
  return meanings.some(({ kind }) => kind === 'dimension' || kind === 'metric');
}

function notShown({ catalogue, rows }: Asked, name: string): string {
  const many = catalogue.entities.get(rows.entity)?.label.many ?? 'these records';
  return `“${name}” is not shown: nothing of that name is kept for ${many}.`;
}

/** "Customers with open escalations and their owner" asks for those that have some; a number stands behind a property. */
function areConditions(
  found: readonly { name: string; shown: Shown | null }[],
  words: ColumnWords,
  isRanked: boolean,
): boolean {
  const isBare = ({ name, shown }: (typeof found)[number]): boolean =>
    shown?.kind === 'beside' && shown.isCount && !/\b(?:number|count|counts)\b/i.test(name);
  // "Top 5 customers by ARR with open tickets": all of them have their place already.
  if (isRanked) return false;
  const [first] = found;
  // "Number of open tickets and CSAT for each customer" asks for figures.
  if (words.isBefore)
    return found.every(
      ({ shown }) => shown?.kind === 'beside' && /^(?:count|sum|average)$/.test(shown.beside.show),
    );
  return first !== undefined && isBare(first);
}

interface Wish {
  readonly rows: Rows;
  readonly shown: readonly Shown[];
  readonly words: ColumnWords;
}

function inOrder(asked: Asked, { rows, shown, words }: Wish): ListPlan | null {
  const all = [...(rows.ranked ? [rows.ranked] : []), ...shown];
  if (words.order === null) return planOf(asked, rows.plan, all, words);
  const order = orderOf(asked, words.order, all, words);
  if (order === null) return null;
  const plan = planOf(asked, rows.plan, order.shown, words);
  return plan && { ...plan, orderBy: [{ by: order.by, direction: order.direction }] };
}

interface Ordered {
  readonly by: string;
  readonly direction: 'asc' | 'desc';
  readonly shown: readonly Shown[];
}

/** "Oldest first" as the records themselves are put in order; "lowest health first" by one of the columns. */
function orderOf(
  asked: Asked,
  order: OrderWords,
  shown: readonly Shown[],
  words: ColumnWords,
): Ordered | null {
  const { catalogue, rows } = asked;
  const { direction } = order;
  const isDated = /^(?:oldest|newest|latest|earliest|most recent|soonest|next)$/.test(order.superlative);
  if (order.by === '' && !isDated) {
    const amount = amountOf(asked, order, shown);
    return amount === null ? null : { by: amount, direction, shown };
  }
  if (order.by !== '') {
    const named = shownBy(asked, order.by.replace(/^urgent$/i, 'priority'));
    if (named !== null) {
      const at = placeOf(shown, named);
      const all = at >= 0 ? shown : [...shown, named];
      return { by: idOf(all, named), direction, shown: all };
    }
  }
  const dated = order.by === '' ? onlyTime(asked, shown) : null;
  if (dated !== null) return { by: dated, direction, shown };
  const text = `${words.rows}, ${order.said}`;
  const own = asked.planWords(text)?.plan ?? asked.planWords(`list ${text}`)?.plan;
  const [by, more] = own?.kind === 'list' && own.entity === rows.entity ? own.orderBy : [];
  if (by && !more) return { ...by, shown };
  const time = rows.timeDimension ?? catalogue.entities.get(rows.entity)?.defaultTime;
  return isDated && time != null ? { by: time, direction, shown } : null;
}

/** "With last meeting, oldest first": records without a time of their own go by the only one that is shown. */
function onlyTime({ catalogue, rows }: Asked, shown: readonly Shown[]): string | null {
  if (catalogue.entities.get(rows.entity)?.defaultTime != null) return null;
  const times = shown.filter((one) => {
    const id = one.kind === 'own' ? one.id : (one.beside.dimension ?? '');
    return /^(?:date|instant)$/.test(catalogue.dimensions.get(id)?.type ?? '');
  });
  const [only, another] = times;
  return only && !another ? idOf(shown, only) : null;
}

/** "Largest first": the amount, else the length or the only number that is shown. */
function amountOf(
  { catalogue, rows }: Asked,
  { superlative }: OrderWords,
  shown: readonly Shown[],
): string | null {
  const numbers = shown.filter((one) => {
    const id = one.kind === 'own' ? one.id : (one.beside.dimension ?? '');
    return (one.kind === 'beside' && one.isCount) || catalogue.dimensions.get(id)?.type === 'number';
  });
  const isLength = /^(?:longest|shortest)$/.test(superlative);
  const fitting = numbers.filter(
    (one) =>
      (one.kind === 'own' && catalogue.dimensions.get(one.id)?.format?.kind === 'duration') === isLength,
  );
  const [only, another] = fitting;
  if (only && !another) return idOf(shown, only);
  if (isLength) return null;
  // Of several that are shown, the amount, or whichever was named first.
  const amount = fieldIn(catalogue, rows, 'amount');
  const isShown = shown.some((one) => one.kind === 'own' && one.id === amount);
  const isOfSize = /^(?:largest|biggest|smallest)$/.test(superlative);
  return only === undefined || (isShown && isOfSize) ? amount : idOf(shown, only);
}

const placeOf = (shown: readonly Shown[], one: Shown): number =>
  shown.findIndex((other) => JSON.stringify(other) === JSON.stringify(one));

/** What the order calls a column. */
function idOf(shown: readonly Shown[], one: Shown): string {
  if (one.kind === 'own') return one.id;
  const others = shown.filter(({ kind }) => kind === 'beside');
  return besideColumn(Math.max(0, placeOf(others, one)));
}

/** The usual columns make room for those that are asked for; money stands beside its currency. */
function planOf(asked: Asked, rows: ListPlan, shown: readonly Shown[], words: ColumnWords): ListPlan | null {
  const { catalogue } = asked;
  const beside = distinct(shown.flatMap((one) => (one.kind === 'beside' ? [one.beside] : [])));
  const own = [...new Set(shown.flatMap((one) => (one.kind === 'own' ? [one.id] : [])))];
  if (beside.length > mostBeside || own.length > mostColumns) return null;
  const label = namingDimension(catalogue, rows.entity);
  const usual =
    rows.columns.length > 0 ? rows.columns : (catalogue.entities.get(rows.entity)?.listColumns ?? []);
  const needed = [...own, ...currencyOf(catalogue, rows, own, beside)].filter((id) => !usual.includes(id));
  const room = Math.max(1, mostColumns - needed.length - beside.length);
  const isFirst = (id: string): boolean => id === label || own.includes(id);
  const kept = [...usual.filter(isFirst), ...usual.filter((id) => !isFirst(id))].slice(
    0,
    Math.max(room, usual.filter(isFirst).length),
  );
  const columns = [...usual.filter((id) => kept.includes(id)), ...needed];
  if (columns.length > mostColumns) return null;
  return { ...rows, columns, ...(beside.length > 0 && { beside }), ...ofThose(rows, beside, words) };
}

function distinct(list: readonly Beside[]): Beside[] {
  const seen = new Map(list.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}

function currencyOf(
  catalogue: Catalogue,
  rows: ListPlan,
  own: readonly string[],
  beside: readonly Beside[],
): readonly string[] {
  const isMoney = [...own, ...beside.flatMap(({ dimension }) => dimension ?? [])].some((id) => {
    const format = catalogue.dimensions.get(id)?.format?.kind;
    return format === 'money' || /(?:amount|mrr|arr)$/.test(catalogue.dimensions.get(id)?.path ?? '');
  });
  const currency = isMoney
    ? dimensionsOf(catalogue, rows.entity).filter(
        ({ path, id }) => path === 'currency' && reachable(catalogue, rows.entity, [id]).length > 0,
      )
    : [];
  const [only, another] = currency;
  return only && !another ? [only.id] : [];
}

/** "First and latest purchase of a product per customer": of those that have bought it. */
function ofThose(
  rows: ListPlan,
  beside: readonly Beside[],
  { isBefore }: ColumnWords,
): Pick<ListPlan, 'related'> {
  const [first] = beside;
  const isNarrow = first !== undefined && first.where.length > 0 && first.show !== 'count';
  const isSame = beside.every(
    ({ entity, where }) => entity === first?.entity && JSON.stringify(where) === JSON.stringify(first.where),
  );
  const isAll = rows.where.length === 0 && rows.related === undefined && rows.subject === 'none';
  if (!isBefore || !isNarrow || !isSame || !isAll) return {};
  const { show: _, dimension: __, ...records } = first;
  return { related: [{ ...records, has: 'some', atLeast: 1 }] };
}
