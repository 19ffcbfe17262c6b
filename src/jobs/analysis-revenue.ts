import { type ValueRules, valueAccounts } from '../analysis/revenue/account-value.ts';
import { monthlyChurn } from '../analysis/revenue/lifetime.ts';
import { unitEconomics } from '../analysis/revenue/unit-economics.ts';
import { addDays, localDay } from '../analysis/wording.ts';
import {
  dropLostValues,
  listAccountFacts,
  nextAccounts,
  oldestValueAt,
  replaceAccountValues,
} from '../store/analysis-account-value.ts';
import {
  type RevenueNews,
  rewriteBuyerCohorts,
  rewriteMrrMonths,
  rewriteProductMonths,
  whatRevenueChanged,
} from '../store/analysis-revenue-months.ts';
import { withoutJit } from '../store/analysis-revenue-parts.ts';
import {
  readCampaignCost,
  readChurn,
  readValueTotals,
  saveUnitEconomics,
} from '../store/analysis-unit-economics.ts';
import type { AnalysisStep, StepContext, StepResult } from './analysis-step.ts';

/**
 * What customers are worth and what it costs to win them, recurring revenue by month, margins by product and month, and
 * who buys again. On a new day everything is made anew, as what is still to come depends on the day; within a day only
 * what changed.
 */
export const revenueStep: AnalysisStep = {
  name: 'revenue',
  async run(context) {
    const { store, asOf, zone, settings } = context;
    const { windowDays } = settings.commerce;
    const today = await sameDay(context);
    const news = today === null ? null : await whatRevenueChanged(store.db, today);
    if (news !== null && !Object.values(news).includes(true))
      return { rowsRead: 0, rowsWritten: 0, findings: 0, notes: [] };
    const changedSince = news === null || news.prices ? null : today;
    const monthly = await writeMonths(context, changedSince === null ? null : news, changedSince);
    const churn = await context.write((trx) => readChurn(trx, { asOf, zone, windowDays }));
    const rules = { ...settings.commerce, churn: monthlyChurn(churn.lost, churn.customerMonths) };
    const valued = await valueEverybody(context, rules, changedSince);
    const economics = await writeEconomics(context, churn);
    return {
      rowsRead: valued.read,
      rowsWritten: monthly + valued.written + economics.rows,
      findings: 0,
      notes: economics.notes,
    } satisfies StepResult;
  },
};

/** Months and cohorts; cohorts of buyers only with everything else, once a day. @param news null: everything is new */
async function writeMonths(
  context: StepContext,
  news: RevenueNews | null,
  changedSince: Date | null,
): Promise<number> {
  const { asOf, zone } = context;
  return context.write(async (trx) => {
    await withoutJit(trx);
    let rows = 0;
    if (news === null || news.sales) rows += await rewriteProductMonths(trx, { asOf, zone }, changedSince);
    if (news === null || news.recurring) rows += await rewriteMrrMonths(trx, { asOf, zone });
    if (news === null) rows += await rewriteBuyerCohorts(trx, { asOf, zone });
    return rows;
  });
}

/** Null unless every value that is stored is of today. */
async function sameDay({ store, asOf, zone, changedSince }: StepContext): Promise<Date | null> {
  if (changedSince === null) return null;
  const oldest = await oldestValueAt(store.db);
  return oldest !== null && localDay(oldest, zone) === localDay(asOf, zone) ? changedSince : null;
}

async function valueEverybody(context: StepContext, rules: ValueRules, changedSince: Date | null) {
  const { store, asOf, zone, settings } = context;
  const { windowDays, subscriptionsBesideSales: withSubscriptions } = settings.commerce;
  await context.write(dropLostValues);
  let [read, written] = [0, 0];
  for (let after: string | null = null; ; ) {
    const accountIds: readonly string[] = await nextAccounts(store.db, after, changedSince);
    const last = accountIds.at(-1);
    if (last === undefined) return { read, written };
    const view = { asOf, zone, accountIds };
    const count = await context.write(async (trx) => {
      await withoutJit(trx);
      const facts = await listAccountFacts(trx, view, { windowDays, withSubscriptions });
      await replaceAccountValues(trx, accountIds, valueAccounts(facts, rules), asOf);
      return facts.length;
    });
    read += count;
    written += count;
    after = last;
    context.say(`${read} values of customers`);
  }
}

async function writeEconomics(
  context: StepContext,
  churn: { readonly lost: number; readonly customerMonths: number },
): Promise<{ readonly rows: number; readonly notes: readonly string[] }> {
  const { store, asOf, zone, settings } = context;
  const { windowDays } = settings.commerce;
  const day = localDay(asOf, zone);
  const since = addDays(day, -windowDays);
  const { totals, newCustomers } = await readValueTotals(store.db, since);
  const costIn = new Map<string | null, number | null>();
  for (const { currency } of totals)
    costIn.set(currency, await readCampaignCost(store.db, currency, { since, until: day }));
  const monthlyChurnRate = churn.customerMonths > 0 ? churn.lost / churn.customerMonths : null;
  const rows = unitEconomics({ totals, windowDays, newCustomers, costIn });
  await context.write((trx) =>
    saveUnitEconomics(trx, rows, { day, windowDays, newCustomers, monthlyChurnRate }),
  );
  const unknown = rows.filter(({ acquisitionCost }) => acquisitionCost === null);
  const notes = unknown.map(
    ({ currency }) =>
      `revenue: what customers cost to win is not known in ${currency ?? 'no currency'}: no campaign has a cost that can be turned into it`,
  );
  return { rows: rows.length, notes };
}
