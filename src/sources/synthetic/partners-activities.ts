import { endOf, type WorldAccount } from './accounts.ts';
import type { WorldDeal } from './deals.ts';
import type { WorldPartner } from './partners-list.ts';
import { dayMs } from './presence-hours.ts';
import type { Random } from './random.ts';
import type { Cell } from './world.ts';

export const activityHeader = [
  'activity_id',
  'kind',
  'subject',
  'account_id',
  'opportunity_id',
  'contact_id',
  'partner_id',
  'person_id',
  'duration_seconds',
  'at',
] as const;

/** One touch, before it has its number. */
export type ActivityCells = readonly Cell[];

const subjects = {
  call: ['Call about the sizing', 'Renewal check-in', 'Follow-up on the quote', 'Intro call', 'Pricing call'],
  email: [
    'Sent revised quote',
    'Answers to the security questions',
    'Case study',
    'Meeting notes',
    'Next steps',
  ],
  meeting: [
    'Workshop with the platform team',
    'Quarterly review',
    'Demo: failover',
    'Executive lunch',
    'Site visit',
  ],
  social: ['Commented on their post', 'Connected with the new CTO', 'Shared the release news'],
  task: ['Prepare the business case', 'Check the licence count', 'Update the account plan'],
} as const;
const kinds = [
  ['email', 40],
  ['call', 27],
  ['meeting', 20],
  ['social', 6],
  ['task', 7],
] as const;
const jointSubjects = [
  'Joint call with the partner',
  'Co-selling workshop',
  'Partner briefing',
  'Joint demo',
];
/** Nobody has touched a quiet customer or a stale deal for so long. */
export const quietDays = 70;

interface TouchRequest {
  readonly account: WorldAccount | null;
  readonly deal: WorldDeal | null;
  readonly partner: WorldPartner | null;
  readonly personId: string;
  readonly at: number;
}

function touch(random: Random, { account, deal, partner, personId, at }: TouchRequest): ActivityCells {
  const kind = partner === null ? random.weighted(kinds) : random.chance(0.6) ? 'meeting' : 'call';
  const subject = partner === null ? random.pick(subjects[kind]) : random.pick(jointSubjects);
  const seconds =
    kind === 'call'
      ? Math.round(random.logNormal(900, 0.6))
      : kind === 'meeting'
        ? random.pick([1800, 2700, 3600, 5400])
        : null;
  const contact = kind === 'task' ? null : (account?.contact.id ?? null);
  return [
    kind,
    subject,
    account?.id ?? null,
    deal?.id ?? null,
    contact,
    partner?.id ?? null,
    personId,
    seconds,
    new Date(at).toISOString(),
  ];
}

export interface ActivityBounds {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly quiet: ReadonlySet<string>;
}

/** What was done for a deal between its beginning and its end, with the partner where one sells along. */
export function dealActivities(
  random: Random,
  deal: WorldDeal,
  partner: WorldPartner | null,
  bounds: ActivityBounds,
): readonly ActivityCells[] {
  const isQuiet = deal.plan === 'stale' || bounds.quiet.has(deal.account?.id ?? '');
  const last = isQuiet ? bounds.end - quietDays * dayMs : bounds.end;
  const to = Math.min(last, deal.isClosed ? Date.parse(deal.closeDate) + dayMs / 2 : last);
  const from = deal.createdAt.getTime();
  if (to <= from) return [];
  return Array.from({ length: random.whole(2, 7) }, () => {
    const joint = partner !== null && random.chance(0.45) ? partner : null;
    const at = workingTime(from + random.next() * (to - from), from, to);
    return touch(random, { account: deal.account, deal, partner: joint, personId: deal.owner.id, at });
  });
}

/** What the owner of a customer did without a deal at hand. */
export function accountActivities(
  random: Random,
  account: WorldAccount,
  bounds: ActivityBounds,
): readonly ActivityCells[] {
  const leaving = endOf(account, new Date(bounds.end));
  const last = bounds.quiet.has(account.id) ? bounds.end - quietDays * dayMs : bounds.end;
  const to = Math.min(leaving, last);
  const from = Math.max(bounds.start, account.since.getTime());
  if (to <= from) return [];
  const count = random.negativeBinomial(account.tier === 'enterprise' ? 9 : 5, 3);
  return Array.from({ length: count }, () => {
    const at = workingTime(from + random.next() * (to - from), from, to);
    return touch(random, { account, deal: null, partner: null, personId: account.owner.id, at });
  });
}

/** Moves an instant to a working hour of the same day, and a weekend to the Friday before, if that fits in. */
function workingTime(epochMs: number, from: number, to: number): number {
  const day = Math.floor(epochMs / dayMs);
  const weekday = (day + 3) % 7;
  const back = weekday > 4 ? weekday - 4 : 0;
  const inDay = epochMs - day * dayMs;
  const moved = (day - back) * dayMs + 7 * 3_600_000 + Math.round((inDay * 10) / 24);
  const second = Math.floor((moved >= from && moved < to ? moved : epochMs) / 1000) * 1000;
  return Math.max(second, Math.ceil(from / 1000) * 1000);
}
