/**
 * Partners, the deals that they brought or sold along, and what reps did for customers and deals. In: deals and customers
 * of a world. Out: partners/*.csv. Planted: certificates that have ended or soon will, customers whom nobody touched.
 */
import {
  type ActivityCells,
  accountActivities,
  activityHeader,
  dealActivities,
  quietDays,
} from './partners-activities.ts';
import { dealsOfWorld } from './partners-deals.ts';
import { buildPartners, partnerHeader, partnerRow, type WorldPartner } from './partners-list.ts';
import { dayMs } from './presence-hours.ts';
import { putRows } from './put-rows.ts';
import type { Random } from './random.ts';
import type { TableWriter, WorldBasis, WorldSink } from './world.ts';

const partnerDealHeader = ['partner_id', 'opportunity_id', 'kind', 'share', 'registered_on'] as const;

/** Share of the deals in which a partner has a part. */
const withPartner = 0.35;
/** Activities without a deal reach back so far. */
const accountDays = 180;
const quietEvery = 13;

export const partnersPart = {
  name: 'partners',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    const partners = buildPartners(basis);
    await putRows(sink.table('partners/partners.csv', partnerHeader), partners.map(partnerRow));
    const joint = sink.table('partners/partner_deals.csv', partnerDealHeader);
    const log = new ActivityLog(sink.table('partners/activities.csv', activityHeader));
    const end = basis.asOf.getTime();
    const quiet = basis.accounts.filter(
      ({ churnedOn }, index) => churnedOn === null && index % quietEvery === 4,
    );
    const bounds = { start: end - accountDays * dayMs, end, quiet: new Set(quiet.map(({ id }) => id)) };
    const random = basis.random('partner deals');
    const touches = basis.random('activities');
    const counts = { sourced: 0, influenced: 0, co_sell: 0 };
    for (const deal of dealsOfWorld(basis)) {
      const own = random.fork(deal.id);
      const role = own.chance(withPartner) ? drawRole(own, partners, deal.owner.region) : null;
      if (role !== null) {
        counts[role.kind] += 1;
        const latest = Math.min(end, Date.parse(deal.closeDate));
        const from = deal.createdAt.getTime();
        const registered = from + own.next() * Math.max(0, latest - from) * 0.5;
        const on = new Date(registered).toISOString().slice(0, 10);
        await putRows(joint, [[role.partner.id, deal.id, role.kind, role.share, on]]);
      }
      const seller = role?.kind === 'influenced' ? null : (role?.partner ?? null);
      await log.put(dealActivities(touches.fork(deal.id), deal, seller, bounds));
    }
    for (const account of basis.accounts)
      await log.put(accountActivities(touches.fork(account.id), account, bounds));
    return {
      ...certificates(partners, basis.asOf),
      partnerDeals: counts,
      activities: log.count,
      quietAccounts: { days: quietDays, accounts: quiet.map(({ name }) => name) },
    };
  },
};

interface PartnerRole {
  readonly partner: WorldPartner;
  readonly kind: 'sourced' | 'influenced' | 'co_sell';
  readonly share: number;
}

function drawRole(
  random: Random,
  partners: readonly WorldPartner[],
  region: WorldPartner['region'],
): PartnerRole {
  const near = partners.filter((partner) => partner.region === region);
  const weight = { gold: 5, silver: 2, registered: 1 } as const;
  const partner = random.weighted(near.map((one) => [one, weight[one.tier]] as const));
  const kind = random.weighted(partKinds);
  const shares = { sourced: [0.6, 0.8, 1], influenced: [0.1, 0.2, 0.25], co_sell: [0.3, 0.4, 0.5] } as const;
  return { partner, kind, share: random.pick(shares[kind]) };
}

const partKinds = [
  ['sourced', 4],
  ['influenced', 3],
  ['co_sell', 3],
] as const;

class ActivityLog {
  count = 0;
  private readonly table: TableWriter;

  constructor(table: TableWriter) {
    this.table = table;
  }

  async put(activities: readonly ActivityCells[]): Promise<void> {
    for (const cells of activities) {
      this.count += 1;
      await putRows(this.table, [[`ACT-${String(this.count).padStart(7, '0')}`, ...cells]]);
    }
  }
}

/** Certificates that have ended, and those that end within 30 days. */
function certificates(partners: readonly WorldPartner[], asOf: Date) {
  const today = asOf.toISOString().slice(0, 10);
  const soon = new Date(asOf.getTime() + 30 * dayMs).toISOString().slice(0, 10);
  const ending = (from: string, to: string) =>
    partners.filter(({ certExpiresOn: on }) => on !== null && on >= from && on < to).map(({ name }) => name);
  return { expiredPartners: ending('', today), partnersExpiringIn30Days: ending(today, soon) };
}
