import { z } from 'zod';
import { groupBy } from '../analysis/group-by.ts';
import type { AccountSignals, HealthAccount } from '../analysis/health/account-signals.ts';
import { type ComponentReference, portfolioReference } from '../analysis/health/contributions.ts';
import { buildHealthFinding, type PastScore } from '../analysis/health/health-findings.ts';
import type { HealthScore } from '../analysis/health/health-score.ts';
import { momentOf, pastDays, scoreAccount } from '../analysis/health/score-portfolio.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import type { Finding } from '../domain/finding.ts';
import { type HealthSettings, healthComponents } from '../domain/health-profile.ts';
import {
  listHealthAccounts,
  listHealthScoresSince,
  listIncidentsSince,
  listNewestScores,
  listScoredAccounts,
  listSurveysSince,
  listTonesSince,
  listUsageDays,
  listUsageSince,
} from '../store/analysis-health.ts';
import type { Store } from '../store/database.ts';

const DAY_MS = 86_400_000;
/** Usage window, late feed and a day at each end. */
const USAGE_DAYS = 40;
const INCIDENT_DAYS = 31;
const SURVEY_DAYS = 181;
const TONE_DAYS = 91;

const storedComponents = z.array(z.object({ name: z.string(), score: z.number() })).catch([]);

export interface HealthLook {
  /** Of today, by every profile. */
  readonly scoresToday: readonly HealthScore[];
  /** Of earlier days, for accounts that had no score yet. */
  readonly scoresBefore: readonly HealthScore[];
  readonly findings: readonly Finding[];
}

export interface HealthMoments {
  readonly asOf: Date;
  readonly zone: string;
  readonly health: HealthSettings;
}

/** What scoring some accounts gave. */
export interface ScoredHealth {
  readonly accounts: readonly HealthAccount[];
  readonly scoresToday: readonly HealthScore[];
  readonly scoresBefore: readonly HealthScore[];
  /** Of today, by the active profile. */
  readonly active: readonly HealthScore[];
  readonly rowsRead: number;
}

/**
 * Scores a few accounts between two runs of the analyser. What is usual in the portfolio is taken from the others'
 * newest scores.
 */
export async function lookAtHealth(
  db: Store['db'],
  look: HealthMoments,
  only: readonly string[],
): Promise<HealthLook> {
  const scored = await scoreHealth(db, look, only, await listHealthFeedDays(db, look));
  const reference = await loadReference(db, look, scored.active);
  const findings = await findHealth(db, look, scored, reference);
  return { scoresToday: scored.scoresToday, scoresBefore: scored.scoresBefore, findings };
}

/** Days for which any account has usage, as far back as scores reach. */
export async function listHealthFeedDays(
  db: Store['db'],
  { asOf, zone }: HealthMoments,
): Promise<readonly string[]> {
  const today = localDay(asOf, zone);
  const firstDay = pastDays(today)[0] ?? today;
  return listUsageDays(db, daysBetween(addDays(firstDay, -USAGE_DAYS), localDay(asOf, 'UTC')));
}

/**
 * Reads what health is computed from and scores accounts by every profile. Accounts without any past score get one for
 * each of the last 29 days as well, computed from what was known then.
 */
export async function scoreHealth(
  db: Store['db'],
  look: HealthMoments,
  only: readonly string[],
  feedDays: readonly string[],
): Promise<ScoredHealth> {
  const { asOf, zone, health } = look;
  const today = localDay(asOf, zone);
  const days = pastDays(today);
  const firstDay = days[0] ?? today;
  const { signals, rowsRead } = await loadSignals(db, asOf, { today, firstDay }, only);
  const stored = await listScored(db, firstDay, today, only);
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
  const active = scoresToday.filter(({ profile }) => profile === health.activeProfile.id);
  return { accounts: signals.map(({ account }) => account), scoresToday, scoresBefore, active, rowsRead };
}

