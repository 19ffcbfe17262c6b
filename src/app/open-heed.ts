import type { Asker } from '../access/asker.ts';
import { type AlertCatalogue, loadAlertCatalogue } from '../catalogue/alert-rules.ts';
import { loadAnalyserSettings } from '../catalogue/analyser-settings.ts';
import type { Board } from '../catalogue/boards.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { type ChannelClearance, loadChannelClearances } from '../catalogue/channels.ts';
import { type Digest, loadDigests } from '../catalogue/digests.ts';
import { loadHealthSettings } from '../catalogue/health.ts';
import { folderHolding } from '../catalogue/layers.ts';
import { loadSlaPolicies } from '../catalogue/sla.ts';
import type { Config } from '../config/load-config.ts';
import type { AnalyserSettings } from '../domain/analyser-settings.ts';
import type { HealthSettings } from '../domain/health-profile.ts';
import type { SlaPolicies } from '../domain/sla-policy.ts';
import type { AnswerData } from '../query/answer-data.ts';
import type { CostGate } from '../query/cost-gate.ts';
import type { QueryPlan } from '../query/metric-query.ts';
import { createResultCache, type ResultCache } from '../query/result-cache.ts';
import { raiseWall } from '../query/row-security/raise-wall.ts';
import { runQuery } from '../query/run-query.ts';
import { createNameBook, type NameBook } from '../query/seen-names.ts';
import { createSpreadBook, type SpreadBook } from '../query/spread.ts';
import { createValueBook, type ValueBook } from '../query/stored-values.ts';
import { openStore, type Store } from '../store/database.ts';
import { migrateUp } from '../store/migrate.ts';
import { type Clock, systemClock } from '../toolkit/clock.ts';
import { type Issue, type Result, UserError } from '../toolkit/issue.ts';
import type { Log } from '../toolkit/log.ts';
import { createDraw, type Draw } from './draw.ts';
import { createLog } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { createModelAllowance } from './model-allowance.ts';
import { createUnderstanding, type Understanding } from './planner.ts';
import { inStep, type Progress, silentProgress } from './progress.ts';
import { type AskedCatalogue, checkOwnTables, readAskedCatalogue } from './read-catalogue.ts';

/** Everything that a verb works with, built once and closed in order. */
export interface Heed extends Understanding {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Store;
  /** As it was read last: the service reads it again when its files change. */
  readonly catalogue: Catalogue;
  readonly boards: ReadonlyMap<string, Board>;
  /** From here on questions are asked with this. */
  readonly exchange: (next: AskedCatalogue) => void;
  readonly alerts: AlertCatalogue;
  readonly clearances: ReadonlyMap<string, ChannelClearance>;
  readonly digests: readonly Digest[];
  readonly sla: SlaPolicies;
  readonly health: HealthSettings;
  readonly settings: AnalyserSettings;
  readonly draw: Draw;
  /** How rows spread over dimensions: the order of menus. */
  readonly spreads: SpreadBook;
  /** Values that stand in few-valued columns: words that planners recognise. */
  readonly values: ValueBook;
  readonly names: NameBook;
  readonly metrics: Metrics;
  /** Answers of the last half minute. */
  readonly cache: ResultCache;
  readonly costGate?: CostGate;
  /** Runs a plan under somebody's scope, with the catalogue that their role may use. */
  readonly run: (asker: Asker, plan: QueryPlan) => Promise<Result<AnswerData>>;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly progress?: Progress;
  readonly clock?: Clock;
  /** Address of a local stand-in for Bedrock; see `createUnderstanding`. */
  readonly standIn?: { readonly url: string };
}

/**
 * Reads the catalogue, opens the store and brings it up to date (an embedded one always; a server only when it is
 * empty or behind).
 *
 * @throws UserError with every mistake in the catalogue, file and line
 */
