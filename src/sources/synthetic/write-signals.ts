import { incidentHeader, incidentRows } from './incidents.ts';
import { putRows } from './put-rows.ts';
import { usageHeader, usageRows } from './usage.ts';
import type { WorldBasis, WorldSink } from './world.ts';
import { signalDays } from './world-sizes.ts';
import type { WorldTruth } from './world-truth.ts';

/**
 * What the product exports: usage per day and incidents. A small world holds the days up to now, as an export would; a
 * large one the last days of every account, also of those who left earlier, so that their end can be studied.
 */
export async function writeSignals(
  basis: WorldBasis,
  sink: WorldSink,
): Promise<Pick<WorldTruth, 'usageDays'>> {
  const { accounts, asOf, scale, size } = basis;
  const usage = sink.table('signals/usage_daily.csv', usageHeader);
  const incidents = sink.table('signals/incidents.csv', incidentHeader);
  const request = {
    asOf,
    days: Math.min(scale.days, signalDays),
    window: size === 'large' ? ('own' as const) : ('calendar' as const),
  };
  const [ofUsage, ofIncidents] = [basis.random('usage'), basis.random('incidents')];
  for (const account of accounts) {
    await putRows(usage, usageRows(ofUsage.fork(account.id), account, request));
    await putRows(incidents, incidentRows(ofIncidents.fork(account.id), account, asOf));
  }
  return { usageDays: { days: request.days, window: request.window } };
}
