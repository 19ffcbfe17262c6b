import { refreshSlaFindings } from '../jobs/analysis-sla-refresh.ts';
import type { FastPath } from '../jobs/fast-path.ts';
import { evaluateOwnAlerts } from '../jobs/own-alerts.ts';
import { buildScheduler, type Job, jobTable } from '../jobs/schedule.ts';
import { watchAnalyser } from '../jobs/watch-analyser.ts';
import type { Connector } from '../sources/connector.ts';
import { analyse, analysisDeps } from './analyse.ts';
import { buildConnectors } from './connectors.ts';
import { postDueDigests } from './digests.ts';
import { evaluate, evaluateTouched } from './evaluate.ts';
import type { Heed } from './open-heed.ts';
import { resumeErasures } from './privacy.ts';
import { silentProgress } from './progress.ts';
import { pruneStore } from './prune.ts';
import { syncSources } from './sync.ts';

export interface RunningJobs {
  /** Resolves when the jobs in hand have ended. */
  stop(): Promise<void>;
}

/** Starts the table of jobs: analyse, evaluate the alert rules, post the digests that are due, prune. */
export function startJobs(
  heed: Heed,
  channels: ReadonlyMap<string, string>,
  kick: () => void,
  fastPath: FastPath,
  /** False in a demo: a real system has no business in a made-up company. */
  { syncs }: { readonly syncs: boolean } = { syncs: true },
): RunningJobs {
  const { HEED_ANALYSIS_CRON: analysis, HEED_ALERTS_CRON: alerts, HEED_TIME_ZONE: zone } = heed.config;
  const { HEED_PRUNE_CRON: pruning, HEED_SYNC_CRON: syncing } = heed.config;
  const connectors = syncs ? buildConnectors(heed.config) : [];
  const stopping = new AbortController();
  const tellAbout: Job['run'] = async () => {
    const { subjectIds } = await refreshSlaFindings(analysisDeps(heed));
    await fastPath.takeUpLeftOver();
    await watchAnalyser({ store: heed.store, clock: heed.clock, zone });
    const { rules } = await evaluate(heed, channels);
    // A run counts once for an open alert; what rose since is told now and not at the next run.
    if (subjectIds.length > 0) await evaluateTouched(heed, channels, { kind: 'sla-clock', subjectIds });
    const ownAlerts = await evaluateOwnAlerts({
      store: heed.store,
      catalogue: heed.catalogue,
      clock: heed.clock,
      platform: 'slack',
      zone,
      fiscalStartMonth: heed.settings.pipeline.fiscalStartMonth,
    });
    const digests = await postDueDigests(heed, channels);
    kick();
    return { rules, ownAlerts, digests };
  };
  const scheduler = buildScheduler({
    store: heed.store,
    log: heed.log,
    zone,
    jobs: jobTable(
      {
        analyse: async () => {
          const { runId, state, seconds, findings } = await analyse(heed);
          return { runId, state, seconds, findings };
        },
        evaluateAlerts: tellAbout,
        prune: () => pruneStore(heed),
        sync: connectors.length === 0 ? undefined : () => sync(heed, connectors, stopping.signal),
      },
      { analysis, alerts, prune: pruning, sync: syncing },
    ),
  });
  scheduler.start();
  // An erasure that a crash cut off goes on where it was; what it revises, the relay edits.
  const resumed = resumeErasures(heed)
    .then((count) => {
      if (count > 0) kick();
    })
    .catch((error: unknown) =>
      heed.log.error({ error }, 'an erasure could not be finished; heed privacy resume'),
    );
  return {
    stop: async () => {
      // A sync ends after the page in hand.
      stopping.abort();
      await scheduler.stop();
      await resumed;
    },
  };
}

async function sync(heed: Heed, connectors: readonly Connector[], signal: AbortSignal): Promise<unknown> {
  const reports = await syncSources(heed, connectors, { signal }, silentProgress);
  for (const { source, state, issues } of reports)
    if (state === 'failed') heed.log.error({ source, issues }, 'a live source could not be read');
  return reports.map(({ source, state, rowsRead, stored, rowsRejected }) => ({
    source,
    state,
    rowsRead,
    stored,
    rowsRejected,
  }));
}
