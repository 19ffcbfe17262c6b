import type { Catalogue, DimensionDefinition, SimpleMetric } from '../../../catalogue/catalogue.ts';
import { linkBetween } from '../../../catalogue/link.ts';
import { dimensionsOf } from '../../../catalogue/lookup.ts';
import type { Beside, ListPlan, MetricPlan } from '../../../query/metric-query.ts';
import type { PlannedQuestion } from '../../planner.ts';
import { columnOfMetric, filtersOf } from '../compose/draft.ts';
import { namingDimension, reachable } from '../compose/reach.ts';
import { vocabularyOf, wordsOf } from '../vocabulary.ts';
import { fieldIn } from './field-names.ts';
import type { PlanWords } from './with-related.ts';

/** What the name of a column stands for: a property that the rows reach, or what other records of theirs tell. */
export type Shown =
  | { readonly kind: 'own'; readonly id: string }
  | { readonly kind: 'beside'; readonly beside: Beside; readonly isCount: boolean };

export interface Asked {
  readonly catalogue: Catalogue;
  readonly planWords: PlanWords;
  readonly rows: ListPlan;
}

const lengths =
  /^(?:age|(?:total )?(?:days|hours|time|how long)(?: (?:they|it|each)(?: have| has|'ve)? been)? open|open (?:for|since)|how long|duration|days outstanding|(?:how long )?waiting(?: time)?|open (?:days|time))$/i;
const resolution =
  /^(?:resolution|solution|handling|solving|closing) times?$|^times? (?:to (?:resolve|solve|close|resolution)|until (?:solved|resolved|closed))$/i;
const moments = /^(?<which>last|latest|most recent|newest|first|earliest|oldest|next|upcoming) (?<noun>.+)$/i;
const counts = /^(?:(?:the )?(?:number|count) of (?<what>.+)|(?<counted>.+?) counts?)$/i;
const dateNoun = / (?:date|day|time)(?= |$)/i;

/** "Age", "resolution time": how long something of the record took. */
export const isLength = (name: string): boolean => lengths.test(name) || resolution.test(name);

/** The column that a name asks for; null: there is none, or nothing tells which. */
export function shownBy(asked: Asked, said: string): Shown | null {
  const { catalogue, rows } = asked;
  const name = said.replace(/^(?:current|their|its|the|my|our) (?!stage|status)/i, '').trim();
  const length = ownLength(catalogue, rows, name);
  if (length !== null) return { kind: 'own', id: length };
  const moment = moments.exec(name)?.groups;
  if (moment) return momentOf(asked, moment['which'] ?? '', moment['noun'] ?? '');
  const number = numberOf(asked, name);
  if (number !== null) return { kind: 'own', id: number };
  const own = isCount(catalogue, name) ? null : fieldIn(catalogue, rows, name);
  if (own !== null && !isRecordOfOthers(asked, own)) return { kind: 'own', id: own };
  return figureOf(asked, name) ?? dateOfOthers(asked, name) ?? latestOf(asked, name);
}

/** "Age", "days open": the length of the rows' own that runs on; "resolution time": any from beginning to end. */
export function ownLength(catalogue: Catalogue, rows: ListPlan, name: string): string | null {
  const isEnded = resolution.test(name);
  if (!isEnded && !lengths.test(name)) return null;
  const own = dimensionsOf(catalogue, rows.entity).filter(
    ({ entity, format, hidden }) => entity === rows.entity && format?.kind === 'duration' && hidden !== true,
  );
  const running = own.filter(({ isOngoing }) => isOngoing === true);
  const [only, another] = running.length > 0 || !isEnded ? running : own;
  return only && !another ? only.id : null;
}

/** "Open tickets" is a number, whatever property has both words in its name. */
function isCount(catalogue: Catalogue, name: string): boolean {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(name).map(keyOf).join(' '))?.meanings ?? [];
  const counts = meanings.filter((one) => {
    const metric = one.kind === 'metric' ? catalogue.metrics.get(one.id) : undefined;
    return metric?.type === 'simple' && metric.measure.aggregate === 'count';
  });
  return counts.length > 0 && counts.length === meanings.length;
}

/** "Health" of health scores: the number that the figure of that name is made of, not the name of the records. */
function numberOf({ catalogue, rows }: Asked, name: string): string | null {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(name).map(keyOf).join(' '))?.meanings ?? [];
  const [twin] = meanings.flatMap((one) =>
    one.kind === 'metric' ? (columnOfMetric(catalogue, one.id) ?? []) : [],
  );
  return catalogue.dimensions.get(twin ?? '')?.entity === rows.entity ? (twin ?? null) : null;
}

/** Scores that records hold of themselves are fine; the name of other records is not their number. */
function isRecordOfOthers({ catalogue, rows }: Asked, id: string): boolean {
  const dimension = catalogue.dimensions.get(id);
  return dimension === undefined || reachable(catalogue, rows.entity, [dimension.id]).length === 0;
}

/** "Last meeting", "next renewal date", "first purchase of Quorum Vault": when the first or the last of them is. */
function momentOf(asked: Asked, which: string, noun: string): Shown | null {
  const plain = noun.replace(dateNoun, '');
  const own = fieldIn(asked.catalogue, asked.rows, `${which} ${noun}`);
  if (own !== null && saysAll(asked.catalogue, own, `${which} ${plain}`)) return { kind: 'own', id: own };
  const end = /^upcoming$/i.test(which) ? 'next' : which;
  const planned = asked.planWords(`${end} ${plain}`) ?? asked.planWords(`my ${end} ${plain}`);
  return besideOfOne(asked, planned);
}

const saysAll = (catalogue: Catalogue, id: string, words: string): boolean => {
  const dimension = catalogue.dimensions.get(id);
  const wanted = wordsOf(words);
  return [dimension?.label ?? '', ...(dimension?.synonyms ?? [])].some((name) => {
    const said = new Set(wordsOf(name));
    return wanted.every((word) => said.has(word));
  });
};

/** A list of one record by its time, as the time of the first or the last of those of each row. */
function besideOfOne({ catalogue, rows }: Asked, planned: PlannedQuestion | null): Shown | null {
  const plan = planned?.plan;
  if (plan?.kind !== 'list' || plan.limit !== 1 || plan.related !== undefined || plan.onePer) return null;
  const [order, more] = plan.orderBy;
  const dimension = catalogue.dimensions.get(order?.by ?? '');
  if (!order || more || !dimension || !/^(?:date|instant)$/.test(dimension.type)) return null;
  if (!isTied(catalogue, rows.entity, plan.entity)) return null;
  const show = order.direction === 'asc' ? 'lowest' : 'highest';
  return { kind: 'beside', beside: { ...recordsOf(plan), show, dimension: dimension.id }, isCount: false };
}

const recordsOf = ({ entity, where, time, timeDimension, subject }: ListPlan) => ({
  entity,
  where,
  time,
  ...(timeDimension !== undefined && { timeDimension }),
  // "My accounts" are the asker's already, whoever had the call.
  subject,
});

const isTied = (catalogue: Catalogue, outer: string, inner: string): boolean =>
  linkBetween(catalogue, outer, inner) !== null;

/** "Open tickets", "MRR", "health": a figure of the catalogue, told of each row alone. */
function figureOf(asked: Asked, name: string): Shown | null {
  const groups = counts.exec(name)?.groups;
  const counted = groups?.['what'] ?? groups?.['counted'];
  const planned = asked.planWords(counted === undefined ? name : `how many ${counted}`);
  const plan = planned?.plan;
  if (plan?.kind === 'list') return listed(asked, plan);
  return plan?.kind === 'metric' ? besideOfMetric(asked, plan) : null;
}

/** "Open tickets" asks for their list when it stands alone; beside others it is their number. */
function listed({ catalogue, rows }: Asked, plan: ListPlan): Shown | null {
  const isPlain = plan.orderBy.length === 0 && plan.related === undefined && plan.onePer === undefined;
  if (!isPlain || plan.where.length === 0 || !isTied(catalogue, rows.entity, plan.entity)) return null;
  return { kind: 'beside', beside: { ...recordsOf(plan), show: 'count' }, isCount: true };
}

export function besideOfMetric({ catalogue, rows }: Asked, plan: MetricPlan): Shown | null {
  const metric = catalogue.metrics.get(plan.metrics[0] ?? '');
  const isPlain =
    plan.metrics.length === 1 &&
    plan.groupBy.length === 0 &&
    plan.having.length === 0 &&
    plan.part === undefined &&
    plan.related === undefined &&
    plan.compare === 'none';
  if (!isPlain || metric?.type !== 'simple') return null;
  const twin = columnOfMetric(catalogue, metric.id);
  const own = twin === null ? [] : reachable(catalogue, rows.entity, [twin]);
  if (own[0] && plan.where.length === 0 && own[0].dimension.entity === metric.entity)
    return { kind: 'own', id: own[0].dimension.id };
  const show = aggregateOf(metric);
  if (show === null || !isTied(catalogue, rows.entity, metric.entity)) return null;
  const dimension = show === 'count' ? null : twin;
  if (show !== 'count' && dimension === null) return null;
  const beside: Beside = {
    entity: metric.entity,
    show,
    ...(dimension !== null && { dimension }),
    where: [...filtersOf(metric), ...plan.where].slice(0, 6),
    time: plan.time,
    ...(plan.time !== null && metric.timeDimension !== null && { timeDimension: metric.timeDimension }),
    subject: plan.subject,
  };
  return { kind: 'beside', beside, isCount: show === 'count' };
}

function aggregateOf({ measure }: SimpleMetric): Beside['show'] | null {
  if (measure.times !== undefined || measure.since !== undefined || measure.steps !== undefined) return null;
  if (measure.aggregate === 'count') return 'count';
  if (measure.aggregate === 'sum') return 'sum';
  if (measure.aggregate === 'avg') return 'average';
  return null;
}

/** "Renewal date" of an account: that of the next of its subscriptions, else of the last one. */
function dateOfOthers(asked: Asked, name: string): Shown | null {
  if (!dateNoun.test(name)) return null;
  const noun = name
    .replace(dateNoun, '')
    .replace(/ of (?:the |their )?(?:customers?|accounts?|clients?)$/i, '');
  return (
    besideOfOne(asked, asked.planWords(`next ${noun}`)) ?? besideOfOne(asked, asked.planWords(`last ${noun}`))
  );
}

/** "CE number" of a ticket, "plan" of a customer: what the newest of those records has. */
function latestOf({ catalogue, rows }: Asked, name: string): Shown | null {
  const { phrases, keyOf } = vocabularyOf(catalogue);
  const meanings = phrases.get(wordsOf(name).map(keyOf).join(' '))?.meanings ?? [];
  const ids = meanings.flatMap((one) => {
    if (one.kind === 'dimension') return [one.id];
    return one.kind === 'entity' ? (namingDimension(catalogue, one.id) ?? []) : [];
  });
  const found = ids.flatMap((id) => {
    const dimension = catalogue.dimensions.get(id);
    const isOther = dimension !== undefined && isTied(catalogue, rows.entity, dimension.entity);
    return isOther && tellerOf(catalogue, rows.entity, dimension) !== null ? [dimension] : [];
  });
  const [only, another] = found;
  if (!only || another) return null;
  const shown = latestIn(only.entity, only.id);
  const show = tellerOf(catalogue, rows.entity, only);
  return show === null || shown.kind === 'own' ? null : { ...shown, beside: { ...shown.beside, show } };
}

/** Of what there is one of for each row, any; else the newest by its time. */
function tellerOf(
  catalogue: Catalogue,
  outer: string,
  { entity: id, type }: DimensionDefinition,
): 'highest' | 'latest' | null {
  const entity = catalogue.entities.get(id);
  const isOnly = entity?.onePerParent !== undefined && entity.joins[entity.parent ?? '']?.entity === outer;
  if (isOnly && /^(?:number|date|instant)$/.test(type)) return 'highest';
  return entity?.defaultTime == null ? null : 'latest';
}

export const latestIn = (entity: string, dimension: string): Shown => ({
  kind: 'beside',
  beside: { entity, show: 'latest', dimension, where: [], time: null, subject: 'none' },
  isCount: false,
});
