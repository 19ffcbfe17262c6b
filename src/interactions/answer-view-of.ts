import type { Catalogue, EntityDefinition, MetricDefinition, SimpleMetric } from '../catalogue/catalogue.ts';
import type { DateEvent } from '../catalogue/date-event.ts';
import { simpleParts } from '../catalogue/lookup.ts';
import { entityById } from '../catalogue/paths.ts';
import type { AnswerView, AnswerViewMetric } from '../messages/answer-view.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { QueryPlan } from '../query/metric-query.ts';
import { defaultTimeInWords, timeInWords } from './time-words.ts';

/** A computed answer in the words a message needs. */
export function answerViewOf(
  catalogue: Catalogue,
  data: AnswerData,
  about: {
    readonly question: string;
    readonly plan: QueryPlan;
    readonly planner: string;
    readonly notes: readonly string[];
    readonly answerId: string;
    readonly zone: string;
  },
): AnswerView {
  const { plan } = about;
  const { provenance } = data;
  const metrics = plan.kind === 'metric' ? plan.metrics.flatMap((id) => catalogue.metrics.get(id) ?? []) : [];
  const entity = plan.kind === 'list' ? entityById(catalogue, plan.entity) : undefined;
  return {
    question: about.question,
    shape: plan.kind === 'list' ? 'records' : 'figure',
    columns: data.columns,
    rows: data.rows,
    truncated: data.truncated,
    ...(data.totals && { totals: data.totals }),
    metrics: metrics.map((metric) => metricView(catalogue, metric)),
    noun: nounOf(catalogue, entity),
    timeWords: spokenTime(catalogue, plan, metrics, provenance.time !== null),
    ...grainAsked(plan),
    rangeWords: provenance.time?.words ?? null,
    comparedRangeWords: provenance.comparedTime?.words ?? null,
    filters: provenance.filters,
    scope: provenance.scope,
    ...(provenance.whose !== undefined && { whose: provenance.whose }),
    ...directionAsked(plan),
    ...(plan.kind === 'metric' && plan.having.length > 0 && { isBounded: true }),
    ...(provenance.history === undefined ? {} : { history: provenance.history }),
    ...(provenance.steps === undefined ? {} : { steps: provenance.steps }),
    rowsRead: provenance.rowsRead,
    freshness: freshnessWords(data, about.zone),
    planner: about.planner,
    catalogueVersion: provenance.catalogueVersion,
    notes: provenance.oneWall === undefined ? about.notes : [...about.notes, oneWallNote(provenance.oneWall)],
    zone: about.zone,
    ...(plan.skip !== undefined && { skipped: plan.skip }),
    ...onePerAsked(catalogue, plan),
    chart: plan.kind === 'metric' ? plan.chart : 'none',
    answerId: about.answerId,
  };
}

function grainAsked(plan: QueryPlan): Pick<AnswerView, 'grain'> {
  const grain = plan.kind === 'metric' ? plan.groupBy.find((group) => group.grain)?.grain : undefined;
  return grain === undefined ? {} : { grain };
}

function onePerAsked(catalogue: Catalogue, { kind, onePer }: QueryPlan): Pick<AnswerView, 'onePer'> {
  const label = kind === 'list' && onePer !== undefined ? catalogue.dimensions.get(onePer)?.label : undefined;
  return label === undefined ? {} : { onePer: label };
}

function directionAsked(plan: QueryPlan): Pick<AnswerView, 'direction' | 'changeFirst'> {
  const [first] = plan.orderBy;
  if (plan.kind !== 'metric' || !first) return {};
  const { by, direction } = first;
  if (plan.metrics.includes(by)) return { direction };
  return /__change$/.test(by) ? { direction, changeFirst: by } : {};
}

/** Source and when it was last brought in, in words. */
export function freshnessWords({ provenance }: AnswerData, zone: string): readonly string[] {
  return provenance.freshness.map(({ source, syncedAt }) => `${source} ${momentInZone(syncedAt, zone)}`);
}

export const oneWallNote = (why: string): string =>
  `The rows were narrowed to yours by Heed alone, not by the database as well: ${why}.`;

/** Scores are states of an account: who lists them sees accounts. */
export function nounOf(catalogue: Catalogue, entity: EntityDefinition | undefined): AnswerView['noun'] {
  if (!entity) return { one: 'row', many: 'rows' };
  const parent = entity.snapshot && entity.parent !== undefined ? entity.joins[entity.parent] : undefined;
  return (parent && entityById(catalogue, parent.entity)?.label) ?? entity.label;
}

function metricView(catalogue: Catalogue, metric: MetricDefinition): AnswerViewMetric {
  const aggregate = metric.type === 'simple' ? metric.measure.aggregate : null;
  return {
    id: metric.id,
    label: metric.label,
    description: metric.description,
    unit: metric.format.kind === 'number' ? metric.unit : '',
    goodDirection: metric.goodDirection,
    isMoney: metric.format.kind === 'money',
    isCount:
      (aggregate === 'count' || aggregate === 'count_distinct') && simpleParts(catalogue, metric).length > 0,
    ...(aggregate === 'sum' && { isSum: true }),
  };
}

function spokenTime(
  catalogue: Catalogue,
  plan: QueryPlan,
  metrics: readonly MetricDefinition[],
  hasRange: boolean,
): string {
  const rows = plan.kind === 'metric' && plan.time?.kind === 'all' ? periodOfRows(catalogue, plan) : null;
  if (rows !== null) return rows;
  if (plan.time !== null) return timeInWords(plan.time);
  const timed = metrics
    .flatMap((metric) => simpleParts(catalogue, metric))
    .find((part) => part.timeDimension !== null);
  if (!timed) return '';
  if (timed.defaultTime.kind === 'all')
    return hasHappened(catalogue, timed) ? defaultTimeInWords({ kind: 'all' }) : '';
  return hasRange ? defaultTimeInWords(timed.defaultTime) : '';
}

/** What came in over the years is no state of now, though all of it is counted. */
function hasHappened(catalogue: Catalogue, { entity, timeDimension }: SimpleMetric): boolean {
  const event = catalogue.dimensions.get(timeDimension ?? '')?.event;
  return catalogue.entities.get(entity)?.snapshot === undefined && event !== undefined && !toCome.has(event);
}

/** What may still lie ahead: "9 campaigns of all time" would leave out those to come. */
const toCome: ReadonlySet<DateEvent> = new Set(['planned', 'scheduled', 'due', 'renews', 'expires']);

/** A figure of all time over the rows of one period says which: "with “Opened” from … to …". */
function periodOfRows(catalogue: Catalogue, { where }: QueryPlan): string | null {
  const said = where.flatMap(({ any: [filter, another] }) => {
    const dimension = catalogue.dimensions.get(filter?.dimension ?? '');
    const isDate = dimension?.type === 'date' || dimension?.type === 'instant';
    const [from, to] = filter?.values ?? [];
    const isPeriod = filter?.op === 'between' && typeof from === 'string' && typeof to === 'string';
    if (!dimension || !isDate || !isPeriod || another) return [];
    return [`with “${dimension.label}” ${timeInWords({ kind: 'between', from, to })}`];
  });
  return said[0] ?? null;
}

function momentInZone(instant: string, zone: string): string {
  const at = new Date(instant);
  if (Number.isNaN(at.getTime())) return instant;
  const written = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);
  return `${written} ${zone}`;
}
