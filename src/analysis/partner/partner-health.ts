/**
 * Ecosystem health of partners, 0-100 each.
 *
 * - results: share of the other partners that won less in the last year, in the currency in which this one stands best
 * - pipeline: share of the other partners with fewer open deals
 * - activity: 100 while the last joint activity is at most 30 days old, then falling to 0 at 180 days
 * - enablement: 100 enabled, 50 in progress, 0 not started or expired; less 25 while the certification is about to expire
 *
 * Equals count half. The score is the weighted mean of the parts that are known; below half of the weights there is none.
 */
import {
  type PartnerComponent,
  type PartnerSettings,
  partnerComponents,
} from '../../domain/pipeline-settings.ts';
import { daysBetween, localDay } from '../wording.ts';

export interface PartnerFacts {
  readonly id: string;
  readonly certExpiresOn: string | null;
  readonly enablementStatus: 'not_started' | 'in_progress' | 'enabled' | 'expired' | null;
  readonly changedAt: Date | null;
  readonly openDeals: number;
  readonly lastActivityAt: Date | null;
}

export interface PartnerHealth {
  readonly score: number | null;
  readonly band: string | null;
  /** Share of the weights that have data. */
  readonly coverage: number;
  readonly components: Readonly<Record<PartnerComponent, number | null>>;
  /** Negative: it has expired. */
  readonly certificationDaysLeft: number | null;
  readonly enablementStale: boolean;
}

const freshDays = 30;
const silentDays = 180;
const expiringCosts = 25;
const leastCoverage = 0.5;
const dayMs = 86_400_000;

/**
 * @param wins amounts won per partner and currency
 * @returns health by partner id
 */
export function judgePartners(
  partners: readonly PartnerFacts[],
  wins: readonly { readonly partnerId: string; readonly currency: string; readonly amount: number }[],
  settings: PartnerSettings,
  { now, zone }: { readonly now: Date; readonly zone: string },
): ReadonlyMap<string, PartnerHealth> {
  const today = localDay(now, zone);
  const results = bestRanks(
    partners.map(({ id }) => id),
    wins,
  );
  const pipeline = ranksOf(partners.map(({ id, openDeals }) => [id, openDeals] as const));
  // Where nobody notes joint activities, their absence says nothing.
  const isNoted = partners.some(({ lastActivityAt }) => lastActivityAt !== null);
  return new Map(
    partners.map((partner) => {
      const { certExpiresOn } = partner;
      const daysLeft = certExpiresOn === null ? null : daysBetween(today, certExpiresOn);
      const components = {
        results: results.get(partner.id) ?? 0,
        pipeline: pipeline.get(partner.id) ?? 0,
        activity: isNoted ? activityScore(partner.lastActivityAt, now) : null,
        enablement: enablementScore(partner, daysLeft, settings),
      };
      return [
        partner.id,
        {
          ...weigh(components, settings),
          components,
          certificationDaysLeft: daysLeft,
          enablementStale: isStale(partner, daysLeft, settings, now),
        },
      ];
    }),
  );
}

function weigh(
  components: Readonly<Record<PartnerComponent, number | null>>,
  { weights, bands }: PartnerSettings,
): Pick<PartnerHealth, 'score' | 'band' | 'coverage'> {
  let coverage = 0;
  let sum = 0;
  for (const name of partnerComponents) {
    const value = components[name];
    if (value === null) continue;
    coverage += weights[name];
    sum += weights[name] * value;
  }
  // Weights are decimal fractions: a coverage of exactly one half may come out a hair below it.
  if (coverage < leastCoverage - 1e-9) return { score: null, band: null, coverage };
  const score = sum / coverage;
  return { score, band: bands.find(({ from }) => score >= from)?.name ?? null, coverage };
}

/** The best rank of each partner over the currencies; those without a win rank nowhere. */
function bestRanks(
  ids: readonly string[],
  wins: readonly { readonly partnerId: string; readonly currency: string; readonly amount: number }[],
): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const currency of new Set(wins.map((one) => one.currency))) {
    const amounts = new Map(ids.map((id) => [id, 0]));
    for (const win of wins) if (win.currency === currency) amounts.set(win.partnerId, win.amount);
    for (const [id, rank] of ranksOf([...amounts])) best.set(id, Math.max(best.get(id) ?? 0, rank));
  }
  return best;
}

/** 100 x (share of the others with less + half of those with as much); nothing ranks 0, and the only one 100. */
function ranksOf(values: readonly (readonly [id: string, value: number])[]): ReadonlyMap<string, number> {
  const sorted = values.map(([, value]) => value).toSorted((a, b) => a - b);
  const places = new Map<number, { readonly less: number; readonly same: number }>();
  for (let from = 0; from < sorted.length; ) {
    const value = sorted[from] ?? 0;
    let to = from;
    while (sorted[to] === value) to += 1;
    places.set(value, { less: from, same: to - from });
    from = to;
  }
  const others = values.length - 1;
  return new Map(
    values.map(([id, value]) => {
      const { less, same } = places.get(value) ?? { less: 0, same: 1 };
      if (value <= 0) return [id, 0];
      return [id, others === 0 ? 100 : (100 * (less + (same - 1) / 2)) / others];
    }),
  );
}

function activityScore(lastAt: Date | null, now: Date): number {
  if (lastAt === null) return 0;
  const days = (now.getTime() - lastAt.getTime()) / dayMs;
  return 100 * Math.min(1, Math.max(0, (silentDays - days) / (silentDays - freshDays)));
}

const byStatus = { enabled: 100, in_progress: 50, not_started: 0, expired: 0 } as const;

function enablementScore(
  { enablementStatus }: PartnerFacts,
  daysLeft: number | null,
  { certificationNoticeDays }: PartnerSettings,
): number | null {
  if (daysLeft !== null && daysLeft < 0) return 0;
  if (enablementStatus === null) return null;
  const isExpiring = daysLeft !== null && daysLeft <= certificationNoticeDays;
  return Math.max(0, byStatus[enablementStatus] - (isExpiring ? expiringCosts : 0));
}

/** Expired, or begun and not changed for long. */
function isStale(
  { enablementStatus, changedAt }: PartnerFacts,
  daysLeft: number | null,
  { enablementStaleDays }: PartnerSettings,
  now: Date,
): boolean {
  if (enablementStatus === 'expired' || (daysLeft !== null && daysLeft < 0)) return true;
  if (enablementStatus === null || enablementStatus === 'enabled' || changedAt === null) return false;
  return now.getTime() - changedAt.getTime() > enablementStaleDays * dayMs;
}
