/**
 * What another customer success tool says: which customers are at risk and why, and what is done about it. In: the
 * customers of a world. Out: risk/*.csv. Planted: one row with the figures of that tool's own example.
 */
import type { WorldAccount } from './accounts.ts';
import { dayMs } from './presence-hours.ts';
import { putRows } from './put-rows.ts';
import type { Random } from './random.ts';
import type { Cell, WorldBasis, WorldSink } from './world.ts';

const assessmentHeader = [
  'assessment_id',
  'account_id',
  'company',
  'assessed_at',
  'last_health',
  'churn_probability',
  'priority',
  'lifecycle_stage',
  'risk_factors',
] as const;
const interventionHeader = [
  'intervention_id',
  'account_id',
  'owner_id',
  'kind',
  'title',
  'priority',
  'status',
  'outcome',
  'due_at',
  'closed_at',
] as const;

const sizes = {
  small: { accounts: 5, weeks: 3 },
  demo: { accounts: 12, weeks: 8 },
  large: { accounts: 800, weeks: 26 },
} as const;

/** The row that the tool's guide shows: below half health, and yet critical by its probability. */
const sample = { health: 42.5, probability: 0.78 } as const;

export const riskPart = {
  name: 'risk',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    const random = basis.random('risk');
    const size = sizes[basis.size];
    const risky = riskiest(basis.accounts, size.accounts);
    const assessments = sink.table('risk/assessments.csv', assessmentHeader);
    const interventions = sink.table('risk/interventions.csv', interventionHeader);
    const overdue: string[] = [];
    let [rows, tasks] = [0, 0];
    for (const [rank, account] of risky.entries()) {
      const own = random.fork(account.id);
      const state = assess(own, account, rank);
      for (const row of weekly(own, account, state, { ...size, asOf: basis.asOf })) {
        rows += 1;
        await putRows(assessments, [[numbered('RA', rows), ...row]]);
      }
      for (const task of interventionsFor(own, account, state, basis.asOf)) {
        tasks += 1;
        const id = numbered('IV', tasks);
        if (task.isOverdue) overdue.push(id);
        await putRows(interventions, [[id, account.id, account.owner.id, ...task.cells]]);
      }
    }
    const [first] = risky;
    return {
      sample: { account: first?.name ?? null, ...sample, priority: 'critical' },
      atRisk: risky.map(({ name }) => name),
      overdueInterventions: overdue,
    };
  },
};

const numbered = (prefix: string, number: number): string => `${prefix}-${String(number).padStart(5, '0')}`;

/** Those who are about to leave, then those who would most likely; the tool does not know of those who left. */
function riskiest(accounts: readonly WorldAccount[], count: number): readonly WorldAccount[] {
  const score = ({ traits }: WorldAccount): number =>
    (traits.planted === 'declining' ? 1 : 0) + traits.churnProbability;
  return accounts
    .filter(({ churnedOn }) => churnedOn === null)
    .sort((a, b) => score(b) - score(a))
    .slice(0, count);
}

type Priority = 'critical' | 'high' | 'medium' | 'low';

interface RiskState {
  readonly health: number;
  readonly probability: number;
  readonly factors: readonly string[];
}

function assess(random: Random, account: WorldAccount, rank: number): RiskState {
  const { traits } = account;
  const factors = factorsOf(account);
  if (rank === 0) return { ...sample, factors };
  const base = traits.planted === 'declining' ? 0.6 + 0.32 * random.next() : traits.churnProbability * 1.3;
  const probability = Math.round(Math.min(0.97, Math.max(0.08, base)) * 100) / 100;
  const health = Math.round(Math.min(95, Math.max(6, 88 - 62 * probability + 6 * random.normal())) * 10) / 10;
  return { health, probability, factors };
}

