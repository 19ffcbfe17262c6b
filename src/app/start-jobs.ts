import { refreshSlaFindings } from '../jobs/analysis-sla-refresh.ts';
import type { FastPath } from '../jobs/fast-path.ts';
import { buildScheduler, type Job, jobTable } from '../jobs/schedule.ts';
import { analyse, analysisDeps } from './analyse.ts';
import { postDueDigests } from './digests.ts';
import { evaluate } from './evaluate.ts';
import type { Heed } from './open-heed.ts';
import { resumeErasures } from './privacy.ts';
import { pruneStore } from './prune.ts';

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
): RunningJobs {
  const { HEED_ANALYSIS_CRON: analysis, HEED_ALERTS_CRON: alerts, HEED_TIME_ZONE: zone } = heed.config;
  const { HEED_PRUNE_CRON: pruning } = heed.config;
  const tellAbout: Job['run'] = async () => {
    await refreshSlaFindings(analysisDeps(heed));
    await fastPath.takeUpLeftOver();
    const { rules } = await evaluate(heed, channels);
    const digests = await postDueDigests(heed, channels);
    kick();
    return { rules, digests };
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
      },
      { analysis, alerts, prune: pruning },
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
      await scheduler.stop();
      await resumed;
    },
  };
}
