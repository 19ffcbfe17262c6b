import { join } from 'node:path';
import { z } from 'zod';
import type { CommerceSettings } from '../domain/commerce-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { readYaml } from './read-yaml.ts';

const commerceFile = z
  .strictObject({
    revenue: z.strictObject({
      window_days: z.int().min(30).max(1_100),
      horizon_months: z.int().min(1).max(120),
      margin_where_unknown: z.number().min(0).max(1),
      subscriptions_beside_sales: z.boolean(),
    }),
  })
  .transform(
    ({ revenue }): CommerceSettings => ({
      windowDays: revenue.window_days,
      horizonMonths: revenue.horizon_months,
      marginWhereUnknown: revenue.margin_where_unknown,
      subscriptionsBesideSales: revenue.subscriptions_beside_sales,
    }),
  );

/**
 * Loads `commerce.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadCommerceSettings(folder: string): Result<CommerceSettings> {
  return readYaml(join(folder, 'commerce.yml'), commerceFile);
}
