import { addDays, localDay } from '../analysis/wording.ts';
import { buildAwayFindings } from '../analysis/workload/away-findings.ts';
import { judgeWorkload } from '../analysis/workload/judge-workload.ts';
import { buildWorkloadFindings } from '../analysis/workload/workload-findings.ts';
import type { BusinessCalendar } from '../domain/sla-policy.ts';
import { firstPresenceDay, refreshAgentDays } from '../store/agent-day-store.ts';
import { listAgentPresence, listAgentWork, replaceAgentWorkload } from '../store/agent-work-store.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

/** Days of agents farther back are not computed. */
const DAYS_BACK = 90;

/** What lies on agents' desks against their teams, how they spent their days, and teams without anybody there. */
export const workloadStep: AnalysisStep = { name: 'agent-workload', run: runWorkloadStep };

async function runWorkloadStep(context: StepContext): Promise<StepResult> {
  const { store, asOf, zone, run, changedSince } = context;
  const settings = context.settings.workload;
  const moment = { now: asOf, zone };
  const today = localDay(asOf, zone);
  const judged = judgeWorkload(await listAgentWork(store.db, asOf), settings);
  const { longestStatusHours } = settings.presence;
  const presence = await listAgentPresence(store.db, asOf, longestStatusHours);
  const calendars = calendarsOf(context);
  const calendarIdOf = (team: string) =>
    settings.presence.calendarOfTeam.get(team.toLowerCase()) ?? settings.presence.calendar;
  const workload = buildWorkloadFindings(judged, settings, moment);
  const away = buildAwayFindings(
    presence,
    (team) => calendars.get(calendarIdOf(team)) ?? null,
    settings,
    moment,
  );
  const from = await firstDay(context, today);
  const days = await context.write(async (trx) => {
    await replaceAgentWorkload(trx, today, judged, asOf);
    await replaceFindings(trx, 'agent-workload', workload, run);
    await replaceFindings(trx, 'agents-away', away, run);
    if (from === null) return 0;
    const span = { from, today, asOf, zone, changedSince, longestHours: longestStatusHours };
    return refreshAgentDays(trx, span);
  });
  const unknown = [...new Set(presence.map(({ team }) => calendarIdOf(team)))].filter(
    (id) => !calendars.has(id),
  );
  return {
    rowsRead: judged.length + presence.length,
    rowsWritten: judged.length + days + workload.length + away.length,
    findings: workload.length + away.length,
    notes: unknown.map((id) => `presence: no SLA policy uses the calendar "${id}" that workload.yml names`),
  };
}

function calendarsOf({ sla }: StepContext): ReadonlyMap<string, BusinessCalendar> {
  return new Map(sla.policies.map(({ calendar }) => [calendar.id, calendar]));
}

/** Null: nobody's presence is known. */
async function firstDay({ store, zone }: StepContext, today: string): Promise<string | null> {
  const first = await firstPresenceDay(store.db, zone);
  const earliest = addDays(today, -DAYS_BACK);
  if (first === null || first > earliest) return first;
  return earliest;
}
