import type { WorldAccount } from './accounts.ts';
import { churnModel, usualNegativeShare } from './churn-model.ts';
import { listedName } from './company-names.ts';
import { type WorldTable, writeTable } from './put-rows.ts';
import { accountTable, contactJson, userTable } from './salesforce-tables.ts';
import type { WorldBasis, WorldSink } from './world.ts';
import type { NameVariant, WorldTruth } from './world-truth.ts';

/** Customers and colleagues: Salesforce's tables, the list that somebody keeps by hand, and the truth on churn. */
export async function writeCustomers(
  basis: WorldBasis,
  sink: WorldSink,
): Promise<
  Pick<WorldTruth, 'accounts' | 'decliningAccounts' | 'negativeShare' | 'churn'> & {
    readonly nameVariants: readonly NameVariant[];
  }
> {
  const { accounts } = basis;
  await writeTable(sink, userTable, basis.people);
  await writeTable(sink, accountTable, accounts);
  await writeTable(sink, churnTable, accounts);
  sink.text('sfdc/Contact.json', contactJson(accounts));
  const planted = accounts.filter(({ traits }) => traits.planted !== null);
  return {
    accounts: accounts.length,
    decliningAccounts: planted.filter(({ traits }) => traits.planted === 'declining').map(({ name }) => name),
    negativeShare: {
      usual: usualNegativeShare,
      outliers: planted.map(({ name, traits }) => ({ account: name, share: traits.negativeShare })),
    },
    churn: {
      horizonDays: 365,
      model: churnModel,
      churned: accounts.filter(({ churnedOn }) => churnedOn !== null).length,
    },
    nameVariants: writeList(basis, sink),
  };
}

/** customers.txt, where some names are in capitals or lack their legal form. */
function writeList(basis: WorldBasis, sink: WorldSink): readonly NameVariant[] {
  const random = basis.random('customer list');
  const file = 'customers.txt';
  const variants: NameVariant[] = [];
  const lines = basis.accounts.map(({ name, industry, region, tier }) => {
    const variant = listedName(random, name);
    if (variant !== name) variants.push({ name, variant, file });
    return `${variant} | ${industry} | ${region} | ${tier}`;
  });
  const head = '# Customers of Quorum Data: name | industry | region | tier';
  sink.text(file, [head, ...lines, ''].join('\n'));
  return variants;
}

/** What the outcome was drawn from; planted declining accounts were not drawn. */
const churnTable: WorldTable<WorldAccount> = {
  file: 'truth/churn.csv',
  header: [
    'account_id',
    'usage_slope',
    'logins_per_working_day',
    'incidents_90_days',
    'csat_mean',
    'probability',
    'churned',
    'churned_on',
    'planted',
  ],
  rows: ({ id, traits, churnedOn }) => [
    [
      id,
      round(traits.usageSlope),
      round(traits.logins),
      traits.incidents,
      round(traits.csat),
      round(traits.churnProbability),
      churnedOn === null ? 0 : 1,
      churnedOn,
      traits.planted,
    ],
  ],
};

const round = (value: number): number => Math.round(value * 1e6) / 1e6;
