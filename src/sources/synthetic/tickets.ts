import type { WorldAccount } from './accounts.ts';
import type { PlantedEvent } from './planted-events.ts';
import { factorsAt } from './planted-events.ts';
import type { Random } from './random.ts';
import {
  hoursFor,
  isCustomerAt,
  liveThrough,
  replyTarget,
  type SupportDesk,
  type TicketDraft,
  type WorldTicket,
} from './ticket-life.ts';
import { hourlyMean, type RegionSeries, type TicketSeries } from './ticket-series.ts';

const hourMs = 3_600_000;

export interface TicketsRequest {
  readonly accounts: readonly WorldAccount[];
  readonly desk: SupportDesk;
  readonly series: TicketSeries;
  readonly events: readonly PlantedEvent[];
  /** Many tickets about one thing in the last complete hour, as after a network change that went wrong. */
  readonly recentSpike: { readonly tickets: number; readonly category: string };
}

/** A ticket with the reason for which it is there. */
export interface PlannedTicket {
  readonly ticket: WorldTicket;
  readonly plan: TicketDraft['plan'];
}

/** Tickets in the order in which they were opened, one at a time: a million of them never stand in memory. */
export function* streamTickets(random: Random, request: TicketsRequest): Generator<PlannedTicket> {
  const { series, desk } = request;
  const [start, end] = [Date.parse(series.start), Date.parse(series.end)];
  const arrivals = createArrivals(random.fork('arrivals'), request, start);
  const life = random.fork('lives');
  const planted = [
    ...spikeDrafts(random.fork('spike'), request, end),
    ...clockDrafts(random.fork('clocks'), request),
  ].sort((a, b) => a.openedAt - b.openedAt);
  let sequence = 0;
  for (let hour = start; hour <= end; hour += hourMs) {
    const drafts = hour < end ? arrivals(hour) : [];
    while (planted[0] !== undefined && (hour === end || planted[0].openedAt < hour + hourMs)) {
      drafts.push(planted.shift() as TicketDraft);
    }
    drafts.sort((a, b) => a.openedAt - b.openedAt);
    for (const draft of drafts) {
      sequence += 1;
      yield { ticket: liveThrough(life, draft, sequence, desk), plan: draft.plan };
    }
  }
}

/** Draws the tickets of one hour after another, by region. */
function createArrivals(random: Random, request: TicketsRequest, start: number) {
  const { accounts, desk, series, events } = request;
  const sources = series.regions.map((region) => ({
    region,
    random: random.fork(region.region),
    mean: hourlyMean(region, start),
    pick: accountPicker(
      accounts.filter((account) => account.region === region.region),
      desk.asOf,
    ),
  }));
  const categories = Object.entries(series.categories);
  return (hour: number): TicketDraft[] => {
    const drafts: TicketDraft[] = [];
    for (const { region, random: own, mean, pick } of sources) {
      for (const category of categoriesOf(own, region, mean(hour), hour)) {
        const openedAt = hour + own.whole(0, 3599) * 1000;
        const account = pick(own, openedAt);
        drafts.push({
          account,
          category,
          priority: own.weighted(priorities),
          openedAt,
          plan: 'ordinary',
          isNegative: own.chance(account.traits.negativeShare),
        });
      }
    }
    return drafts;
  };

  /** Categories of the tickets of an hour: a negative binomial count, each kind drawn, planted factors applied. */
  function categoriesOf(own: Random, region: RegionSeries, mean: number, hour: number): readonly string[] {
    if (mean === 0) return [];
    const factors = factorsAt(events, region.region, hour);
    const count = own.negativeBinomial(mean * factors.region, region.shape);
    let drawn = Array.from({ length: count }, () => own.weighted(categories));
    for (const [category, factor] of factors.categories) {
      if (factor < 1) drawn = drawn.filter((one) => one !== category || own.chance(factor));
      else {
        const more = mean * factors.region * (series.categories[category] ?? 0) * (factor - 1);
        drawn.push(...new Array<string>(own.negativeBinomial(more, region.shape)).fill(category));
      }
    }
    return drawn;
  }
}

const priorities = [
  ['Critical', 4],
  ['High', 20],
  ['Medium', 54],
  ['Low', 22],
] as const;

/** Larger customers, and those in trouble, write more; nobody writes before or after their time as a customer. */
function accountPicker(accounts: readonly WorldAccount[], asOf: Date) {
  const sums: number[] = [];
  let total = 0;
  for (const account of accounts) {
    total += Math.sqrt(account.arr) * (account.traits.planted === 'declining' ? 1.8 : 1);
    sums.push(total);
  }
  return (random: Random, epochMs: number): WorldAccount => {
    // Few accounts are outside their time, so a handful of draws finds one that is not.
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const account = accounts[firstAbove(sums, random.next() * total)];
      if (account !== undefined && isCustomerAt(account, epochMs, asOf)) return account;
    }
    throw new Error('no customer at this time');
  };
}

function firstAbove(sums: readonly number[], target: number): number {
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

function spikeDrafts(random: Random, request: TicketsRequest, end: number): readonly TicketDraft[] {
  const { accounts, desk, recentSpike } = request;
  const customers = accounts.filter((account) => isCustomerAt(account, end - hourMs, desk.asOf));
  return Array.from({ length: recentSpike.tickets }, () => {
    const account = random.pick(customers);
    return {
      account,
      category: recentSpike.category,
      priority: random.weighted([
        ['High', 3],
        ['Medium', 5],
      ] as const),
      openedAt: end - hourMs + random.whole(60, 3500) * 1000,
      plan: 'spike' as const,
      isNegative: random.chance(account.traits.negativeShare),
    };
  });
}

const clockPlans = [
  ['Critical', 0.8, 'near-breach'],
  ['High', 0.93, 'near-breach'],
  ['High', 0.78, 'near-breach'],
  ['Medium', 0.95, 'near-breach'],
  ['Critical', 1.6, 'breached'],
  ['High', 1.1, 'breached'],
  ['Medium', 1.04, 'breached'],
] as const;

/** Tickets without a reply whose first-response clock stands at a chosen share of its target right now. */
function clockDrafts(random: Random, { accounts, desk }: TicketsRequest): readonly TicketDraft[] {
  const end = desk.asOf.getTime();
  const customers = accounts.filter((account) => isCustomerAt(account, end - 3 * 24 * hourMs, desk.asOf));
  const present = customers.filter((account) => account.churnedOn === null);
  // Enterprise clocks run day and night, so they read the same at any hour of the demo.
  const roundTheClock = present.filter(({ tier }) => tier === 'enterprise');
  return clockPlans.map(([priority, share, plan], index) => {
    const account = roundTheClock[index % Math.max(1, roundTheClock.length)] ?? random.pick(present);
    const enterprise = { Critical: 30, High: 120, Medium: 480 } as const;
    const target = account.tier === 'enterprise' ? enterprise[priority] : replyTarget[priority];
    const openedAt = hoursFor(desk, account, priority).shift(end, -target * share);
    return {
      account,
      category: random.pick(['Performance', 'Connectivity', 'Replication']),
      priority,
      openedAt: Math.floor(openedAt / 1000) * 1000,
      plan,
      isNegative: random.chance(account.traits.negativeShare),
    };
  });
}
