import { z } from 'zod';
import { groupBy } from '../analysis/group-by.ts';
import type { AccountSignals } from '../analysis/health/account-signals.ts';
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
  listSurveysSince,
  listTonesSince,
  listUsageDays,
  listUsageSince,
  type OnlyAccounts,
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
  /** Of the active profile, today. */
  readonly active: readonly HealthScore[];
  readonly rowsRead: number;
}

interface Look {
  readonly asOf: Date;
  readonly zone: string;
  readonly health: HealthSettings;
}

/**
 * Reads what health is computed from and scores accounts by every profile. Accounts without any past score get one for
 * each of the last 29 days as well, computed from what was known then.
 *
 * @param only these accounts alone; what is usual in the portfolio is then taken from the others' newest scores
 */
export async function lookAtHealth(db: Store['db'], look: Look, only?: OnlyAccounts): Promise<HealthLook> {
  const { asOf, zone, health } = look;
  const today = localDay(asOf, zone);
  const days = pastDays(today);
  const firstDay = days[0] ?? today;
  const { signals, rowsRead } = await loadSignals(db, asOf, firstDay, only);
  const stored = await loadPast(db, firstDay, today, only);
  const feedDays = await listUsageDays(
    db,
    daysBetween(addDays(firstDay, -USAGE_DAYS), localDay(asOf, 'UTC')),
  );
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
  const reference =
    only === undefined
      ? portfolioReference(active)
      : await loadReference(db, health, active, addDays(today, -2));
  const findings = buildFindings(look, signals, { active, past: stored, reference });
  return { scoresToday, scoresBefore, findings, active, rowsRead };
}

function buildFindings(
  { health, asOf, zone }: Look,
  signals: readonly AccountSignals[],
  scores: {
    readonly active: readonly HealthScore[];
    readonly past: ReadonlyMap<string, readonly PastScore[]>;
    readonly reference: ComponentReference;
  },
): readonly Finding[] {
  const scoreOf = new Map(scores.active.map((score) => [score.accountId, score]));
  return signals.flatMap(({ account }) => {
    const today = scoreOf.get(account.id);
    if (today === undefined) return [];
    const past = scores.past.get(keyOf(health.activeProfile.id, account.id)) ?? [];
    return (
      buildHealthFinding({ account, today, past, reference: scores.reference }, health, asOf, zone) ?? []
    );
  });
}

/** What is usual: the scores at hand, and the newest stored ones of everybody else. */
async function loadReference(
  db: Store['db'],
  health: HealthSettings,
  active: readonly HealthScore[],
  since: string,
): Promise<ComponentReference> {
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
async function loadSignals(db: Store['db'], asOf: Date, firstDay: string, only: OnlyAccounts) {
  const since = (days: number) => new Date(Date.parse(`${firstDay}T00:00:00Z`) - days * DAY_MS);
  const accounts = await listHealthAccounts(db, only);
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

/** Scores of earlier days by profile and account. */
async function loadPast(db: Store['db'], firstDay: string, today: string, only: OnlyAccounts) {
  const rows = (await listHealthScoresSince(db, firstDay, only)).filter(({ day }) => day < today);
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

function daysBetween(first: string, last: string): readonly string[] {
  const days: string[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push(day);
  return days;
}

function keyOf(profile: string, accountId: string): string {
  return `${profile}/${accountId}`;
}