export async function openHeed(config: Config, options: OpenOptions = {}): Promise<Heed> {
  const progress = options.progress ?? silentProgress;
  const clock = options.clock ?? systemClock;
  const { asked, settings: parts } = readCatalogue(config.catalogueFolders);
  let current: AskedCatalogue = asked;
  const { log, close: closeLog } = createLog(config.home, config.HEED_LOG_LEVEL);
  const store = await inStep(
    progress,
    config.DATABASE_URL === undefined ? 'Starting the embedded Postgres' : 'Connecting to Postgres',
    () =>
      openStore({
        home: config.home,
        ...(config.DATABASE_URL === undefined ? {} : { databaseUrl: config.DATABASE_URL }),
        onEvent: (event) => log.info({ event }, 'store'),
      }),
  );
  try {
    await inStep(
      progress,
      'Migrating',
      (step) => migrateUp(store, (name) => step.update(name)),
      ({ applied }) => (applied.length === 0 ? 'up to date' : `${applied.length} applied`),
    );
    const problems = await checkOwnTables(store, asked.loaded);
    if (problems.length > 0) throw new UserError(problems);
    const wall = await raiseWall(store, asked.catalogue);
    if (!wall.isUp)
      log.warn(
        { problem: wall.problem },
        'row-level security is off: only Heed itself narrows rows to askers',
      );
    else if (wall.uncovered.length > 0)
      log.warn(
        { tables: wall.uncovered },
        'row-level security does not cover tables that somebody else owns',
      );
  } catch (error) {
    await store.close();
    await closeLog();
    throw error;
  }
  const metrics = createMetrics();
  const cache = createResultCache(store, clock);
  const mostCost = config.HEED_QUERY_COST_LIMIT;
  const gate = mostCost === 0 ? {} : { costGate: { mostCost } };
  const spreads = createSpreadBook(store, () => current.catalogue, clock);
  const values = createValueBook(store, () => current.catalogue, clock);
  return {
    ...parts,
    get catalogue() {
      return current.catalogue;
    },
    get boards() {
      return current.boards;
    },
    exchange: (next) => {
      current = next;
    },
    spreads,
    values,
    names: createNameBook(store, () => current.catalogue, clock),
    metrics,
    cache,
    ...gate,
    config,
    clock,
    log,
    store,
    draw: createDraw(config, log),
    ...createUnderstanding(config, {
      log,
      clock,
      allowance: createModelAllowance(store, config, metrics.spent),
      ...(options.standIn === undefined ? {} : { standIn: options.standIn }),
    }),
    run: (asker, plan) =>
      runQuery(
        {
          store,
          catalogue: current.catalogue,
          asker,
          clock,
          zone: asker.zone,
          cache,
          ...gate,
          fiscalStartMonth: parts.settings.pipeline.fiscalStartMonth,
        },
        plan,
      ),
    close: async () => {
      await spreads.settled();
      await values.settled();
      await store.close();
      await closeLog();
    },
  };
}

/** Everything of the catalogue, or every mistake in any of its files. */
function readCatalogue(folders: readonly string[]) {
  const asked = readAskedCatalogue(folders);
  const holding = (file: string): string => folderHolding(folders, file);
  const parts = {
    alerts: loadAlertCatalogue(folders),
    clearances: loadChannelClearances(holding('channels.yml')),
    digests: loadDigests(holding('digests.yml')),
    sla: loadSlaPolicies(holding('sla.yml')),
    health: loadHealthSettings(holding('health.yml')),
    settings: loadAnalyserSettings(folders),
  };
  const issues = [asked, ...Object.values(parts)].flatMap((part): readonly Issue[] =>
    part.ok ? [] : part.issues,
  );
  if (issues.length > 0) throw new UserError(issues);
  return {
    asked: settled(asked),
    settings: {
      alerts: settled(parts.alerts),
      clearances: settled(parts.clearances),
      digests: settled(parts.digests),
      sla: settled(parts.sla),
      health: settled(parts.health),
      settings: settled(parts.settings),
    },
  };
}

function settled<T>(part: Result<T>): T {
  if (!part.ok) throw new UserError(part.issues);
  return part.value;
}
