import type { WorldAccount } from './accounts.ts';
import { offices } from './business-time.ts';
import { LocalClock } from './local-clock.ts';
import { dayMs, hourMs, lastCommonWorkingDay, officeDays } from './presence-hours.ts';
import type { Random } from './random.ts';
import { isCustomerAt } from './ticket-life.ts';
import type { WorldBasis } from './world.ts';

export type Region = WorldAccount['region'];
export const regions: readonly Region[] = ['EMEA', 'Americas'];

/** Somebody writes to us. */
export interface Arrival {
  /** Epoch milliseconds, whole seconds. */
  readonly at: number;
  readonly account: WorldAccount;
  readonly region: Region;
  /** One of those who wait long on the planted evening. */
  readonly isPlanted: boolean;
}

/** What is out of the ordinary in the conversations of a world. Epoch milliseconds. */
export interface ConversationPlan {
  readonly start: number;
  /** A whole UTC day on which WhatsApp did not deliver. */
  readonly failures: { readonly from: number; readonly to: number };
  /** An evening on which everybody waited. */
  readonly waits: { readonly from: number; readonly to: number };
}

export function planConversations({ asOf, scale }: Pick<WorldBasis, 'asOf' | 'scale'>): ConversationPlan {
  const start = Math.floor(asOf.getTime() / hourMs) * hourMs - scale.days * dayMs;
  const days = regions.map((region) => officeDays(region, new Date(start), asOf));
  const [emea] = days;
  if (emea === undefined) throw new Error('no office');
  const evening = lastCommonWorkingDay(days, asOf, 1);
  const failed = lastCommonWorkingDay(days, asOf, 5);
  return {
    start,
    failures: { from: failed * dayMs, to: (failed + 1) * dayMs },
    waits: { from: emea.at(evening, 18), to: emea.at(evening, 21) },
  };
}

export const regionShares: Readonly<Record<Region, number>> = { EMEA: 0.55, Americas: 0.45 };
const shape = 4;
/** Relative number of conversations by local hour, and by weekday from Monday. */
const hourProfile = [2, 1, 1, 1, 1, 2, 5, 14, 34, 62, 72, 66, 52, 58, 66, 64, 58, 44, 30, 22, 16, 11, 7, 4];
const weekProfile = [1.22, 1.1, 1.06, 1.04, 0.98, 0.34, 0.26];
const hourSum = hourProfile.reduce((sum, weight) => sum + weight, 0);
const weekSum = weekProfile.reduce((sum, weight) => sum + weight, 0);
/** On the planted evening so many times as many write as in an hour of the day. */
const eveningTimes = 3;
const leastEvening = 6;

/** @returns the mean of an hour relative to an hour of the average, by the region's wall clock */
export function hourWeight(region: Region): (epochMs: number) => number {
  const clock = new LocalClock(offices[region].zone);
  return (epochMs) => {
    const { hour, dayOfWeek } = clock.at(epochMs);
    return (((hourProfile[hour] ?? 0) * 24) / hourSum) * (((weekProfile[dayOfWeek - 1] ?? 0) * 7) / weekSum);
  };
}

/** Who writes when, ascending; negative binomial counts around the profile of the hour of the week. */
export function* streamArrivals(basis: WorldBasis, plan: ConversationPlan): Generator<Arrival> {
  const { asOf, scale } = basis;
  const perHour = scale.conversations / (scale.days * 24);
  const random = basis.random('conversations').fork('arrivals');
  const sources = regions.map((region) => ({
    region,
    random: random.fork(region),
    weight: hourWeight(region),
    pick: accountPicker(
      basis.accounts.filter((account) => account.region === region),
      asOf,
    ),
  }));
  for (let hour = plan.start; hour < asOf.getTime(); hour += hourMs) {
    const arrivals: Arrival[] = [];
    const isEvening = hour >= plan.waits.from && hour < plan.waits.to;
    for (const { region, random: own, weight, pick } of sources) {
      const mean = perHour * regionShares[region];
      const count = own.negativeBinomial(mean * weight(hour), shape);
      const more = isEvening ? Math.max(leastEvening, Math.round(mean * eveningTimes)) : 0;
      for (let index = 0; index < count + more; index += 1) {
        const at = hour + own.whole(0, 3599) * 1000;
        const account = pick(own, at);
        if (account !== null && at < asOf.getTime())
          arrivals.push({ at, account, region, isPlanted: isEvening });
      }
    }
    yield* arrivals.sort((a, b) => a.at - b.at);
  }
}

/** Larger customers write more, and nobody writes before or after their time as a customer. */
function accountPicker(accounts: readonly WorldAccount[], asOf: Date) {
  const sums: number[] = [];
  let total = 0;
  for (const { arr } of accounts) {
    total += Math.sqrt(arr);
    sums.push(total);
  }
  return (random: Random, epochMs: number): WorldAccount | null => {
    for (let attempt = 0; attempt < 60; attempt += 1) {
      const target = random.next() * total;
      let low = 0;
      let high = sums.length - 1;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((sums[middle] ?? 0) > target) high = middle;
        else low = middle + 1;
      }
      const account = accounts[low];
      if (account !== undefined && isCustomerAt(account, epochMs, asOf)) return account;
    }
    return null;
  };
}
