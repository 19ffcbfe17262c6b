import { z } from 'zod';
import { groupBy } from '../analysis/group-by.ts';
import type { AccountSignals } from '../analysis/health/account-signals.ts';
import { portfolioReference } from '../analysis/health/contributions.ts';
import { buildHealthFinding, type PastScore } from '../analysis/health/health-findings.ts';
import type { HealthScore } from '../analysis/health/health-score.ts';
import { momentOf, pastDays, scoreAccount } from '../analysis/health/score-portfolio.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import {
  listHealthAccounts,
  listHealthScoresSince,
  listIncidentsSince,
  listSurveysSince,
  listTonesSince,
  listUsageSince,
  saveHealthScores,
} from '../store/analysis-health.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

const DAY_MS = 86_400_000;
/** Usage window, late feed and a day at each end. */
const USAGE_DAYS = 40;
const INCIDENT_DAYS = 31;
const SURVEY_DAYS = 181;
const TONE_DAYS = 91;

const storedComponents = z.array(z.object({ name: z.string(), score: z.number() })).catch([]);

/**
 * Health of every account today, by every profile. Accounts without any past score get one for each of the last 29
 * days as well, computed from what was known then; later runs add one row a day.
 */
export const healthStep: AnalysisStep = { name: 'account-health', run: runHealthStep };

async function runHealthStep(context: StepContext): Promise<StepResult> {
  const { asOf, zone, health } = context;
  const today = localDay(asOf, zone);
  const days = pastDays(today);
  const { signals, feedDays, rowsRead } = await loadSignals(context, days[0] ?? today);
  const stored = await loadPast(context, days[0] ?? today, today);
  const momentsBefore = days.map((day) => momentOf(day, today, asOf, zone, feedDays));
  const now = momentOf(today, today, asOf, zone, feedDays);
  const scoresToday: HealthScore[] = [];
  const scoresBefore: HealthScore[] = [];
  for (const one of signals) {
    scoresToday.push(...scoreAccount(one, now, health));
    const unknown = health.profiles.filter(({ id }) => !stored.has(keyOf(id, one.account.id)));
    if (unknown.length === 0) continue;
    for (const moment of momentsBefore) {
      const scores = scoreAccount(one, moment, { ...health, profiles: unknown });
      scoresBefore.push(...scores.filter(({ score }) => score !== null));
    }
  }
  for (const score of scoresBefore) {
    const key = keyOf(score.profile, score.accountId);
    stored.set(key, [...(stored.get(key) ?? []), toPast(score)]);
  }
  const active = scoresToday.filter(({ profile }) => profile === health.activeProfile.id);
  const findings = buildFindings(context, signals, active, stored);
  await context.write(async (trx) => {
    await saveHealthScores(trx, [...scoresBefore, ...scoresToday], asOf);
    await replaceFindings(trx, 'account-health', findings, context.run);
  });
  const unscored = active.filter(({ score }) => score === null).length;
  return {
    rowsRead,
    rowsWritten: scoresBefore.length + scoresToday.length + findings.length,
    findings: findings.length,
    notes:
      unscored > 0
        ? [`health: ${unscored} of ${active.length} accounts have too little data for a score`]
        : [],
  };
}

function buildFindings(
  { health, asOf, zone }: StepContext,
  signals: readonly AccountSignals[],
  active: readonly HealthScore[],
  past: ReadonlyMap<string, readonly PastScore[]>,
) {
  const reference = portfolioReference(active);
  const scoreOf = new Map(active.map((score) => [score.accountId, score]));
  return signals.flatMap(({ account }) => {
    const today = scoreOf.get(account.id);
    if (today === undefined) return [];
    const before = past.get(keyOf(health.activeProfile.id, account.id)) ?? [];
    return buildHealthFinding({ account, today, past: before, reference }, health, asOf, zone) ?? [];
  });
}

/** Everything in six queries over all accounts, then put together per account. */
async function loadSignals({ store, asOf }: StepContext, firstDay: string) {
  const since = (days: number) => new Date(Date.parse(`${firstDay}T00:00:00Z`) - days * DAY_MS);
  const accounts = await listHealthAccounts(store.db);
  const usage = (await listUsageSince(store.db, addDays(firstDay, -USAGE_DAYS))).filter(
    ({ day }) => Date.parse(`${day}T00:00:00Z`) <= asOf.getTime() + DAY_MS,
  );
  const incidents = await listIncidentsSince(store.db, since(INCIDENT_DAYS));
  const surveys = await listSurveysSince(store.db, since(SURVEY_DAYS));
  const tones = await listTonesSince(store.db, since(TONE_DAYS));
  const usageOf = groupBy(usage, (row) => row.accountId);
  const incidentsOf = groupBy(incidents, (row) => row.accountId);
  const surveysOf = groupBy(surveys, (row) => row.accountId);
  const tonesOf = groupBy(tones, (row) => row.accountId);
  const signals = accounts.map(
    (account): AccountSignals => ({
      account,
      usage: usageOf.get(account.id) ?? [],
      firstUsageDay: account.firstUsageDay,
      incidents: incidentsOf.get(account.id) ?? [],
      surveys: surveysOf.get(account.id) ?? [],
      tones: (tonesOf.get(account.id) ?? []).flatMap(({ score, at }) =>
        score === null ? [] : [{ score, at }],
      ),
    }),
  );
  return {
    signals,
    feedDays: [...new Set(usage.map(({ day }) => day))],
    rowsRead: accounts.length + usage.length + incidents.length + surveys.length + tones.length,
  };
}

/** Scores of earlier days by profile and account. */
async function loadPast({ store }: StepContext, firstDay: string, today: string) {
  const rows = (await listHealthScoresSince(store.db, firstDay)).filter(({ day }) => day < today);
  const past = new Map<string, PastScore[]>();
  for (const row of rows) {
    if (row.score === null) continue;
    const parts = storedComponents.parse(row.components).map(({ name, score }) => [name, score]);
    const entry = { day: row.day, score: row.score, parts: Object.fromEntries(parts) as PastScore['parts'] };
    const key = keyOf(row.profile, row.accountId);
    const list = past.get(key);
    if (list) list.push(entry);
    else past.set(key, [entry]);
  }
  return past;
}

function toPast({ day, score, components }: HealthScore): PastScore {
  const parts = components.map((one) => [one.name, one.score]);
  return { day, score: score ?? 0, parts: Object.fromEntries(parts) as PastScore['parts'] };
}

function keyOf(profile: string, accountId: string): string {
  return `${profile}/${accountId}`;
}
