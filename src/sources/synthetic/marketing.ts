/**
 * Campaigns, whom they addressed, and the leads that came of them and of elsewhere. In: customers and reps of a world.
 * Out: marketing/*.csv; the counts of a campaign are those of its members.
 */
import type { WorldAccount } from './accounts.ts';
import { buildCampaigns, streamMembers, type WorldCampaign } from './marketing-campaigns.ts';
import { drawLead, type LeadRequest, leadHeader, leadRow, type WorldLead } from './marketing-leads.ts';
import { putRows } from './put-rows.ts';
import type { Random } from './random.ts';
import type { TableWriter, WorldBasis, WorldSink } from './world.ts';

const campaignHeader = [
  'campaign_id',
  'name',
  'kind',
  'channel',
  'status',
  'starts_on',
  'ends_on',
  'sent',
  'responded',
  'converted',
  'cost',
  'currency',
] as const;
const memberHeader = [
  'campaign_id',
  'member_number',
  'contact_id',
  'lead_id',
  'status',
  'sent_at',
  'responded_at',
  'converted_at',
] as const;

const leadCounts = { small: 40, demo: 220, large: 40_000 } as const;
/** Share of the leads that answered a campaign. */
const fromCampaigns = 0.6;

export const marketingPart = {
  name: 'marketing',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    const campaigns = sink.table('marketing/campaigns.csv', campaignHeader);
    const members = sink.table('marketing/campaign_members.csv', memberHeader);
    const leads = sink.table('marketing/leads.csv', leadHeader);
    const desk = new LeadDesk(basis);
    const all = buildCampaigns(basis);
    const sourcing = all.filter(({ channel, status }) => channel !== 'WhatsApp' && status !== 'planned');
    const perCampaign = Math.round((leadCounts[basis.size] * fromCampaigns) / Math.max(1, sourcing.length));
    for (const campaign of all) {
      const counts = new MemberCounts();
      await writeContacts(basis, campaign, members, counts);
      const wanted = sourcing.includes(campaign) ? perCampaign : 0;
      for (let index = 0; index < wanted; index += 1) {
        const lead = desk.next(campaign);
        await putRows(leads, [leadRow(lead)]);
        await putRows(members, [leadMember(campaign, lead, counts)]);
      }
      await putRows(campaigns, [campaignRow(campaign, counts)]);
    }
    while (desk.count < leadCounts[basis.size]) await putRows(leads, [leadRow(desk.next(null))]);
    return { campaigns: all.length, leads: desk.count, converted: desk.converted };
  },
};

async function writeContacts(
  basis: WorldBasis,
  campaign: WorldCampaign,
  members: TableWriter,
  counts: MemberCounts,
): Promise<void> {
  for (const { account, status, sentAt, respondedAt, convertedAt } of streamMembers(basis, campaign)) {
    counts.add(respondedAt !== null, convertedAt !== null);
    const times = [sentAt, respondedAt, convertedAt].map(isoOrNothing);
    await putRows(members, [[campaign.id, counts.sent, account.contact.id, null, status, ...times]]);
  }
}

/** A lead is a member that answered: that is how it became one. */
function leadMember(campaign: WorldCampaign, lead: WorldLead, counts: MemberCounts) {
  const isConverted = lead.convertedAt !== null;
  counts.add(true, isConverted);
  const status = isConverted ? 'converted' : 'responded';
  const times = [campaign.startsOn + 10 * 3_600_000, lead.openedAt, lead.convertedAt].map(isoOrNothing);
  return [campaign.id, counts.sent, null, lead.id, status, ...times];
}

class MemberCounts {
  sent = 0;
  responded = 0;
  converted = 0;

  add(hasResponded: boolean, hasConverted: boolean): void {
    this.sent += 1;
    if (hasResponded) this.responded += 1;
    if (hasConverted) this.converted += 1;
  }
}

/** Gives leads their numbers, in the order in which they are written. */
class LeadDesk {
  count = 0;
  converted = 0;
  private readonly random: Random;
  private readonly request: LeadRequest;

  constructor(basis: WorldBasis) {
    this.random = basis.random('leads');
    const customers: readonly WorldAccount[] = basis.accounts.filter(({ churnedOn }) => churnedOn === null);
    const reps = basis.people.filter(({ role }) => role === 'rep');
    this.request = { customers, reps, end: basis.asOf.getTime(), days: basis.scale.days };
  }

  next(campaign: WorldCampaign | null): WorldLead {
    this.count += 1;
    const id = `L-${String(this.count).padStart(6, '0')}`;
    const lead = drawLead(this.random.fork(id), id, campaign, this.request);
    if (lead.convertedAt !== null) this.converted += 1;
    return lead;
  }
}

function campaignRow(campaign: WorldCampaign, { sent, responded, converted }: MemberCounts) {
  return [
    campaign.id,
    campaign.name,
    campaign.kind,
    campaign.channel,
    campaign.status,
    day(campaign.startsOn),
    day(campaign.endsOn),
    sent,
    responded,
    converted,
    campaign.cost,
    campaign.currency,
  ];
}

const day = (epochMs: number): string => new Date(epochMs).toISOString().slice(0, 10);
const isoOrNothing = (epochMs: number | null): string | null =>
  epochMs === null ? null : new Date(epochMs).toISOString();