/** The reasons are true of the account: they are its own traits. */
function factorsOf({ traits, tier }: WorldAccount): readonly string[] {
  const factors: string[] = [];
  if (traits.usageSlope < -0.05)
    factors.push(`API calls down ${Math.round((1 - Math.exp(traits.usageSlope)) * 100)} % in 30 days`);
  if (traits.incidents >= 2) factors.push(`${traits.incidents} incidents in 90 days`);
  if (traits.csat < 3.6) factors.push(`CSAT ${traits.csat.toFixed(1)}`);
  if (traits.logins < 8) factors.push('few logins');
  if (traits.negativeShare > 0.3) factors.push('negative tickets');
  if (tier === 'enterprise') factors.push('large contract');
  return factors.length > 0 ? factors : ['renewal ahead'];
}

/** Critical above 70 % or below 25 points, high above 50 % or below 50, medium above 30 % or below 70. */
export function priorityOf(health: number, probability: number): Priority {
  if (probability > 0.7 || health < 25) return 'critical';
  if (probability > 0.5 || health < 50) return 'high';
  return probability > 0.3 || health < 70 ? 'medium' : 'low';
}

function weekly(
  random: Random,
  account: WorldAccount,
  state: RiskState,
  { weeks, asOf }: { readonly weeks: number; readonly asOf: Date },
): readonly (readonly Cell[])[] {
  const today = Math.floor(asOf.getTime() / dayMs);
  // Mondays at six in the morning; the last one that has passed.
  const monday = (today - ((today + 3) % 7)) * dayMs + 6 * 3_600_000;
  const last = monday < asOf.getTime() ? monday : monday - 7 * dayMs;
  return Array.from({ length: weeks }, (_, index) => {
    const back = weeks - 1 - index;
    const drift = back === 0 ? 0 : back * 1.6 + random.normal();
    const health = Math.round(Math.min(98, Math.max(2, state.health + drift)) * 10) / 10;
    const probability =
      Math.round(Math.min(0.98, Math.max(0.03, state.probability - drift / 100)) * 100) / 100;
    const at = new Date(last - back * 7 * dayMs).toISOString();
    const priority = priorityOf(health, probability);
    const stage = priority === 'critical' ? 'At risk' : 'Renewal';
    return [account.id, account.name, at, health, probability, priority, stage, state.factors.join('; ')];
  });
}

const tasks = [
  ['call', 'Call the champion'],
  ['executive meeting', 'Executive sponsor meets their CTO'],
  ['health check', 'Review of slow statements on site'],
  ['training', 'Refresher for the new team'],
  ['email', 'Send the adoption plan'],
] as const;
const outcomes = [
  'Champion is back on board',
  'They stay until the renewal',
  'No answer',
  'Scope was reduced',
];

function interventionsFor(
  random: Random,
  account: WorldAccount,
  state: RiskState,
  asOf: Date,
): readonly { readonly cells: readonly Cell[]; readonly isOverdue: boolean }[] {
  const priority = priorityOf(state.health, state.probability);
  return Array.from({ length: random.whole(1, 3) }, () => {
    const [kind, title] = random.pick(tasks);
    const due = asOf.getTime() + random.whole(-20, 15) * dayMs;
    const status = due < asOf.getTime() ? random.weighted(past) : random.weighted(ahead);
    const closed = due - random.whole(0, 60) * 3_600_000;
    const isClosed = status === 'done' || status === 'cancelled';
    const outcome = status === 'done' ? random.pick(outcomes) : null;
    const closedAt = isClosed ? new Date(Math.min(closed, asOf.getTime() - 60_000)).toISOString() : null;
    const name = `${title}: ${account.name}`;
    const cells = [kind, name, priority, status, outcome, new Date(due).toISOString(), closedAt];
    return { cells, isOverdue: !isClosed && due < asOf.getTime() };
  });
}

const past = [
  ['done', 6],
  ['open', 2],
  ['in_progress', 1],
  ['cancelled', 1],
] as const;
const ahead = [
  ['open', 5],
  ['in_progress', 3],
] as const;
