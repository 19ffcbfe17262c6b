import type { Catalogue, DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { DateEvent } from '../../../catalogue/date-event.ts';
import { linkBetween } from '../../../catalogue/link.ts';
import { entityOf } from '../../../catalogue/lookup.ts';
import { findWay } from '../../../catalogue/paths.ts';
import type { ListPlan, QueryPlan, Related } from '../../../query/metric-query.ts';
import { listBehind } from '../../followup/convert-plan.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { canonical } from '../canonical.ts';
import { columnOfMetric, filtersOf } from '../compose/draft.ts';
import { saysState, usualCount } from '../compose/present-rows.ts';
import { namingDimension } from '../compose/reach.ts';
import { tells } from '../date-events.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { type Clause, readClauses } from './clause-marks.ts';
import { clauseTexts } from './clause-words.ts';

/** Plans a part of a question as a question of its own; null: not understood whole. */
export type PlanWords = (words: string) => PlannedQuestion | null;

/** A part with its plan, and what else came with it. */
interface Planned {
  readonly plan: QueryPlan;
  readonly from: readonly PlannedQuestion[];
}

/**
 * "Customers without an open deal", "deals nobody has touched for 30 days", "accounts with both an open escalation and
 * an open incident": the rows and each clause are understood as questions of their own, and the clause becomes a
 * condition on other records of the rows. A clause whose records nothing ties to the rows is none.
 */
export function planWithRelated(
  question: string,
  catalogue: Catalogue,
  planWords: PlanWords,
): Planned | null {
  for (const { head, clauses } of readClauses(question)) {
    // "Open tickets of accounts with …": the accounts have it, though all tickets are those of accounts.
    const named = ownerIn(catalogue, head);
    const theirs = named && headPlan(catalogue, named.rows, planWords);
    const isOfOthers = theirs !== null && entityOfPlan(catalogue, theirs.plan) !== named?.owner;
    const whole = isOfOthers && /s$/i.test(head) ? null : headPlan(catalogue, head, planWords);
    const owned = whole === null && isOfOthers ? named : null;
    const rows = whole ?? (owned && theirs);
    if (rows === null) continue;
    const outer = entityOfPlan(catalogue, rows.plan);
    if (outer === null || rows.plan.related !== undefined) continue;
    const via = owned?.owner ?? null;
    const empty = clauses.map((clause) => (via === null ? emptyColumn(catalogue, outer, clause) : null));
    const others = clauses.filter((_, index) => empty[index] === null);
    const related = others.map((clause) => relatedOf(clause, { outer, via }, catalogue, planWords));
    const known = related.filter((one) => one !== null).map((one) => withoutRowsOwn(catalogue, outer, one));
    if (known.length < related.length) continue;
    // Either of two other records cannot be said in one plan.
    const isEither = clauses.some(({ isOr }) => isOr);
    if (isEither && (known.length > 0 || !clauses.slice(1).every(({ isOr }) => isOr))) continue;
    const missing = empty
      .filter((id) => id !== null)
      .map((dimension) => ({ dimension, op: 'is_null' as const, values: [] }));
    const where = isEither ? [{ any: missing }] : missing.map((filter) => ({ any: [filter] }));
    const own = rows.plan.kind === 'list' ? presentRows(catalogue, rows.plan) : rows.plan.where;
    const isOver = known.some((one) => one.related.has === 'some' && saysEnd(catalogue, one.related.where));
    const plan = {
      ...rows.plan,
      where: [
        ...own.filter(({ any }) => !isOver || any.some(({ op }) => op !== 'not_in')),
        ...where,
        ...known.flatMap((one) => one.rows),
      ],
      ...(known.length > 0 && { related: known.map((one) => one.related) }),
    };
    return { plan, from: [...rows.from, ...known.map((one) => one.from)] };
  }
  return null;
}

/** Whose other records are meant: the rows' own, or those of what the rows belong to. */
interface Rows {
  readonly outer: string;
  readonly via: string | null;
}

/** "Open tickets of accounts": the tickets, and whose they are. */
function ownerIn(
  catalogue: Catalogue,
  head: string,
): { readonly rows: string; readonly owner: string } | null {
  const match =
    /^(?<rows>.+?) (?:of|from|for|at|by|with|in|on) (?:the |our |my |all |those )?(?<noun>\S+)$/i.exec(
      head,
    )?.groups;
  if (!match) return null;
  const { keyOf } = vocabularyOf(catalogue);
  const key = keyOf(canonical((match['noun'] ?? '').toLowerCase()));
  return key.startsWith('@') ? { rows: match['rows'] ?? '', owner: key.slice(1) } : null;
}

function headPlan(catalogue: Catalogue, head: string, planWords: PlanWords): Planned | null {
  const rows = head.replace(/^(?:for|with|at|in|of|from) (?=which|what)/i, '');
  if (rows !== head) return headPlan(catalogue, rows, planWords);
  const texts = /^(?:how|list|show|which|what|who|count|number|are|is|do|give|find)\b/i.test(head)
    ? [head]
    : [`list ${head}`, head];
  for (const text of texts) {
    const planned = planWords(text);
    const { plan } = planned ?? {};
    if (!planned || (plan?.kind !== 'list' && plan?.kind !== 'metric')) continue;
    if (plan.kind === 'metric' && plan.part !== undefined) continue;
    return { plan, from: [planned] };
  }
  const plan = listOfColumn(catalogue, head);
  return plan && { plan, from: [] };
}

/** "Customer IDs", "the emails of …": the rows that a property belongs to, with it. */
function listOfColumn(catalogue: Catalogue, head: string): ListPlan | null {
  const match = /^(?:list |show (?:me )?)?(?:the |all |distinct |unique )*(?<name>.+(?:s|S))$/.exec(
    head,
  )?.groups;
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings =
    phrases.get(
      wordsOf(match?.['name'] ?? '')
        .map(keyOf)
        .join(' '),
    )?.meanings ?? [];
  const ids = meanings.flatMap((one) => (one.kind === 'dimension' ? [one.id] : []));
  const [id, another] = ids;
  const dimension = catalogue.dimensions.get(id ?? '');
  const entity = dimension && catalogue.entities.get(dimension.entity);
  if (!entity || another !== undefined || meanings.length !== ids.length) return null;
  const label = namingDimension(catalogue, entity.id);
  const columns = [...new Set([...(label === null ? [] : [label]), dimension.id])];
  return {
    kind: 'list',
    entity: entity.id,
    columns,
    time: null,
    where: [],
    orderBy: [],
    limit: 10,
    subject: 'none',
  };
}

function entityOfPlan(catalogue: Catalogue, plan: QueryPlan): string | null {
  if (plan.kind === 'list') return plan.entity;
  const entities = new Set(
    plan.metrics.map((id) => {
      const metric = catalogue.metrics.get(id);
      return metric ? entityOf(catalogue, metric)?.id : undefined;
    }),
  );
  const [only, another] = entities;
  return another === undefined ? (only ?? null) : null;
}

const filled =
  /^(?:yet|still|ever|so far|until now|to date|at all|been|be|a|an|any|the|their|its|receive|received|get|got|given|give|have|had|written|down|set|recorded|entered|filled|in|known|noted|named|documented|stored|from|by|agent|agents|us|anyone|anybody|team|our|side)$/i;

/** "Did not receive a first reply", "no root cause written down": a property of the rows themselves that is empty. */
function emptyColumn(catalogue: Catalogue, outer: string, { has, atLeast, words }: Clause): string | null {
  if (has !== 'none' || atLeast !== 1) return null;
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const said = words.split(' ').filter((word) => !filled.test(word));
  const meanings = phrases.get(wordsOf(said.join(' ')).map(keyOf).join(' '))?.meanings ?? [];
  const own = meanings.flatMap((one) => {
    const dimension = one.kind === 'dimension' ? catalogue.dimensions.get(one.id) : undefined;
    const way = dimension && findWay(catalogue, outer, dimension);
    return dimension && way?.distance === 0 && dimension.until === undefined ? [dimension.id] : [];
  });
  const [only, another] = [...new Set(own)];
  return only !== undefined && another === undefined ? only : null;
}

function relatedOf(
  clause: Clause,
  rows: Rows,
  catalogue: Catalogue,
  planWords: PlanWords,
): { readonly related: Related; readonly from: PlannedQuestion } | null {
  for (const text of clauseTexts(catalogue, clause)) {
    const planned = planWords(`list ${text}`);
    const records =
      planned &&
      (recordsOf(catalogue, planned) ?? (clause.atLeast === 1 ? amountRows(catalogue, planned) : null));
    if (!planned || !records || records.orderBy.length > 0 || records.related !== undefined) continue;
    if (isOwnMoment(catalogue, rows.outer, records.entity, text, clause.isVerb)) continue;
    if (asksForColumns(catalogue, records)) continue;
    if (!clause.isVerb && !namesRecords(catalogue, clause.words)) continue;
    if (clause.isVerb && isAdjective(catalogue, clause.words)) continue;
    const tied = tiedTo(catalogue, rows, records);
    if (tied === null || tied.where.length > mostConditions) continue;
    // "Fewer than 3 contacts" are not so many calls with them; of the deals of a partner each is one.
    const isOne = [rows.outer, records.entity].includes(catalogue.entities.get(tied.entity)?.parent ?? '');
    if (clause.atLeast > 1 && tied.entity !== records.entity && !isOne) continue;
    const { entity, time, timeDimension, subject } = tied;
    const where = asOfNow(catalogue, tied);
    const related: Related = {
      entity,
      ...(rows.via !== null && { via: rows.via }),
      has: clause.has,
      atLeast: clause.atLeast,
      where,
      time,
      ...(timeDimension !== undefined && { timeDimension }),
      subject,
    };
    return { related, from: planned };
  }
  return null;
}

/**
 * "Customers without tickets in EMEA": what is lacked has the customer's own region, so that it says which customers are
 * meant, not which tickets.
 */
function withoutRowsOwn(
  catalogue: Catalogue,
  outer: string,
  { related, from }: { readonly related: Related; readonly from: PlannedQuestion },
): { readonly related: Related; readonly from: PlannedQuestion; readonly rows: Related['where'] } {
  const isOwn = ({ any }: Related['where'][number]): boolean =>
    any.every(({ dimension }) => catalogue.dimensions.get(dimension)?.entity === outer);
  if (related.has !== 'none') return { related, from, rows: [] };
  const rest = related.where.filter((group) => !isOwn(group));
  return { related: { ...related, where: rest }, from, rows: related.where.filter(isOwn) };
}

/** "No update since Tuesday": a property alone is none of the records that have it; a call, a P1 or a breach is one. */
function namesRecords(catalogue: Catalogue, words: string): boolean {
  const { phrases, keyOf, longest } = vocabularyOf(catalogue);
  const keys = wordsOf(words).map(keyOf);
  const said = keys.flatMap((_, from) =>
    Array.from({ length: longest }, (__, more) => phrases.get(keys.slice(from, from + more + 1).join(' '))),
  );
  const meanings = said.flatMap((phrase) => phrase?.meanings ?? []);
  return (
    meanings.length === 0 ||
    meanings.some(
      (one) =>
        one.kind === 'metric' ||
        one.kind === 'entity' ||
        (one.kind === 'value' && isKindOf(catalogue.dimensions.get(one.dimension))),
    )
  );
}

/** "Products that are not active": how they are themselves, and no deed of others. */
function isAdjective(catalogue: Catalogue, words: string): boolean {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(words).map(keyOf).join(' '))?.meanings ?? [];
  return (
    meanings.length > 0 &&
    meanings.every(({ kind }) => kind === 'value' || kind === 'dimension') &&
    !/(?:ed|en|ought|old)$/i.test(words)
  );
}

