/**
 * Door of the query room. In: a plan, and who asks. Out: rows with everything needed to check them, or issues that
 * say what to ask instead. It never takes SQL, tables, scope, zone or date from the plan, and never writes.
 */
import type { Asker } from '../access/asker.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { filterCatalogue } from '../catalogue/filter-catalogue.ts';
import { simpleParts } from '../catalogue/lookup.ts';
import { entityById, findWay } from '../catalogue/paths.ts';
import type { Store } from '../store/database.ts';
import { QueryTimeoutError } from '../store/errors.ts';
import type { Clock } from '../toolkit/clock.ts';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import type { AnswerData, Provenance } from './answer-data.ts';
import { checkMetricPlan } from './check-metric-plan.ts';
import { type CostGate, TooExpensiveError } from './cost-gate.ts';
import { findFreshness } from './freshness.ts';
import type { QueryPlan } from './metric-query.ts';
import { filtersOfPlan, relatedOf } from './plan-conditions.ts';
import type { Names } from './require-names.ts';
import type { TimeSettings } from './resolve/calendar-units.ts';
import type { ResultCache } from './result-cache.ts';
import { enterWall } from './row-security/enter-wall.ts';
import { joinedBehindWall, type RowSecurity, rowSecurityOf } from './row-security/row-policies.ts';
import { runListPlan } from './run-list-plan.ts';
import { type Computed, runMetricPlan } from './run-metric-plan.ts';
import { reachOf } from './scope/answer-reach.ts';
import { startWork, type Work } from './work.ts';

/** What a question needs besides its plan. */
export interface QueryContext {
  readonly store: Pick<Store, 'readOnly'>;
  /** The whole catalogue; what the asker's role may see of it is worked out here. */
  readonly catalogue: Catalogue;
  readonly asker: Asker;
  readonly clock: Clock;
  /** IANA zone that days and weeks are counted in; usually the asker's. */
  readonly zone: string;
  readonly fiscalStartMonth?: number;
  readonly fiscalYearNamedBy?: TimeSettings['fiscalYearNamedBy'];
  /** Default is 5,000. */
  readonly limitMs?: number;
  /** Statements above it are refused before they run; absent: only the time limit holds. */
  readonly costGate?: CostGate;
  /** Absent: every question is computed. */
  readonly cache?: ResultCache;
  /** A list gives the ids of its rows as well. */
  readonly withRowIds?: boolean;
  /** Words of the plan that must be whole words of a stored name: neither its beginning nor nearly it. */
  readonly wholeNames?: readonly string[];
  /** The second wall that the database should have; default: that of the catalogue. */
  readonly rowSecurity?: RowSecurity;
}

const defaultLimitMs = 5000;

/**
 * Answers a plan on one read-only snapshot.
 *
 * @returns rows and provenance, or issues: unknown or unfit names, values that were not found or fit several, ranges
 *   that do not exist, rows that the role does not see, a question that took too long
 */
export function runQuery(context: QueryContext, plan: QueryPlan): Promise<Result<AnswerData>> {
  const { cache, catalogue, asker, zone, fiscalStartMonth, fiscalYearNamedBy, withRowIds } = context;
  // A wall of one's own is for comparing walls, never for asking twice.
  if (cache === undefined || context.rowSecurity !== undefined) return computeQuery(context, plan);
  const settings = [fiscalStartMonth, fiscalYearNamedBy, withRowIds === true, context.wholeNames ?? []];
  const question = { plan, asker, zone, catalogueVersion: catalogue.version, settings };
  return cache.answer(question, () => computeQuery(context, plan));
}

async function computeQuery(context: QueryContext, plan: QueryPlan): Promise<Result<AnswerData>> {
  const started = performance.now();
  const { catalogue, asker, zone } = context;
  const settings: TimeSettings = {
    now: context.clock.now(),
    zone,
    ...(context.fiscalStartMonth !== undefined && { fiscalStartMonth: context.fiscalStartMonth }),
    ...(context.fiscalYearNamedBy !== undefined && { fiscalYearNamedBy: context.fiscalYearNamedBy }),
  };
  const names: Names = { all: catalogue, mine: filterCatalogue(catalogue, asker.role), role: asker.role };
  try {
    return await context.store.readOnly(context.limitMs ?? defaultLimitMs, async (trx) => {
      const security = context.rowSecurity ?? rowSecurityOf(catalogue);
      const entered = await enterWall(trx, asker, security, tablesOf(names, plan));
      const visible = entered.isFenced ? joinedBehindWall(names.mine) : names.mine;
      const work = startWork(trx, visible, asker, settings, entered.teamName, context);
      const computed = await compute(work, names, plan, context.withRowIds);
      if (!computed.ok) return computed;
      const reach = await reachOf(work, plan, computed.value);
      const freshness = await findFreshness(trx, visible, computed.value.entityIds);
      const { columns, rows, rowIds, truncated, totals } = computed.value;
      const elapsedMs = Math.round(performance.now() - started);
      return ok({
        columns,
        rows,
        ...(rowIds && { rowIds }),
        truncated,
        ...(totals && { totals }),
        provenance: {
          ...provenanceOf(work, names, plan, computed.value, freshness, elapsedMs),
          ...reach,
          ...(entered.problem !== null && { oneWall: entered.problem }),
        },
      });
    });
  } catch (error) {
    if (error instanceof TooExpensiveError) {
      return fail({
        code: 'too-expensive',
        path: '',
        message:
          'This would read too much at once; narrow it: a shorter time range, one customer or team, or fewer groups.',
      });
    }
    if (!(error instanceof QueryTimeoutError)) throw error;
    return fail({
      code: 'query-timeout',
      path: '',
      message: `The question took longer than ${Math.round(error.limitMs / 1000)} seconds; narrow it, for example to a shorter range.`,
    });
  }
}

