import type { Order } from './commerce-orders.ts';
import { falling, pairs } from './commerce-products.ts';
import { dayMs } from './presence-hours.ts';

/** Counts orders as they are written: how often products were bought together, and how one product's sales fell. */
export class OrderTally {
  private readonly end: number;
  private orders = 0;
  private readonly containing = new Map<string, number>();
  private readonly together = pairs.map(() => 0);
  /** Lines of the falling product in the last three times 30 days, the last first. */
  private readonly months = [0, 0, 0];

  constructor(end: number) {
    this.end = end;
  }

  add({ lines, at }: Order): void {
    this.orders += 1;
    const skus = new Set(lines.map(({ product }) => product.sku));
    for (const sku of skus) this.containing.set(sku, (this.containing.get(sku) ?? 0) + 1);
    for (const [index, [first, second]] of pairs.entries())
      if (skus.has(first) && skus.has(second)) this.together[index] = (this.together[index] ?? 0) + 1;
    const month = Math.floor((this.end - at) / (30 * dayMs));
    if (skus.has(falling.sku) && month < this.months.length)
      this.months[month] = (this.months[month] ?? 0) + 1;
  }

  /** Lift: how much more often two products are in one order than if nobody minded the one when taking the other. */
  figures() {
    const found = pairs.map(([first, second], index) => {
      const orders = this.together[index] ?? 0;
      const [one, other] = [this.containing.get(first) ?? 0, this.containing.get(second) ?? 0];
      const lift = (orders * this.orders) / Math.max(1, one * other);
      return { products: [first, second], orders, lift: Math.round(lift * 1000) / 1000 };
    });
    const { sku, lossIn30Days } = falling;
    return { orders: this.orders, pairs: found, falling: { sku, lossIn30Days, ordersIn30Days: this.months } };
  }
}
