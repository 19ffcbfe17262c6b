import { people, type WorldPerson } from './people.ts';
import type { Random } from './random.ts';
import { salesforceId } from './salesforce-id.ts';
import { companies, firstNames, lastNames } from './words.ts';

export interface WorldAccount {
  readonly id: string;
  readonly name: string;
  readonly industry: string;
  readonly region: 'EMEA' | 'Americas';
  readonly country: string;
  readonly tier: 'enterprise' | 'growth' | 'starter';
  readonly segment: 'Enterprise' | 'Mid-market' | 'SMB';
  readonly arr: number;
  readonly owner: WorldPerson;
  readonly employees: number;
  readonly since: Date;
  /** `YYYY-MM-DD` of the day on which the customer cancelled. */
  readonly churnedOn: string | null;
  /** Daily API calls and logins in a calm week. */
  readonly usage: { readonly apiCalls: number; readonly logins: number; readonly seats: number };
  readonly contact: {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly phone: string;
  };
  readonly domain: string;
}

const countries = {
  EMEA: ['Germany', 'France', 'Sweden', 'United Kingdom', 'Italy'],
  Americas: ['United States', 'Canada', 'United States', 'Brazil'],
} as const;

export function buildAccounts(random: Random, count: number, asOf: Date): readonly WorldAccount[] {
  const reps = people.filter((person) => person.role === 'rep');
  return companies.slice(0, count).map(([name, industry], index) => {
    const own = random.fork(name);
    const region = own.chance(0.55) ? 'EMEA' : 'Americas';
    const arr = Math.round(own.logNormal(110_000, 0.8) / 500) * 500;
    const tier = arr >= 180_000 ? 'enterprise' : arr >= 70_000 ? 'growth' : 'starter';
    const owners = reps.filter((rep) => rep.region === region);
    const owner = owners[index % owners.length];
    if (owner === undefined) throw new Error(`no rep in ${region}`);
    const first = own.pick(firstNames);
    const last = own.pick(lastNames);
    const domain = `${name.toLowerCase().replace(/[^a-z]+/g, '')}.example`;
    return {
      id: salesforceId('001', index + 1),
      name,
      industry,
      region,
      country: own.pick(countries[region]),
      tier,
      segment: tier === 'enterprise' ? 'Enterprise' : tier === 'growth' ? 'Mid-market' : 'SMB',
      arr,
      owner,
      employees: Math.round(own.logNormal(arr / 120, 0.5)),
      churnedOn: null,
      since: new Date(asOf.getTime() - own.whole(200, 1800) * 86_400_000),
      usage: { apiCalls: own.logNormal(260, 0.35), logins: own.logNormal(2.2, 0.3), seats: own.whole(8, 60) },
      contact: {
        id: salesforceId('003', index + 1),
        name: `${first} ${last}`,
        email: `${first}.${last}@${domain}`.toLowerCase(),
        phone: `+49 30 5550 ${String(100 + index)}`,
      },
      domain,
    };
  });
}
