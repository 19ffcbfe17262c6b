import type { WorldAccount } from './accounts.ts';
import { planConversations } from './conversations-arrivals.ts';
import { dayMs } from './presence-hours.ts';
import { isCustomerAt } from './ticket-life.ts';
import type { WorldBasis } from './world.ts';

export interface WorldCampaign {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly channel: 'WhatsApp' | 'E-mail' | 'Event' | 'Webinar' | 'LinkedIn';
  readonly status: 'planned' | 'running' | 'finished' | 'cancelled';
  /** Epoch milliseconds of UTC midnights. */
  readonly startsOn: number;
  readonly endsOn: number;
  readonly cost: number;
  readonly currency: 'USD' | 'EUR';
  /** Share of the customers who are addressed. */
  readonly reach: number;
}

/** Somebody whom a campaign addressed. Instants are epoch milliseconds. */
export interface CampaignMember {
  readonly account: WorldAccount;
  readonly status: 'sent' | 'responded' | 'converted' | 'bounced' | 'opted_out';
  readonly sentAt: number;
  readonly respondedAt: number | null;
  readonly convertedAt: number | null;
}

const counts = { small: 5, demo: 9, large: 60 } as const;
const themes = [
  ['Multi-region webinar', 'Webinar', 'Webinar'],
  ['Newsletter', 'Newsletter', 'E-mail'],
  ['Release news', 'Broadcast', 'WhatsApp'],
  ['Database round table', 'Event', 'Event'],
  ['Oracle migration offer', 'Offer', 'E-mail'],
  ['Premium support offer', 'Broadcast', 'WhatsApp'],
  ['Architects on LinkedIn', 'Advertisement', 'LinkedIn'],
  ['Backup week', 'Webinar', 'Webinar'],
  ['Maintenance notice', 'Broadcast', 'WhatsApp'],
  ['Customer day', 'Event', 'Event'],
] as const;
const reaches = { WhatsApp: 0.8, 'E-mail': 0.9, Event: 0.25, Webinar: 0.5, LinkedIn: 0.3 } as const;
const places = ['spring', 'summer', 'autumn', 'winter', 'EMEA', 'Americas', 'banking', 'retail'];

/** Campaigns in the order of their start. The last broadcast goes out on the day on which WhatsApp does not deliver. */
export function buildCampaigns(basis: WorldBasis): readonly WorldCampaign[] {
  const { asOf, scale, size } = basis;
  const today = Math.floor(asOf.getTime() / dayMs) * dayMs;
  const bad = planConversations(basis).failures.from;
  const count = counts[size];
  const lastBroadcast = lastIndexOf('WhatsApp', count);
  return Array.from({ length: count }, (_, index): WorldCampaign => {
    const random = basis.random('campaigns').fork(`campaign ${index}`);
    const [theme, kind, channel] = themes[index % themes.length] ?? themes[0];
    // Spread over the history; the last one but one still runs and the last one is to come.
    const back = Math.round(((count - 1 - index) / count) * (scale.days - 8)) + 3;
    const isPlanned = index === count - 1 && channel !== 'WhatsApp';
    const startsOn = index === lastBroadcast ? bad : isPlanned ? today + 9 * dayMs : today - back * dayMs;
    const endsOn = startsOn + (channel === 'WhatsApp' ? 2 : random.whole(7, 21)) * dayMs;
    const round = Math.floor(index / themes.length);
    const suffix = round === 0 ? '' : ` ${places[round % places.length]} ${round}`;
    return {
      id: `CMP-${String(index + 1).padStart(3, '0')}`,
      name: `${theme}${suffix}`,
      kind,
      channel,
      status: startsOn > today ? 'planned' : endsOn >= today ? 'running' : 'finished',
      startsOn,
      endsOn,
      cost: Math.round(random.logNormal(channel === 'Event' ? 9_000 : 1_400, 0.5)),
      currency: random.chance(0.5) ? 'EUR' : 'USD',
      reach: reaches[channel],
    };
  });
}

function lastIndexOf(channel: WorldCampaign['channel'], count: number): number {
  for (let index = count - 1; index >= 0; index -= 1)
    if (themes[index % themes.length]?.[2] === channel) return index;
  return -1;
}

/** The customers whom a campaign addressed, one at a time; the same for the same world. */
export function* streamMembers(basis: WorldBasis, campaign: WorldCampaign): Generator<CampaignMember> {
  const end = basis.asOf.getTime();
  if (campaign.startsOn >= end) return;
  const random = basis.random('campaigns').fork(`members of ${campaign.id}`);
  const sending = campaign.startsOn + 10 * 3_600_000;
  const isBad =
    campaign.startsOn === planConversations(basis).failures.from && campaign.channel === 'WhatsApp';
  for (const account of basis.accounts) {
    const isReached = random.chance(campaign.reach);
    const sentAt = sending + random.whole(0, 5_400) * 1000;
    const days = random.logNormal(0.8, 0.8);
    const fate = random.next();
    if (!isReached || sentAt >= end || !isCustomerAt(account, sentAt, basis.asOf)) continue;
    yield outcomeOf(account, sentAt, days, isBad ? fate - bouncedOnBadDay : fate, end);
  }
}

/** On the bad day so many more bounce than on another. */
const bouncedOnBadDay = 0.45;
const bounced = 0.03;
const optedOut = 0.045;
const responded = 0.2;
const converted = 0.05;

function outcomeOf(
  account: WorldAccount,
  sentAt: number,
  days: number,
  fate: number,
  end: number,
): CampaignMember {
  const member = { account, sentAt, respondedAt: null, convertedAt: null };
  if (fate < bounced) return { ...member, status: 'bounced' };
  if (fate < optedOut) return { ...member, status: 'opted_out' };
  const respondedAt = sentAt + Math.round(days * 86_400) * 1000;
  if (fate >= optedOut + responded || respondedAt >= end) return { ...member, status: 'sent' };
  const convertedAt = respondedAt + 3 * dayMs;
  if (fate >= optedOut + converted || convertedAt >= end)
    return { ...member, status: 'responded', respondedAt };
  return { ...member, status: 'converted', respondedAt, convertedAt };
}
