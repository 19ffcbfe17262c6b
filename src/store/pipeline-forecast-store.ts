import type { Transaction } from 'kysely';
import type { ForecastRow } from '../domain/sales-forecast.ts';
import { stableId } from '../toolkit/ids.ts';
import type { Schema } from './schema.ts';

/** Replaces the forecasts of all currencies and periods. */
export async function replaceForecasts(
  trx: Transaction<Schema>,
  rows: readonly ForecastRow[],
  computedAt: Date,
): Promise<void> {
  await trx.deleteFrom('pipeline_forecast').execute();
  if (rows.length === 0) return;
  await trx
    .insertInto('pipeline_forecast')
    .values(
      rows.map((one) => ({
        id: stableId('pipeline_forecast', one.currency, one.kind, one.startsOn),
        currency: one.currency,
        period_kind: one.kind,
        starts_on: one.startsOn,
        ends_on: one.endsOn,
        method: one.method,
        won_so_far: one.wonSoFar,
        expected: one.expected,
        low: one.low,
        high: one.high,
        backtests: one.backtests,
        mean_error: one.meanError,
        pipeline_expected: one.pipelineExpected,
        open_deals: one.openDeals,
        stale_deals: one.staleDeals,
        note: one.note,
        computed_at: computedAt,
      })),
    )
    .execute();
}
