import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildAccounts, type WorldAccount } from './accounts.ts';
import { buildDeals, type WorldDeal } from './deals.ts';
import { buildEscalations } from './escalations.ts';
import { people } from './people.ts';
import { createRandom } from './random.ts';
import { salesforceId } from './salesforce-id.ts';
import { buildSignals } from './signals.ts';
import { buildTickets, type WorldTicket } from './tickets.ts';

export interface WorldOptions {
  readonly seed: number;
  readonly size: 'small' | 'demo';
  /** The world ends here: nothing in it happened later. */
  readonly asOf: Date;
  readonly outDir: string;
}

/** What was planted; tests look for it, the product never reads it. */
export interface WorldTruth {
  readonly seed: number;
  readonly asOf: string;
  readonly accounts: number;
  readonly tickets: number;
  readonly decliningAccounts: readonly string[];
  readonly spike: {
    readonly from: string;
    readonly to: string;
    readonly tickets: number;
    readonly category: string;
  };
  readonly nearBreachTickets: readonly string[];
  readonly breachedTickets: readonly string[];
  readonly overdueDeals: readonly string[];
  readonly pushedDeals: readonly string[];
  readonly openEscalations: readonly string[];
}

const sizes = {
  small: { accounts: 15, days: 30, perDay: 8, deals: 24 },
  demo: { accounts: 40, days: 90, perDay: 20, deals: 84 },
} as const;

/**
 * Writes a made-up company in the file formats that real ones bring: customers.txt, on_call/CE-*.txt, Salesforce
 * exports in sfdc/, and daily signals as CSV. The same seed and instant give the same bytes.
 *
 * @returns what was planted; also written to truth.json
 */
