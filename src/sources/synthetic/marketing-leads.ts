import type { WorldAccount } from './accounts.ts';
import type { WorldCampaign } from './marketing-campaigns.ts';
import { firstNames, lastNames } from './names.ts';
import type { WorldPerson } from './people.ts';
import { dayMs } from './presence-hours.ts';
import type { Random } from './random.ts';
import type { Cell } from './world.ts';

/** Instants are epoch milliseconds. */
export interface WorldLead {
  readonly id: string;
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly source: string;
  readonly owner: WorldPerson;
  readonly campaign: WorldCampaign | null;
  /** The customer in whose name it was converted. */
  readonly account: WorldAccount | null;
  readonly status: string;
  readonly openedAt: number;
  readonly convertedAt: number | null;
}

export interface LeadRequest {
  readonly customers: readonly WorldAccount[];
  readonly reps: readonly WorldPerson[];
  /** Of the world, epoch milliseconds. */
  readonly end: number;
  readonly days: number;
}

// No column is called account_id: with the address beside it the table would look like contacts.
export const leadHeader = [
  'lead_id',
  'name',
  'company',
  'email',
  'lead_source',
  'owner_id',
  'campaign_id',
  'converted_account',
  'status',
  'opened_at',
  'converted_at',
] as const;

const stems = [
  'Aster',
  'Birch',
  'Calder',
  'Dunmore',
  'Elmgate',
  'Fenwick',
  'Garnet',
  'Hollis',
  'Isen',
  'Jura',
];
const trades = ['Trading', 'Systems', 'Foods', 'Logistics', 'Bank', 'Health', 'Mobility', 'Retail', 'Media'];
/** Weeks until half of the leads that will be decided are. */
const halfDecidedDays = 21;

/** @param campaign that it answered; null: it came from elsewhere */
export function drawLead(
  random: Random,
  id: string,
  campaign: WorldCampaign | null,
  { customers, reps, end, days }: LeadRequest,
): WorldLead {
  const earliest = campaign?.startsOn ?? end - days * dayMs;
  const latest = Math.min(end, campaign === null ? end : campaign.endsOn + 5 * dayMs);
  const reach = Math.max(0, latest - earliest - dayMs / 2);
  const openedAt = Math.floor((earliest + dayMs / 2 + random.next() * reach) / 1000) * 1000;
  const age = (end - openedAt) / dayMs;
  const isDecided = random.next() > 0.5 ** (age / halfDecidedDays);
  const ending = isDecided ? random.weighted(decided) : random.weighted(undecided);
  const convertedAt = openedAt + Math.round(random.next() * Math.min(age, 40) * 86_400) * 1000;
  const status = ending === 'converted' && convertedAt >= end ? 'qualified' : ending;
  const customer = random.pick(customers);
  const isCustomer = status === 'converted';
  const first = random.pick(firstNames);
  const last = random.pick(lastNames);
  const stranger = `${random.pick(stems)} ${random.pick(trades)}`;
  const company = isCustomer ? customer.name : stranger;
  const domain = isCustomer ? customer.domain : `${stranger.toLowerCase().replace(' ', '')}.example`;
  return {
    id,
    name: `${first} ${last}`,
    company,
    email: `${first}.${last}@${domain}`.toLowerCase(),
    source: campaign === null ? random.weighted(sources) : 'Campaign',
    owner: isCustomer ? customer.owner : random.pick(reps),
    campaign,
    account: isCustomer ? customer : null,
    status,
    openedAt: Math.min(openedAt, end - 1000),
    convertedAt: isCustomer ? convertedAt : null,
  };
}

const decided = [
  ['converted', 3],
  ['unqualified', 5],
  ['qualified', 2],
] as const;
const undecided = [
  ['new', 4],
  ['working', 4],
  ['qualified', 2],
] as const;
const sources = [
  ['Web', 5],
  ['Referral', 2],
  ['Outbound', 3],
  ['Partner', 2],
  ['Event', 1],
] as const;

export function leadRow(lead: WorldLead): readonly Cell[] {
  return [
    lead.id,
    lead.name,
    lead.company,
    lead.email,
    lead.source,
    lead.owner.id,
    lead.campaign?.id ?? null,
    lead.account?.id ?? null,
    lead.status,
    new Date(lead.openedAt).toISOString(),
    lead.convertedAt === null ? null : new Date(lead.convertedAt).toISOString(),
  ];
}
