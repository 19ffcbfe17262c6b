import { startOfDay } from '../analysis/local-days.ts';
import { addDays, daysBetween, localDay } from '../analysis/wording.ts';
import { buildQueueFindings, buildSessionFindings } from '../analysis/workload/channel-findings.ts';
import { loadHours } from '../analysis/workload/hour-load.ts';
import { buildLevelFindings } from '../analysis/workload/service-levels.ts';
import { listBrokenSessions, listQueueWindows, measureLevel } from '../store/channel-store.ts';
import {
  countByHourOfWeek,
  describeConversations,
  refreshFirstContacts,
  refreshRepeatCustomers,
  replaceServiceHours,
} from '../store/demand-store.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

/** Ends of months for which repeat customers are counted by the first run. */
const MONTHS_BACK = 12;

/** When customers come and who comes again, whether channels and queues work, and the levels of service. */
export const serviceStep: AnalysisStep = { name: 'service', run: runServiceStep };

async function runServiceStep(context: StepContext): Promise<StepResult> {
  const { store, asOf, zone, run } = context;
  const settings = context.settings.workload;
  const moment = { now: asOf, zone };
  const hours = await learnHours(context);
  const customers = await writeDemand(context, hours);
  // The peak hours that are asked for here have just been written.
  const measured = [];
  for (const limits of settings.levels) measured.push(await measureLevel(store.db, limits, asOf, zone));
  const sessions = buildSessionFindings(await listBrokenSessions(store.db), moment);
  const windows = await listQueueWindows(store.db, asOf, settings.queue.windowMinutes);
  const queues = buildQueueFindings(windows, settings, moment);
  const levels = buildLevelFindings(measured, settings.levels, asOf);
  await context.write(async (trx) => {
    await replaceFindings(trx, 'session-down', sessions, run);
    await replaceFindings(trx, 'queue-pressure', queues, run);
    await replaceFindings(trx, 'service-level', levels, run);
  });
  const findings = sessions.length + queues.length + levels.length;
  const few = settings.levels.length - levels.length;
  return {
    rowsRead: hours.reduce((sum, { incoming }) => sum + incoming, 0) + windows.length,
    rowsWritten: hours.length + customers + findings,
    findings,
    notes: few > 0 ? [`service: ${few} of ${settings.levels.length} levels have too few cases to judge`] : [],
  };
}

/** The whole weeks before today; fewer where the history is shorter, and nothing where there is none. */
async function learnHours({ store, asOf, zone, settings }: StepContext) {
  const today = localDay(asOf, zone);
  const { demand } = settings.workload;
  const to = startOfDay(today, zone);
  const earliest = startOfDay(addDays(today, -7 * demand.weeks), zone);
  const { firstAt, handlingSeconds } = await describeConversations(store.db, { from: earliest, to });
  if (firstAt === null) return [];
  const known = daysBetween(localDay(firstAt, zone), today);
  const weeks = Math.min(demand.weeks, Math.max(1, Math.floor(known / 7)));
  const from = startOfDay(addDays(today, -7 * weeks), zone);
  return loadHours(
    await countByHourOfWeek(store.db, { from, to, zone }),
    weeks,
    handlingSeconds,
    { demand },
    { now: asOf, zone },
  );
}

async function writeDemand(
  context: StepContext,
  hours: Awaited<ReturnType<typeof learnHours>>,
): Promise<number> {
  const { asOf, zone, changedSince } = context;
  const today = localDay(asOf, zone);
  const windowDays = context.settings.workload.repeatWindowDays;
  const days = changedSince === null ? [...monthEnds(today), today] : [today];
  return context.write(async (trx) => {
    await replaceServiceHours(trx, hours, asOf);
    const contacts = await refreshFirstContacts(trx, asOf, changedSince);
    return contacts + (await refreshRepeatCustomers(trx, days, { windowDays, zone, asOf }));
  });
}

/** Last days of the months before a day's month, oldest first. */
function monthEnds(today: string): readonly string[] {
  const ends: string[] = [];
  let first = `${today.slice(0, 8)}01`;
  for (let month = 0; month < MONTHS_BACK; month += 1) {
    const end = addDays(first, -1);
    ends.unshift(end);
    first = `${end.slice(0, 8)}01`;
  }
  return ends;
}