export function writeWorld(options: WorldOptions): WorldTruth {
  const size = sizes[options.size];
  const { asOf, outDir } = options;
  const random = createRandom(options.seed);
  const accounts = buildAccounts(random.fork('accounts'), size.accounts, asOf);
  const declining = accounts
    .filter(({ arr }) => arr > 60_000)
    .slice(2, 6)
    .map(({ name }) => name);
  const fallen = new Set(declining);
  const { tickets, planted } = buildTickets(random.fork('tickets'), accounts, fallen, {
    asOf,
    days: size.days,
    perDay: size.perDay,
  });
  const built = buildDeals(random.fork('deals'), accounts, { asOf, count: size.deals });
  const escalations = buildEscalations(random.fork('escalations'), accounts, asOf, declining);
  const signals = buildSignals(random.fork('signals'), accounts, tickets, fallen, { asOf, days: size.days });

  const write = (name: string, content: string): void => {
    const file = join(outDir, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  };
  write('customers.txt', customersText(accounts));
  for (const { number, text } of escalations) write(`on_call/${number}.txt`, text);
  write('sfdc/User.csv', userCsv());
  write('sfdc/Account.csv', accountCsv(accounts));
  write('sfdc/Contact.json', contactJson(accounts));
  write('sfdc/Opportunity.csv', opportunityCsv(built.deals));
  write('sfdc/OpportunityHistory.csv', opportunityHistoryCsv(built.deals));
  write('sfdc/Case.csv', caseCsv(tickets));
  write('sfdc/CaseHistory.csv', caseHistoryCsv(tickets));
  write(
    'signals/usage_daily.csv',
    csv(
      [
        'account_id',
        'day',
        'api_calls',
        'logins',
        'active_users',
        'seats',
        'features_used',
        'features_available',
      ],
      signals.usage,
    ),
  );
  write(
    'signals/incidents.csv',
    csv(
      ['incident_id', 'account_id', 'severity', 'status', 'title', 'started_at', 'resolved_at'],
      signals.incidents,
    ),
  );
  write(
    'signals/surveys.csv',
    csv(
      ['response_id', 'account_id', 'case_id', 'kind', 'score', 'comment', 'responded_at'],
      signals.surveys,
    ),
  );

  const truth: WorldTruth = {
    seed: options.seed,
    asOf: asOf.toISOString(),
    accounts: accounts.length,
    tickets: tickets.length,
    decliningAccounts: declining,
    spike: planted.spike,
    nearBreachTickets: planted.nearBreach,
    breachedTickets: planted.breached,
    overdueDeals: built.planted.overdue,
    pushedDeals: built.planted.pushed,
    openEscalations: escalations
      .filter(({ status }) => !['Resolved', 'Closed'].includes(status))
      .map(({ number }) => number),
  };
  write('truth.json', `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

type Cell = string | number | boolean | null;

function csv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const quote = (cell: Cell): string => {
    const text = cell === null ? '' : String(cell);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[header, ...rows].map((row) => row.map(quote).join(',')).join('\n')}\n`;
}

/** Salesforce's own way of writing an instant. */
const instant = (at: Date | null): string => (at === null ? '' : at.toISOString().replace('Z', '+0000'));

function customersText(accounts: readonly WorldAccount[]): string {
  const lines = accounts.map(
    ({ name, industry, region, tier }) => `${name} | ${industry} | ${region} | ${tier}`,
  );
  return ['# Customers of Quorum Data: name | industry | region | tier', ...lines, ''].join('\n');
}

function userCsv(): string {
  const header = [
    'Id',
    'Name',
    'Email',
    'Title',
    'Department',
    'UserRole',
    'ManagerId',
    'TimeZoneSidKey',
    'Region__c',
    'Quota__c',
    'CurrencyIsoCode',
    'IsActive',
  ];
  return csv(
    header,
    people.map((person) => [
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
    ]),
  );
}

function accountCsv(accounts: readonly WorldAccount[]): string {
  const header = [
    'Id',
    'Name',
    'Industry',
    'Region__c',
    'Tier__c',
    'Segment__c',
    'ARR__c',
    'CurrencyIsoCode',
    'NumberOfEmployees',
    'BillingCountry',
    'Website',
    'OwnerId',
    'Type',
    'CreatedDate',
  ];
  return csv(
    header,
    accounts.map((account) => [
      account.id,
      account.name,
      account.industry,
      account.region,
      account.tier,
      account.segment,
      account.arr,
      'USD',
      account.employees,
      account.country,
      `https://www.${account.domain}`,
      account.owner.id,
      'Customer',
      instant(account.since),
    ]),
  );
}

function contactJson(accounts: readonly WorldAccount[]): string {
  const records = accounts.map(({ id, contact, since }) => ({
    attributes: { type: 'Contact' },
    Id: contact.id,
    AccountId: id,
    Name: contact.name,
    Email: contact.email,
    Phone: contact.phone,
    Title: 'Head of Platform',
    CreatedDate: instant(since),
  }));
  return `${JSON.stringify({ totalSize: records.length, done: true, records }, null, 1)}\n`;
}

function opportunityCsv(deals: readonly WorldDeal[]): string {
  const header = [
    'Id',
    'AccountId',
    'OwnerId',
    'Name',
    'StageName',
    'Amount',
    'CurrencyIsoCode',
    'Probability',
    'CloseDate',
    'IsClosed',
    'IsWon',
    'Type',
    'LeadSource',
    'NextStep',
    'Database_Requirements__c',
    'ForecastCategoryName',
    'CreatedDate',
  ];
  return csv(
    header,
    deals.map((deal) => [
      deal.id,
      deal.account.id,
      deal.owner.id,
      deal.name,
      deal.stage,
      deal.amount,
      'USD',
      deal.probability,
      deal.closeDate,
      deal.isClosed,
      deal.isWon,
      'Existing Business',
      deal.leadSource,
      deal.nextStep,
      deal.requirements,
      forecast(deal),
      instant(deal.createdAt),
    ]),
  );
}

function forecast(deal: WorldDeal): string {
  if (deal.isClosed) return deal.isWon ? 'Closed' : 'Omitted';
  return deal.probability >= 80 ? 'Commit' : deal.probability >= 60 ? 'Best Case' : 'Pipeline';
}

function opportunityHistoryCsv(deals: readonly WorldDeal[]): string {
  const rows = deals.flatMap((deal) =>
    deal.history.map((step, index): Cell[] => {
      const before = deal.history[index - 1];
      const id = salesforceId('008', Number(deal.id.slice(5, 15)) * 100 + index);
      return [
        id,
        deal.id,
        step.stage,
        step.amount,
        before?.amount ?? null,
        step.closeDate,
        before?.closeDate ?? null,
        instant(step.at),
      ];
    }),
  );
  return csv(
    ['Id', 'OpportunityId', 'StageName', 'Amount', 'PrevAmount', 'CloseDate', 'PrevCloseDate', 'CreatedDate'],
    rows,
  );
}

function caseCsv(tickets: readonly WorldTicket[]): string {
  const header = [
    'Id',
    'CaseNumber',
    'AccountId',
    'ContactId',
    'OwnerId',
    'Subject',
    'Status',
    'Priority',
    'Origin',
    'Type',
    'Category__c',
    'IsEscalated',
    'CreatedDate',
    'ClosedDate',
    'First_Response_At__c',
    'Sentiment__c',
  ];
  return csv(
    header,
    tickets.map((ticket) => [
      ticket.id,
      ticket.number,
      ticket.account.id,
      ticket.account.contact.id,
      ticket.assignee?.id ?? null,
      ticket.subject,
      ticket.status,
      ticket.priority,
      ticket.origin,
      'Problem',
      ticket.category,
      ticket.escalated,
      instant(ticket.openedAt),
      instant(ticket.closedAt),
      instant(ticket.firstRepliedAt),
      ticket.sentiment,
    ]),
  );
}

function caseHistoryCsv(tickets: readonly WorldTicket[]): string {
  const rows = tickets.flatMap((ticket) =>
    ticket.history.map((change, index): Cell[] => [
      salesforceId('017', Number(ticket.number) * 100 + index),
      ticket.id,
      ticket.assignee?.id ?? null,
      'Status',
      change.from,
      change.to,
      instant(change.at),
    ]),
  );
  return csv(['Id', 'CaseId', 'CreatedById', 'Field', 'OldValue', 'NewValue', 'CreatedDate'], rows);
}
