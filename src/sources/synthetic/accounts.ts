import { type AccountTraits, drawTraits } from './churn-model.ts';
import { buildCompanies, withLegalForm } from './company-names.ts';
import { firstNames, lastNames } from './names.ts';
import type { WorldPerson } from './people.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';

export interface WorldAccount {
  readonly id: string;
  /** As in Salesforce; a third carry their legal form. Other files may write it in capitals or without the form. */
  readonly name: string;
  readonly industry: string;
  readonly region: 'EMEA' | 'Americas';
  readonly country: string;
  readonly tier: 'enterprise' | 'growth' | 'starter';
  readonly segment: 'Enterprise' | 'Mid-market' | 'SMB';
  /** A year, in `currency`. */
  readonly arr: number;
  readonly currency: 'USD' | 'EUR';
  readonly owner: WorldPerson;
  readonly employees: number;
  readonly since: Date;
  /** `YYYY-MM-DD` of the day on which the customer cancelled. */
  readonly churnedOn: string | null;
  readonly traits: AccountTraits;
  /** Daily API calls and logins in a calm week. */
  readonly usage: { readonly apiCalls: number; readonly logins: number; readonly seats: number };
  readonly contact: {
    readonly id: string;
    readonly name: string;
    readonly title: string;
    readonly email: string;
    readonly phone: string;
  };
  readonly domain: string;
}

const countries = {
  EMEA: ['Germany', 'France', 'Sweden', 'United Kingdom', 'Italy', 'Netherlands'],
  Americas: ['United States', 'Canada', 'United States', 'Brazil'],
} as const;
const euro = new Set(['Germany', 'France', 'Italy', 'Netherlands']);
const dialling: Readonly<Record<string, string>> = {
  Germany: '+49 30 5550',
  France: '+33 1 5550',
  Sweden: '+46 8 5550',
  'United Kingdom': '+44 20 5550',
  Italy: '+39 02 5550',
  Netherlands: '+31 20 5550',
  Brazil: '+55 11 5550',
};
const jobs = [
  'Head of Platform',
  'VP Engineering',
  'Database administrator',
  'SRE lead',
  'CTO',
  'Data architect',
];
/** Every so many accounts there is one that complains far more than others: 5 %. */
const complaintsEvery = 20;
const dayMs = 86_400_000;
const yearDays = 365;
/** Nobody leaves before this: their usage of 90 days is what tells them apart. */
const shortestStayDays = 95;

export interface AccountsRequest {
  readonly count: number;
  readonly asOf: Date;
  readonly people: readonly WorldPerson[];
}

/** Customers with what they are like, and whether they left within the last year. */
export function buildAccounts(random: Random, request: AccountsRequest): readonly WorldAccount[] {
  const { count, asOf } = request;
  const reps = request.people.filter((person) => person.role === 'rep');
  const plannedDeclines = Math.max(4, Math.round(count / 250));
  let declines = 0;
  return buildCompanies(random.fork('companies'), count).map(([company, industry], index) => {
    const own = random.fork(`account ${index}`);
    const region = own.chance(0.55) ? 'EMEA' : 'Americas';
    const country = own.pick(countries[region]);
    const arr = Math.round(own.logNormal(110_000, 0.8) / 500) * 500;
    // Spread over the first half of the list, and only where there is something to lose.
    const due = Math.ceil(plannedDeclines * Math.min(1, (index + 1) / (count * 0.5)));
    const isDeclining = arr > 60_000 && index >= 3 && declines < due;
    if (isDeclining) declines += 1;
    const planted = isDeclining ? 'declining' : index % complaintsEvery === 11 ? 'negative' : null;
    const owners = reps.filter((rep) => rep.region === region);
    const owner = owners[index % owners.length];
    if (owner === undefined) throw new Error(`no rep in ${region}`);
    const traits = drawTraits(own.fork('traits'), planted);
    const tier = arr >= 180_000 ? 'enterprise' : arr >= 70_000 ? 'growth' : 'starter';
    const domain = `${company.toLowerCase().replace(/[^a-z]+/g, '')}.example`;
    const ageDays = own.whole(200, 1800);
    return {
      id: salesforceId('001', index + 1),
      name: withLegalForm(own, company, country),
      industry,
      region,
      country,
      tier,
      segment: tier === 'enterprise' ? 'Enterprise' : tier === 'growth' ? 'Mid-market' : 'SMB',
      arr,
      currency: euro.has(country) ? 'EUR' : 'USD',
      owner,
      employees: Math.round(own.logNormal(arr / 120, 0.5)),
      since: new Date(asOf.getTime() - ageDays * dayMs),
      churnedOn: drawChurn(own.fork('churn'), traits, ageDays, asOf),
      traits,
      usage: { apiCalls: own.logNormal(260, 0.35), logins: traits.logins, seats: own.whole(8, 60) },
      contact: contactOf(own, index, country, domain),
      domain,
    };
  });
}

/** Whether the account cancelled within the year before the end of the world, by its own probability, and when. */
function drawChurn(random: Random, traits: AccountTraits, ageDays: number, asOf: Date): string | null {
  if (traits.planted === 'declining' || !random.chance(traits.churnProbability)) return null;
  const back = random.whole(1, Math.min(yearDays, ageDays - shortestStayDays));
  return new Date(asOf.getTime() - back * dayMs).toISOString().slice(0, 10);
}

function contactOf(random: Random, index: number, country: string, domain: string): WorldAccount['contact'] {
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  return {
    id: salesforceId('003', index + 1),
    name: `${first} ${last}`,
    title: random.pick(jobs),
    email: `${first}.${last}@${domain}`.toLowerCase(),
    phone: `${dialling[country] ?? '+1 202 555'} ${String(1000 + index)}`,
  };
}

/** First instant at which the account is no customer any more. */
export function endOf(account: WorldAccount, asOf: Date): number {
  return account.churnedOn === null ? asOf.getTime() : Date.parse(account.churnedOn);
}