const isKindOf = (dimension: DimensionDefinition | undefined): boolean =>
  dimension !== undefined && /(?:^|[._])(?:kind|priority|severity|status|type|role)$/.test(dimension.path);

/** "Open tickets with account, owner and region": names of columns are no records that the rows have. */
function asksForColumns(catalogue: Catalogue, { entity, columns, where }: ListPlan): boolean {
  const said = new Set(where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const usual = catalogue.entities.get(entity)?.listColumns ?? [];
  return (
    (columns.length > 0 && said.size === 0) || columns.some((id) => !usual.includes(id) && !said.has(id))
  );
}

const mostConditions = 6;

/** "Deals without a meeting" are those that are open, as "deals" alone are, unless a state or a time says which. */
function presentRows(catalogue: Catalogue, { entity, where, time }: ListPlan): ListPlan['where'] {
  const count = usualCount(catalogue, entity);
  const isSaid = saysState(catalogue, where);
  const isState =
    count?.timeDimension === null && count.filters.every(({ op }) => op === 'eq' || op === 'in');
  return time !== null || isSaid || !isState ? where : [...where, ...filtersOf(count)];
}

/** Who has a subscription has one that runs: of records without a time of their own the present ones are meant. */
function asOfNow(catalogue: Catalogue, { entity, where, time }: ListPlan): ListPlan['where'] {
  if (time !== null || catalogue.entities.get(entity)?.defaultTime !== null) return where;
  if (saysEnd(catalogue, where)) return where;
  const count = usualCount(catalogue, entity);
  const said = new Set(where.flatMap(({ any }) => any.map(({ dimension }) => dimension)));
  const state = count === undefined ? [] : filtersOf(count);
  return [...where, ...state.filter(({ any }) => any.every(({ dimension }) => !said.has(dimension)))];
}

/** What was cancelled or has left is none of those that run. */
const saysEnd = (catalogue: Catalogue, where: ListPlan['where']): boolean =>
  where.some(({ any }) =>
    any.some(({ dimension, op }) => op === 'is_not_null' && tells(catalogue, dimension, over)),
  );

const over: ReadonlySet<DateEvent> = new Set(['cancelled', 'left', 'ends']);

/**
 * "No reply" to a ticket, and a ticket that "nobody answered", speak of its own first reply, not of an answer to a survey
 * that goes by half the same name.
 */
function isOwnMoment(
  catalogue: Catalogue,
  outer: string,
  inner: string,
  text: string,
  isVerb: boolean,
): boolean {
  const said = new Set(wordsOf(text));
  const entity = catalogue.entities.get(inner);
  const names = [entity?.label.one ?? '', entity?.label.many ?? ''].map((name) => wordsOf(name));
  if (names.some((words) => words.every((word) => said.has(word)))) return false;
  const verbs = isVerb ? [...said].slice(0, 1) : [];
  const parts = new Set([...names.flat().filter((word) => said.has(word)), ...verbs]);
  return [...catalogue.dimensions.values()].some(
    (dimension) =>
      dimension.entity === outer &&
      /^(?:date|instant)$/.test(dimension.type) &&
      [dimension.label, ...dimension.synonyms].some((name) => wordsOf(name).some((word) => parts.has(word))),
  );
}

/**
 * The records as the rows have them: those that point at the rows, or those in between that point at both (a deal and
 * its partner). Two that merely share a customer say nothing of each other.
 */
function tiedTo(catalogue: Catalogue, { outer, via }: Rows, records: ListPlan): ListPlan | null {
  if (records.entity === outer) return null;
  if (via !== null) return linkBetween(catalogue, outer, records.entity, via) ? records : null;
  const shared = linkBetween(catalogue, outer, records.entity)?.shared.id;
  // A score of a customer has what the customer has.
  const rows = catalogue.entities.get(outer);
  const owner = rows?.joins[rows.parent ?? '']?.entity;
  if (shared !== undefined && (shared === outer || owner === shared)) return records;
  if (owner !== undefined) return tiedTo(catalogue, { outer: owner, via }, records);
  const between = [...catalogue.entities.values()].filter(({ joins }) => {
    const ends = Object.values(joins).map(({ entity }) => entity);
    return [outer, records.entity].every((end) => ends.filter((one) => one === end).length === 1);
  });
  const fewest = Math.min(...between.map(({ joins }) => Object.keys(joins).length));
  const [only, another] = between.filter(({ joins }) => Object.keys(joins).length === fewest);
  if (!only || another || records.time !== null || records.subject !== 'none') return null;
  const isReached = records.where.every(({ any }) =>
    any.every(({ dimension: id }) => {
      const dimension = catalogue.dimensions.get(id);
      const way = dimension && findWay(catalogue, only.id, dimension);
      return way?.entity === (dimension && findWay(catalogue, records.entity, dimension)?.entity);
    }),
  );
  const { timeDimension: _, ...rest } = records;
  return isReached ? { ...rest, entity: only.id } : null;
}

/** "No logins in 7 days", "without any product usage": days with some of what is added up. */
function amountRows(catalogue: Catalogue, { plan }: PlannedQuestion): ListPlan | null {
  if (plan.kind !== 'metric' || plan.metrics.length > 1 || plan.groupBy.length > 0 || plan.part) return null;
  if (plan.having.length > 0 || plan.compare !== 'none' || plan.transform !== 'none') return null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  const column = metric && columnOfMetric(catalogue, metric.id);
  if (metric?.type !== 'simple' || metric.measure.aggregate !== 'sum' || !column) return null;
  const where = [
    ...plan.where,
    ...filtersOf(metric),
    { any: [{ dimension: column, op: 'gt' as const, values: [0] }] },
  ];
  return {
    kind: 'list',
    entity: metric.entity,
    columns: [],
    time: plan.time,
    where,
    orderBy: [],
    limit: 10,
    subject: plan.subject,
  };
}

/** Records of a clause. Where no time is said, any time is meant, whatever the range a figure has by itself. */
function recordsOf(catalogue: Catalogue, { plan }: PlannedQuestion): ListPlan | null {
  if (plan.kind === 'list') return plan;
  if (plan.kind !== 'metric' || plan.metrics.length > 1) return null;
  // "Calls and mails": shown side by side they are grouped by what they are filtered by.
  const filtered = plan.where.flatMap(({ any }) => any.map(({ dimension }) => dimension));
  if (plan.having.length > 0 || !plan.groupBy.every(({ dimension }) => filtered.includes(dimension)))
    return null;
  if (plan.compare !== 'none' || plan.transform !== 'none' || plan.part) return null;
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  // "Critical health": the score that is so.
  const isScore =
    metric?.type === 'simple' &&
    plan.where.length > 0 &&
    catalogue.entities.get(metric.entity)?.snapshot !== undefined;
  if (metric?.type !== 'simple' || (!/^count/.test(metric.measure.aggregate) && !isScore)) return null;
  const behind = listBehind(catalogue, { ...plan, groupBy: [] });
  return behind.ok ? { ...behind.value, time: plan.time } : null;
}
