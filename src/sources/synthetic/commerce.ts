/**
 * What is sold and what is earned: price list, orders by line, subscriptions with the movements of their revenue, rates
 * of exchange. In: the customers of a world. Out: commerce/*.csv. Planted: products that are bought together and one
 * that sells less and less.
 */
import { firstOrderDay, money, orderLineHeader, orderRows, season, streamOrders } from './commerce-orders.ts';
import { productHeader, productRow, products } from './commerce-products.ts';
import { rateHeader, streamRates } from './commerce-rates.ts';
import { buildSubscriptions } from './commerce-revenue.ts';
import { OrderTally } from './commerce-truth.ts';
import { dayMs } from './presence-hours.ts';
import { putRows } from './put-rows.ts';
import { quarterEnd } from './quarter-end.ts';
import type { WorldBasis, WorldSink } from './world.ts';

const subscriptionHeader = [
  'subscription_id',
  'account_id',
  'sku',
  'plan',
  'status',
  'mrr',
  'currency',
  'seats',
  'starts_on',
  'renews_on',
  'cancelled_on',
] as const;
const movementHeader = [
  'movement_id',
  'account_id',
  'subscription_id',
  'kind',
  'amount',
  'currency',
  'moved_on',
] as const;

export const commercePart = {
  name: 'commerce',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    // Names of their own: an importer that knows tables by their names must not take these without their mapping.
    await putRows(sink.table('commerce/price_list.csv', productHeader), products.map(productRow));
    const lines = sink.table('commerce/order_lines.csv', orderLineHeader);
    const tally = new OrderTally(basis.asOf.getTime());
    for (const order of streamOrders(basis)) {
      tally.add(order);
      await putRows(lines, orderRows(order));
    }
    const renewals = await writeSubscriptions(basis, sink);
    await writeRates(basis, sink);
    return { ...tally.figures(), season, quarterEnd, ...renewals };
  },
};

async function writeSubscriptions(basis: WorldBasis, sink: WorldSink) {
  const subscriptions = sink.table('commerce/subscriptions.csv', subscriptionHeader);
  const movements = sink.table('commerce/mrr_movements.csv', movementHeader);
  const random = basis.random('subscriptions');
  const soon = new Date(basis.asOf.getTime() + 30 * dayMs).toISOString().slice(0, 10);
  let [count, moved, renewalsIn30Days] = [0, 0, 0];
  for (const account of basis.accounts) {
    const { id, currency } = account;
    for (const one of buildSubscriptions(random.fork(id), account, basis.asOf)) {
      count += 1;
      const key = `SUB-${String(count).padStart(6, '0')}`;
      if (one.renewsOn !== null && one.renewsOn < soon) renewalsIn30Days += 1;
      const dates = [one.startsOn, one.renewsOn, one.cancelledOn];
      const head = [key, id, one.sku, one.plan, one.status, money(one.mrrCents), currency, one.seats];
      await putRows(subscriptions, [[...head, ...dates]]);
      for (const { kind, cents, on } of one.movements) {
        moved += 1;
        const movement = `MOV-${String(moved).padStart(7, '0')}`;
        await putRows(movements, [[movement, id, key, kind, money(cents), currency, on]]);
      }
    }
  }
  return { subscriptions: count, renewalsIn30Days };
}

async function writeRates(basis: WorldBasis, sink: WorldSink): Promise<void> {
  const { accounts, asOf } = basis;
  const first = accounts.reduce((least, { since }) => Math.min(least, since.getTime()), asOf.getTime());
  const oldest = Math.floor(first / dayMs) * dayMs;
  const span = { oldest, dailyFrom: Math.max(oldest, firstOrderDay(basis)), end: asOf.getTime() };
  await putRows(sink.table('commerce/fx_rates.csv', rateHeader), streamRates(basis.random('rates'), span));
}
