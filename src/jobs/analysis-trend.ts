import { groupBy } from '../analysis/group-by.ts';
import {
  type JudgedTrend,
  judgeSeries,
  type TrendSeries,
  type TrendView,
  trendDays,
} from '../analysis/trend/judge-series.ts';
import { comparisonsOn, type DayCounts, workdayTest } from '../analysis/trend/spans.ts';
import { buildTrendFindings } from '../analysis/trend/trend-findings.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import type { Finding } from '../domain/finding.ts';
import {
  countMainsPerDay,
  countProductsPerDay,
  hasTrendDataChanged,
  nextSoldProducts,
  replaceTrends,
  type TrendRow,
  trendsAsOf,
} from '../store/analysis-trends.ts';
import { replaceFindings } from '../store/finding-store.ts';
import type { AnalysisStep, StepContext } from './analysis-step.ts';

const mains: readonly Pick<TrendSeries, 'series' | 'label' | 'moreIs'>[] = [
  { series: 'tickets_opened', label: 'Tickets opened', moreIs: 'bad' },
  { series: 'deals_opened', label: 'Deals opened', moreIs: 'good' },
  { series: 'deals_won', label: 'Deals won', moreIs: 'good' },
  { series: 'leads', label: 'Leads', moreIs: 'good' },
  { series: 'conversations', label: 'Conversations', moreIs: 'neither' },
  { series: 'orders', label: 'Orders', moreIs: 'good' },
];

/** A count whose newest event is older than this may have lost its source: it is not judged. */
const STALE_DAYS = 10;

/** What changed from month to month by more than noise: the main counts, and every product. Once a day, or on new data. */
export const trendStep: AnalysisStep = {
  name: 'trends',
  async run(context) {
    const { store, asOf, zone, changedSince } = context;
    if (changedSince !== null && !(await hasNews(context, changedSince)))
      return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
    const view = viewOf(context);
    const span = { ...trendDays(view), zone };
    const told = { ...view, now: asOf, zone };
    const [trends, findings, notes]: [TrendRow[], Finding[], string[]] = [[], [], []];
    const allOrders: JudgedTrend[] = [];
    const judge = (series: TrendSeries) => {
      const reason = whyNot(series, view);
      if (reason !== null) return notes.push(`trends: ${series.label} not judged, ${reason}`);
      const judged = judgeSeries(series, view);
      trends.push(...judged.map(toRow));
      if (series.series === 'orders') allOrders.push(...judged);
      return findings.push(...buildTrendFindings(judged, told, series.product === null ? [] : allOrders));
    };
    const counts = await countMainsPerDay(store.db, span);
    const perSeries = groupBy(counts, ({ series }) => series);
    for (const main of mains) {
      const own = perSeries.get(main.series) ?? [];
      if (own.length > 0) judge({ ...main, product: null, counts: byDay(own) });
    }
    const newestSale = newestOf(byDay(perSeries.get('orders') ?? []));
    let rowsRead = counts.length;
    for (let after: string | null = null; newestSale !== null; ) {
      const products: readonly { id: string; name: string }[] = await nextSoldProducts(store.db, span, after);
      const last = products.at(-1);
      if (last === undefined || isStale(newestSale, view)) break;
      const read = await readProducts(context, span, products);
      rowsRead += read.rows;
      for (const series of read.series) judge(series);
      after = last.id;
    }
    await context.write(async (trx) => {
      await replaceTrends(trx, trends, asOf);
      await replaceFindings(trx, 'trend-change', findings, context.run);
    });
    return { rowsRead, rowsWritten: trends.length + findings.length, findings: findings.length, notes };
  },
};

async function hasNews({ store, asOf, zone }: StepContext, changedSince: Date): Promise<boolean> {
  const last = await trendsAsOf(store.db);
  if (last === null || localDay(last, zone) !== localDay(asOf, zone)) return true;
  return hasTrendDataChanged(store.db, changedSince);
}

function viewOf({ asOf, zone, settings, sla }: StepContext): TrendView {
  // The calendar of the first promise is the company's own.
  const holidays = sla.policies[0]?.calendar.holidays ?? new Set<string>();
  return { today: localDay(asOf, zone), settings: settings.trends, isWorkday: workdayTest(holidays) };
}

async function readProducts(
  { store }: StepContext,
  span: { readonly from: string; readonly to: string; readonly zone: string },
  products: readonly { readonly id: string; readonly name: string }[],
): Promise<{ readonly series: readonly TrendSeries[]; readonly rows: number }> {
  const rows = await countProductsPerDay(
    store.db,
    span,
    products.map(({ id }) => id),
  );
  const perProduct = groupBy(rows, ({ productId }) => productId);
  const series = products.flatMap((product): readonly TrendSeries[] => {
    const own = perProduct.get(product.id) ?? [];
    if (own.length === 0) return [];
    const amounts = [...groupBy(own, ({ currency }) => currency)].map(
      ([currency, part]) => [currency, new Map(part.map(({ day, amount }) => [day, amount]))] as const,
    );
    return [
      {
        series: 'product_orders',
        label: `Orders of ${product.name}`,
        product,
        moreIs: 'good',
        counts: byDay(own.map(({ day, orders }) => ({ day, count: orders }))),
        amounts: new Map(amounts),
      },
    ];
  });
  return { series, rows: rows.length };
}

/** Null when a series can be judged; else the reason in words. */
function whyNot({ counts, product }: TrendSeries, view: TrendView): string | null {
  const newest = newestOf(counts);
  // A product that is no longer bought is news, not a lost source; sales as a whole are looked at for that.
  if (product === null && isStale(newest, view)) return `nothing is newer than ${newest ?? 'its beginning'}`;
  const first = [...counts.keys()].reduce((least, day) => (day < least ? day : least));
  const from = comparisonsOn(view.today, view.settings.monthToDateFromDay)[0]!.before.from;
  return product === null && first > from ? `it is known only since ${first}` : null;
}

function isStale(newest: string | null, { today }: TrendView): boolean {
  return newest === null || newest < addDays(today, -STALE_DAYS);
}

function newestOf(counts: DayCounts): string | null {
  return [...counts.keys()].reduce<string | null>(
    (last, day) => (last === null || day > last ? day : last),
    null,
  );
}

function byDay(rows: readonly { readonly day: string; readonly count: number }[]): DayCounts {
  const counts = new Map<string, number>();
  for (const { day, count } of rows) counts.set(day, (counts.get(day) ?? 0) + count);
  return counts;
}

function toRow(one: JudgedTrend): TrendRow {
  const { of, comparison, amount, verdict } = one;
  return {
    series: of.series,
    label: of.label,
    productId: of.product?.id ?? null,
    currency: amount?.currency ?? null,
    comparison: comparison.kind,
    now: comparison.now,
    before: comparison.before,
    count: one.count,
    countBefore: one.countBefore,
    expected: one.expected,
    change: one.change,
    score: one.score,
    dispersion: one.dispersion,
    amount: amount?.after ?? null,
    amountBefore: amount?.before ?? null,
    amountChange: amount?.share ?? null,
    likely: amount?.likely ?? null,
    verdict: verdict === 'too-few' ? 'too_few' : verdict,
    sentence: one.sentence,
  };
}
