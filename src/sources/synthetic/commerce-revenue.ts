import type { WorldAccount } from './accounts.ts';
import { dayMs } from './presence-hours.ts';
import type { Random } from './random.ts';

export interface Movement {
  readonly kind: 'new' | 'expansion' | 'contraction' | 'churn' | 'reactivation';
  readonly cents: number;
  /** `YYYY-MM-DD` */
  readonly on: string;
}

export interface Subscription {
  readonly sku: string;
  readonly plan: string;
  readonly status: 'active' | 'past_due' | 'cancelled';
  /** Zero once it is cancelled. */
  readonly mrrCents: number;
  readonly seats: number;
  readonly startsOn: string;
  readonly renewsOn: string | null;
  readonly cancelledOn: string | null;
  readonly movements: readonly Movement[];
}

const plans = {
  enterprise: { sku: 'QC-GEO', plan: 'Enterprise, yearly', months: 12 },
  growth: { sku: 'QC-PRO', plan: 'Growth, yearly', months: 12 },
  starter: { sku: 'QC-CORE', plan: 'Starter, monthly', months: 1 },
} as const;
const support = { sku: 'QS-PREM', plan: 'Premium support, monthly', months: 1 } as const;
const supportShare = 0.2;

/**
 * What an account pays by the month, and how it came to that. The movements of a subscription add up to what it pays
 * now, and those of an account to a twelfth of its yearly revenue, or to nothing once it has left.
 */
export function buildSubscriptions(
  random: Random,
  account: WorldAccount,
  asOf: Date,
): readonly Subscription[] {
  const total = Math.round((account.arr * 100) / 12);
  const hasSupport = account.tier !== 'starter' && random.chance(0.35);
  const ofSupport = hasSupport ? Math.round(total * supportShare) : 0;
  const main = buildSubscription(random, account, plans[account.tier], total - ofSupport, asOf);
  return hasSupport ? [main, buildSubscription(random, account, support, ofSupport, asOf)] : [main];
}

interface Plan {
  readonly sku: string;
  readonly plan: string;
  /** Between renewals. */
  readonly months: number;
}

function buildSubscription(
  random: Random,
  account: WorldAccount,
  { sku, plan, months }: Plan,
  cents: number,
  asOf: Date,
): Subscription {
  const startsOn = dayOf(account.since.getTime());
  const { churnedOn } = account;
  const isLate = churnedOn === null && random.chance(0.04);
  return {
    sku,
    plan,
    status: churnedOn !== null ? 'cancelled' : isLate ? 'past_due' : 'active',
    mrrCents: churnedOn === null ? cents : 0,
    seats: account.usage.seats,
    startsOn,
    renewsOn: churnedOn === null ? nextRenewal(startsOn, months, dayOf(asOf.getTime())) : null,
    cancelledOn: churnedOn,
    movements: buildMovements(random, account, cents, asOf),
  };
}

const dayOf = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);

/** The first anniversary after today; a subscription of the 31st renews on the last day of shorter months. */
function nextRenewal(startsOn: string, months: number, today: string): string {
  const start = new Date(startsOn);
  for (let count = months; ; count += months) {
    const first = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + count, 1));
    const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
    first.setUTCDate(Math.min(start.getUTCDate(), lastDay));
    const day = dayOf(first.getTime());
    if (day > today) return day;
  }
}

/** Levels that end at today's; now and then somebody leaves and comes back. */
function buildMovements(
  random: Random,
  account: WorldAccount,
  cents: number,
  asOf: Date,
): readonly Movement[] {
  const from = account.since.getTime();
  const to = account.churnedOn === null ? asOf.getTime() : Date.parse(account.churnedOn);
  const days = Math.floor((to - from) / dayMs);
  const changes = days < 100 ? 0 : random.whole(0, 4);
  const levels = Array.from({ length: changes }, () => Math.round(cents * (0.45 + 0.65 * random.next())));
  levels.push(cents);
  const comesBack = days > 300 && random.chance(0.06);
  if (comesBack) levels.splice(1, 0, 0, levels[0] ?? cents);
  const dates = pickDays(random, levels.length - 1, days).map((day) => dayOf(from + day * dayMs));
  const movements: Movement[] = [];
  let level = 0;
  for (const [index, next] of levels.entries()) {
    if (next === level) continue;
    const on = index === 0 ? dayOf(from) : (dates[index - 1] ?? dayOf(from));
    movements.push({ kind: kindOf(level, next, index === 0), cents: next - level, on });
    level = next;
  }
  if (account.churnedOn !== null) movements.push({ kind: 'churn', cents: -level, on: account.churnedOn });
  return movements;
}

function kindOf(before: number, after: number, isFirst: boolean): Movement['kind'] {
  if (before === 0) return isFirst ? 'new' : 'reactivation';
  if (after === 0) return 'churn';
  return after > before ? 'expansion' : 'contraction';
}

/** Different days between the first and the last, ascending. */
function pickDays(random: Random, count: number, days: number): readonly number[] {
  const chosen = new Set<number>();
  while (chosen.size < count) chosen.add(random.whole(20, days - 2));
  return [...chosen].sort((a, b) => a - b);
}
