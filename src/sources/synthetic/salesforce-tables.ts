import type { WorldAccount } from './accounts.ts';
import type { WorldDeal } from './deals.ts';
import type { WorldPerson } from './people.ts';
import type { WorldTable } from './put-rows.ts';
import { salesforceId } from './salesforce-id.ts';
import type { WorldTicket } from './ticket-life.ts';

const columns = (list: string): readonly string[] => list.trim().split(/\s+/);

/** Salesforce's own way of writing an instant. */
const instant = (at: Date | null): string => (at === null ? '' : at.toISOString().replace('Z', '+0000'));

const numberIn = (id: string): number => Number(id.slice(5, 15));

export const userTable: WorldTable<WorldPerson> = {
  file: 'sfdc/User.csv',
  header: columns(`Id Name Email Title Department UserRole ManagerId TimeZoneSidKey Region__c Quota__c
    CurrencyIsoCode IsActive`),
  rows: (person) => [
    [
      person.id,
      person.name,
      person.email,
      person.title,
      person.team,
      person.role,
      person.managerId,
      person.zone,
      person.region,
      person.quota,
      person.quota === null ? null : 'USD',
      true,
    ],
  ],
};

export const accountTable: WorldTable<WorldAccount> = {
  file: 'sfdc/Account.csv',
  header: columns(`Id Name Industry Region__c Tier__c Segment__c ARR__c CurrencyIsoCode NumberOfEmployees
    BillingCountry Website OwnerId Type CreatedDate`),
  rows: (account) => [
    [
      account.id,
      account.name,
      account.industry,
      account.region,
      account.tier,
      account.segment,
      account.churnedOn === null ? account.arr : 0,
      account.currency,
      account.employees,
      account.country,
      `https://www.${account.domain}`,
      account.owner.id,
      account.churnedOn === null ? 'Customer' : 'Former Customer',
      instant(account.since),
    ],
  ],
};

export const opportunityTable: WorldTable<WorldDeal> = {
  file: 'sfdc/Opportunity.csv',
  header:
    columns(`Id AccountId OwnerId Name StageName Amount CurrencyIsoCode Probability CloseDate IsClosed IsWon
    Type LeadSource NextStep Database_Requirements__c ForecastCategoryName CreatedDate`),
  rows: (deal) => [
    [
      deal.id,
      deal.account?.id ?? null,
      deal.owner.id,
      deal.name,
      deal.stage,
      deal.amount,
      deal.currency,
      deal.probability,
      deal.closeDate,
      deal.isClosed,
      deal.isWon,
      deal.type,
      deal.leadSource,
      deal.nextStep,
      deal.requirements,
      forecast(deal),
      instant(deal.createdAt),
    ],
  ],
};

function forecast(deal: WorldDeal): string {
  if (deal.isClosed) return deal.isWon ? 'Closed' : 'Omitted';
  return deal.probability >= 80 ? 'Commit' : deal.probability >= 60 ? 'Best Case' : 'Pipeline';
}

export const opportunityHistoryTable: WorldTable<WorldDeal> = {
  file: 'sfdc/OpportunityHistory.csv',
  header: columns('Id OpportunityId StageName Amount PrevAmount CloseDate PrevCloseDate CreatedDate'),
  rows: (deal) =>
    deal.history.map((step, index) => {
      const before = deal.history[index - 1];
      return [
        salesforceId('008', numberIn(deal.id) * 100 + index),
        deal.id,
        step.stage,
        step.amount,
        before?.amount ?? null,
        step.closeDate,
        before?.closeDate ?? null,
        instant(step.at),
      ];
    }),
};

export const caseTable: WorldTable<WorldTicket> = {
  file: 'sfdc/Case.csv',
  header: columns(`Id CaseNumber AccountId ContactId OwnerId Subject Status Priority Origin Type Category__c
    IsEscalated CreatedDate ClosedDate First_Response_At__c Sentiment__c
    Reply_Count__c Reopen_Count__c`),
  rows: (ticket) => [
    [
      ticket.id,
      ticket.number,
      ticket.account.id,
      ticket.account.contact.id,
      ticket.assignee?.id ?? null,
      ticket.subject,
      ticket.status,
      ticket.priority,
      ticket.origin,
      ticket.type,
      ticket.category,
      ticket.escalated,
      instant(ticket.openedAt),
      instant(ticket.closedAt),
      instant(ticket.firstRepliedAt),
      ticket.sentiment,
      ticket.mails.filter(({ incoming }) => !incoming).length,
      ticket.history.filter(({ from }) => from === 'Closed').length,
    ],
  ],
};

export const caseHistoryTable: WorldTable<WorldTicket> = {
  file: 'sfdc/CaseHistory.csv',
  header: columns('Id CaseId CreatedById Field OldValue NewValue CreatedDate'),
  rows: (ticket) =>
    ticket.history.map((change, index) => [
      salesforceId('017', Number(ticket.number) * 100 + index),
      ticket.id,
      ticket.assignee?.id ?? null,
      'Status',
      change.from,
      change.to,
      instant(change.at),
    ]),
};

export const emailMessageTable: WorldTable<WorldTicket> = {
  file: 'sfdc/EmailMessage.csv',
  header: columns('Id ParentId Incoming FromAddress Subject TextBody CreatedById MessageDate'),
  rows: (ticket) =>
    ticket.mails.map((mail, index) => [
      salesforceId('02s', Number(ticket.number) * 100 + index),
      ticket.id,
      mail.incoming,
      mail.incoming ? ticket.account.contact.email : (ticket.assignee?.email ?? ''),
      ticket.subject.startsWith('Re: ') ? ticket.subject : `Re: ${ticket.subject}`,
      mail.text,
      mail.incoming ? null : (ticket.assignee?.id ?? null),
      instant(mail.at),
    ]),
};

/** Contacts as the JSON of a query. */
export function contactJson(accounts: readonly WorldAccount[]): string {
  const records = accounts.map(({ id, contact, since }) => ({
    attributes: { type: 'Contact' },
    Id: contact.id,
    AccountId: id,
    Name: contact.name,
    Email: contact.email,
    Phone: contact.phone,
    Title: contact.title,
    CreatedDate: instant(since),
  }));
  return `${JSON.stringify({ totalSize: records.length, done: true, records }, null, 1)}\n`;
}
