import { endOf, type WorldAccount } from './accounts.ts';
import { falling, pairChance, pairs, products, type WorldProduct } from './commerce-products.ts';
import { dayMs } from './presence-hours.ts';
import { closeWeight, quarterEnd } from './quarter-end.ts';
import type { Random } from './random.ts';
import type { Cell, WorldBasis } from './world.ts';

export interface OrderLine {
  readonly product: WorldProduct;
  readonly quantity: number;
  readonly unitPrice: number;
  /** Cents, so that sums are exact. */
  readonly discountCents: number;
  readonly amountCents: number;
}

export interface Order {
  readonly number: string;
  readonly account: WorldAccount;
  readonly at: number;
  readonly lines: readonly OrderLine[];
}

export const orderLineHeader = [
  'line_id',
  'order_number',
  'account_id',
  'sku',
  'quantity',
  'unit_price',
  'discount',
  'amount',
  'currency',
  'sold_at',
] as const;

const orderCounts = { small: 260, demo: 1_000, large: 200_000 } as const;
/** A trend from month to month needs months, also in a world that is shorter. */
const leastDays = 120;
export const euroPrice = 0.92;
/** Share by which orders swing over the year, and the day of the year of the most; quarters end as for deals. */
export const season = { amplitude: 0.2, peakDayOfYear: 325 } as const;

/** Midnight in UTC of the first day with orders. */
export function firstOrderDay({ asOf, scale }: WorldBasis): number {
  return Math.floor(asOf.getTime() / dayMs) * dayMs - Math.max(scale.days, leastDays) * dayMs;
}

/** Orders by day: fewer at weekends, more towards the end of a quarter and of the year. */
export function* streamOrders(basis: WorldBasis): Generator<Order> {
  const end = basis.asOf.getTime();
  const first = firstOrderDay(basis);
  const random = basis.random('orders');
  const weights: number[] = [];
  for (let day = first; day < end; day += dayMs) weights.push(dayWeight(day));
  const perWeight = orderCounts[basis.size] / weights.reduce((sum, weight) => sum + weight, 0);
  const pick = buyerPicker(basis);
  let count = 0;
  for (const [index, weight] of weights.entries()) {
    const day = first + index * dayMs;
    const times = Array.from(
      { length: random.negativeBinomial(weight * perWeight, 8) },
      () => day + random.whole(6 * 3600, 19 * 3600) * 1000,
    ).sort((a, b) => a - b);
    for (const at of times) {
      const account = at < end ? pick(random, at) : null;
      if (account === null) continue;
      count += 1;
      const number = `SO-${String(count).padStart(7, '0')}`;
      yield { number, account, at, lines: fillOrder(random, account, at, end) };
    }
  }
}

function dayWeight(day: number): number {
  const ofYear = (day - Date.UTC(new Date(day).getUTCFullYear(), 0, 1)) / dayMs;
  const swing = Math.cos((2 * Math.PI * (ofYear - season.peakDayOfYear)) / 365.25);
  // Half as sharp as the rush of deals: orders are not only won, they are also needed.
  const rush = 1 + (closeWeight(day) - 1) / (closeWeight(day) > 1 ? quarterEnd.weight : 1);
  return (1 + season.amplitude * swing) * rush;
}

function buyerPicker({ accounts, asOf }: WorldBasis) {
  return (random: Random, at: number): WorldAccount | null => {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const account = random.pick(accounts);
      const isBuyer = account.since.getTime() <= at && at < endOf(account, asOf);
      if (isBuyer && random.chance(Math.min(1, Math.sqrt(account.arr / 250_000)))) return account;
    }
    return null;
  };
}

const bySku = new Map(products.map((product) => [product.sku, product]));
const fallback = products[0] as WorldProduct;

function fillOrder(random: Random, account: WorldAccount, at: number, end: number): readonly OrderLine[] {
  const chosen = new Set<string>();
  for (const { sku, demand } of products)
    if (random.chance(demand * demandFactor(sku, at, end))) chosen.add(sku);
  for (const [first, second] of pairs) if (chosen.has(first) && random.chance(pairChance)) chosen.add(second);
  if (chosen.size === 0) chosen.add('QA-NODE');
  return [...chosen].map((sku) => buildLine(random, bySku.get(sku) ?? fallback, account));
}

/** One but for the product whose sales fall in the last weeks. */
function demandFactor(sku: string, at: number, end: number): number {
  if (sku !== falling.sku) return 1;
  const into = Math.max(0, at - (end - falling.days * dayMs)) / (30 * dayMs);
  return (1 - falling.lossIn30Days) ** into;
}

function buildLine(random: Random, product: WorldProduct, account: WorldAccount): OrderLine {
  const isEuro = account.currency === 'EUR';
  const unitPrice = isEuro ? Math.round(product.price * euroPrice) : product.price;
  const quantity = Math.min(product.most, 1 + random.negativeBinomial(product.most / 5, 1.5));
  const gross = quantity * unitPrice * 100;
  const share = random.chance(0.3) ? random.pick([0.05, 0.1, 0.15, 0.2]) : 0;
  const discountCents = Math.round(gross * share);
  return { product, quantity, unitPrice, discountCents, amountCents: gross - discountCents };
}

export function orderRows(order: Order): readonly (readonly Cell[])[] {
  return order.lines.map((line, index) => [
    `${order.number}-${index + 1}`,
    order.number,
    order.account.id,
    line.product.sku,
    line.quantity,
    line.unitPrice,
    money(line.discountCents),
    money(line.amountCents),
    order.account.currency,
    new Date(order.at).toISOString(),
  ]);
}

export const money = (cents: number): string => (cents / 100).toFixed(2);