/** Tables whose own rows the question may read: those it counts or lists, and those that its words are looked up in. */
function tablesOf({ all }: Names, plan: QueryPlan): readonly string[] {
  const counted =
    plan.kind === 'list'
      ? [plan.entity]
      : plan.metrics.flatMap((id) => {
          const metric = all.metrics.get(id);
          return metric ? simpleParts(all, metric).map((part) => part.entity) : [];
        });
  const beside = relatedOf(plan).map(({ entity }) => entity);
  const named = filtersOfPlan(plan).flatMap(({ dimension }) => {
    const found = all.dimensions.get(dimension);
    if (!found) return [];
    return [...counted, ...beside].flatMap((id) => findWay(all, id, found)?.entity ?? []);
  });
  const joined = [...counted, ...beside].flatMap((id) => ownTablesBehind(all, id));
  return [
    ...new Set(
      [...counted, ...beside, ...named, ...joined].flatMap((id) => entityById(all, id)?.table ?? []),
    ),
  ];
}

/** Entities over tables of one's own that an entity's rows lead to: those are read themselves, not through views. */
function ownTablesBehind(catalogue: Catalogue, start: string): readonly string[] {
  const reached = new Set([start]);
  for (const id of reached)
    for (const join of Object.values(entityById(catalogue, id)?.joins ?? {})) reached.add(join.entity);
  return [...reached].filter((id) => entityById(catalogue, id)?.stored !== undefined);
}

async function compute(
  work: Work,
  names: Names,
  plan: QueryPlan,
  withRowIds = false,
): Promise<Result<Computed>> {
  if (plan.kind === 'list') return runListPlan(work, names, plan, withRowIds);
  const checked = checkMetricPlan(names, plan);
  return checked.ok ? runMetricPlan(work, checked.value) : checked;
}

function provenanceOf(
  work: Work,
  { mine }: Names,
  plan: QueryPlan,
  computed: Computed,
  freshness: Provenance['freshness'],
  elapsedMs: number,
): Provenance {
  const metrics = plan.kind === 'metric' ? plan.metrics.flatMap((id) => mine.metrics.get(id) ?? []) : [];
  const described = [...new Set(metrics.flatMap((metric) => [metric, ...simpleParts(mine, metric)]))];
  const [only, ...more] = work.statements;
  const { time, comparedTime } = computed;
  return {
    plan,
    metrics: described.map(({ id, label, description }) => ({ id, label, description })),
    time: time && { start: time.start, end: time.end, zone: work.settings.zone, words: time.words },
    comparedTime: comparedTime && {
      start: comparedTime.start ?? '',
      end: comparedTime.end ?? '',
      words: comparedTime.words,
    },
    filters: computed.filters,
    scope: scopeWords(work, plan, computed.entityIds),
    rowsRead: computed.rowsRead,
    freshness,
    ...(computed.history.length > 0 && { history: computed.history.join('; ') }),
    ...(computed.steps.length > 0 && { steps: computed.steps }),
    catalogueVersion: mine.version,
    sql: work.statements.map(({ sql }) => sql).join(';\n'),
    parameters:
      only && more.length === 0 ? only.parameters : work.statements.map(({ parameters }) => parameters),
    elapsedMs,
  };
}

function scopeWords(work: Work, plan: QueryPlan, entityIds: readonly string[]): string {
  const scopes = entityIds.flatMap((id) => {
    const entity = entityById(work.catalogue, id);
    return entity ? [work.scope(entity).words] : [];
  });
  const subject = {
    none: '',
    me: ', only yours',
    my_team: ", only your team's",
    my_accounts: ', only of accounts you own',
    my_teams_accounts: ', only of accounts your team owns',
  }[plan.subject];
  return `${[...new Set(scopes)].join('; ')}${subject}`;
}