/** Findings about accounts that were scored, beside their stored scores of 30 days. */
export async function findHealth(
  db: Store['db'],
  { health, asOf, zone }: HealthMoments,
  scored: Pick<ScoredHealth, 'accounts' | 'active' | 'scoresBefore'>,
  reference: ComponentReference,
): Promise<readonly Finding[]> {
  const today = localDay(asOf, zone);
  const ids = scored.accounts.map(({ id }) => id);
  const stored = await loadPast(
    db,
    health.activeProfile.id,
    { from: pastDays(today)[0] ?? today, today },
    ids,
  );
  for (const score of scored.scoresBefore) {
    if (score.profile !== health.activeProfile.id) continue;
    stored.set(score.accountId, [...(stored.get(score.accountId) ?? []), toPast(score)]);
  }
  const scoreOf = new Map(scored.active.map((score) => [score.accountId, score]));
  return scored.accounts.flatMap((account) => {
    const score = scoreOf.get(account.id);
    if (score === undefined) return [];
    const past = stored.get(account.id) ?? [];
    return buildHealthFinding({ account, today: score, past, reference }, health, asOf, zone) ?? [];
  });
}

/** What is usual: the scores at hand, and the newest stored ones of everybody else. */
export async function loadReference(
  db: Store['db'],
  { health, asOf, zone }: HealthMoments,
  active: readonly HealthScore[],
): Promise<ComponentReference> {
  const since = addDays(localDay(asOf, zone), -2);
  const fresh = new Set(active.map(({ accountId }) => accountId));
  const others = (await listNewestScores(db, health.activeProfile.id, since)).filter(
    ({ accountId }) => !fresh.has(accountId),
  );
  const known = others.map(({ score, components }) => ({
    score,
    components: storedComponents.parse(components).flatMap((part) => {
      const name = healthComponents.find((one) => one === part.name);
      return name === undefined ? [] : [{ name, score: part.score }];
    }),
  }));
  return portfolioReference([...active, ...known]);
}

/** Everything in a few queries, then put together per account. */
async function loadSignals(
  db: Store['db'],
  asOf: Date,
  { today, firstDay }: { readonly today: string; readonly firstDay: string },
  only: readonly string[],
) {
  const since = (days: number) => new Date(Date.parse(`${firstDay}T00:00:00Z`) - days * DAY_MS);
  const accounts = await listHealthAccounts(db, today, only);
  const usage = (await listUsageSince(db, addDays(firstDay, -USAGE_DAYS), only)).filter(
    ({ day }) => Date.parse(`${day}T00:00:00Z`) <= asOf.getTime() + DAY_MS,
  );
  const incidents = await listIncidentsSince(db, since(INCIDENT_DAYS), only);
  const surveys = await listSurveysSince(db, since(SURVEY_DAYS), only);
  const tones = await listTonesSince(db, since(TONE_DAYS), only);
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
    rowsRead: accounts.length + usage.length + incidents.length + surveys.length + tones.length,
  };
}

/** Which profiles have scored which accounts before. */
async function listScored(
  db: Store['db'],
  firstDay: string,
  today: string,
  only: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await listScoredAccounts(db, { from: firstDay, before: today }, only);
  return new Set(rows.map(({ profile, accountId }) => keyOf(profile, accountId)));
}

/** Scores of earlier days by account. */
async function loadPast(
  db: Store['db'],
  profile: string,
  { from, today }: { readonly from: string; readonly today: string },
  only: readonly string[],
): Promise<Map<string, readonly PastScore[]>> {
  const past = new Map<string, PastScore[]>();
  for (const row of await listHealthScoresSince(db, profile, from, only)) {
    if (row.score === null || row.day >= today) continue;
    const parts = storedComponents.parse(row.components).map(({ name, score }) => [name, score]);
    const entry = { day: row.day, score: row.score, parts: Object.fromEntries(parts) as PastScore['parts'] };
    const list = past.get(row.accountId);
    if (list) list.push(entry);
    else past.set(row.accountId, [entry]);
  }
  return past;
}

function toPast({ day, score, components }: HealthScore): PastScore {
  const parts = components.map((one) => [one.name, one.score]);
  return { day, score: score ?? 0, parts: Object.fromEntries(parts) as PastScore['parts'] };
}

function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

function keyOf(profile: string, accountId: string): string {
  return `${profile}/${accountId}`;
}
