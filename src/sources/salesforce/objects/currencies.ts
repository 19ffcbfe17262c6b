import type { RecordOf } from '../../../domain/records.ts';
import { from } from '../field-table.ts';
import { baseOf, common, flag, type ObjectDefinition } from '../object-definition.ts';

/** A rate whose other side, the company's own currency, may be told by a later row. */
export interface HeldRate {
  readonly key: string;
  readonly currency: string;
  /** Units of `currency` that one unit of the corporate currency buys. */
  readonly perCorporateUnit: number;
  readonly day: string;
  readonly updatedAt: Date | null;
}

/** What CurrencyType says holds for all days that no dated rate covers. */
const ALWAYS = '1970-01-01';

export const currencyType: ObjectDefinition = {
  entity: 'fx_rate',
  rules: { ...common, currency: from('isocode'), rate: from('conversionrate') },
  alsoReads: ['iscorporate'],
  required: [],
  derive: ({ row, fields, key, memory }) => {
    const { currency, rate, updatedAt } = fields;
    if (typeof currency !== 'string' || typeof rate !== 'number') return null;
    if (flag(row.get('iscorporate')) === true) memory.rememberCorporateCurrency(currency);
    else
      memory.holdRate({ key, currency, perCorporateUnit: rate, day: ALWAYS, updatedAt: dateOf(updatedAt) });
    return null;
  },
};

export const datedConversionRate: ObjectDefinition = {
  entity: 'fx_rate',
  rules: { ...common, currency: from('isocode'), rate: from('conversionrate'), day: from('startdate') },
  required: [],
  derive: ({ fields, key, memory }) => {
    const { currency, rate, day, updatedAt } = fields;
    if (typeof currency === 'string' && typeof rate === 'number' && typeof day === 'string') {
      memory.holdRate({ key, currency, perCorporateUnit: rate, day, updatedAt: dateOf(updatedAt) });
    }
    return null;
  },
};

const dateOf = (value: unknown): Date | null => (value instanceof Date ? value : null);

/** Salesforce says what a unit of the company's currency buys; Heed keeps what a unit of the other one is worth. */
export function* fxRates(
  rates: readonly HeldRate[],
  corporate: string | null,
  note: (message: string) => void,
): Generator<RecordOf<'fx_rate'>> {
  if (rates.length > 0 && corporate === null) {
    note('rates of currencies were left out: no CurrencyType row is marked IsCorporate');
    return;
  }
  for (const { key, currency, perCorporateUnit, day, updatedAt } of rates) {
    if (corporate === null || currency === corporate || perCorporateUnit <= 0) continue;
    yield {
      ...baseOf('fx_rate', key),
      currency,
      toCurrency: corporate,
      day,
      rate: Number((1 / perCorporateUnit).toPrecision(12)),
      ...(updatedAt === null ? {} : { updatedAt }),
    };
  }
}
