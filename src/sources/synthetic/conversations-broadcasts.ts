import { deliver, maskRecipient, outage } from './conversations-delivery.ts';
import { iso, isoOrNothing, type MessageContext } from './conversations-rows.ts';
import { broadcastWords, chatWords } from './conversations-words.ts';
import { fillIn } from './grammar.ts';
import {
  buildCampaigns,
  type CampaignMember,
  streamMembers,
  type WorldCampaign,
} from './marketing-campaigns.ts';
import type { Cell, WorldBasis } from './world.ts';

/** The messages of WhatsApp campaigns: one to each member, undelivered exactly to those who bounced. */
export function* streamBroadcasts(basis: WorldBasis, context: MessageContext): Generator<readonly Cell[]> {
  const random = basis.random('broadcasts');
  for (const [index, campaign] of buildCampaigns(basis).entries()) {
    if (campaign.channel !== 'WhatsApp') continue;
    const own = random.fork(campaign.id);
    const words = broadcastWords[index % broadcastWords.length] ?? broadcastWords[0];
    const text = fillIn(own, words, chatWords);
    for (const member of streamMembers(basis, campaign))
      yield broadcastRow(campaign, member, text, { ...context, random: own });
  }
}

function broadcastRow(
  campaign: WorldCampaign,
  member: CampaignMember,
  text: string,
  context: MessageContext,
): readonly Cell[] {
  const { account, sentAt, status } = member;
  const { failures } = context.plan;
  const isBad = sentAt >= failures.from && sentAt < failures.to;
  const drawn = deliver(context.random, 'WhatsApp', sentAt, false, context.end);
  const isFailed = status === 'bounced';
  const arrived = drawn.status === 'failed' ? { ...drawn, status: 'sent' as const } : drawn;
  const delivery = isFailed ? failed : arrived;
  const reason = isBad ? outage.reason : 'number is not on WhatsApp';
  context.onDelivery('WhatsApp', sentAt, delivery.status);
  return [
    context.nextId(),
    null,
    account.id,
    null,
    'out',
    'system',
    'WhatsApp',
    iso(sentAt),
    delivery.status,
    isoOrNothing(delivery.deliveredAt),
    isoOrNothing(delivery.readAt),
    isFailed ? reason : null,
    maskRecipient(account.contact.phone),
    `BC-${campaign.id}`,
    campaign.id,
    text,
  ];
}

const failed = { status: 'failed', deliveredAt: null, readAt: null } as const;
