import type { AnyRecord, PersonRecord } from '../../domain/records.ts';
import { recordId, salesforceSource } from '../identity.ts';
import { priorityOf, roleOf, ticketStatusOf } from '../values/vocabulary.ts';
import type { Row } from './row.ts';

/** Objects of Salesforce that are read, parents before children. */
export const salesforceObjects = [
  'User',
  'Account',
  'Contact',
  'Opportunity',
  'OpportunityHistory',
  'Case',
  'CaseHistory',
] as const;
export type SalesforceObject = (typeof salesforceObjects)[number];

/** What rows of one import share. */
export interface ReadContext {
  /** Person id -> team id, from the users that were read before. */
  readonly teamOf: Map<string, string>;
  /** A word that our vocabulary lacks. */
  readonly note: (code: string, message: string) => void;
}

/** Turns a row into records of ours. @throws BadField */
export function recordsOf(object: SalesforceObject, row: Row, context: ReadContext): readonly AnyRecord[] {
  return readers[object](row, context);
}

const base = (entity: AnyRecord['entity'], row: Row) => {
  const sourceId = row.key();
  return {
    id: recordId(entity, salesforceSource, sourceId),
    source: salesforceSource,
    sourceId,
    createdAt: row.instant('CreatedDate'),
    updatedAt: row.instant('SystemModstamp', 'LastModifiedDate'),
    deletedAt:
      row.boolean('IsDeleted') === true
        ? (row.instant('SystemModstamp', 'LastModifiedDate', 'CreatedDate') ?? new Date(0))
        : null,
  };
};

const readers: Readonly<Record<SalesforceObject, (row: Row, context: ReadContext) => readonly AnyRecord[]>> =
  {
    User: readUser,
    Account: readAccount,
    Contact: readContact,
    Opportunity: readOpportunity,
    OpportunityHistory: readOpportunityHistory,
    Case: readCase,
    CaseHistory: readCaseHistory,
  };

const fullName = (row: Row): string =>
  row.text('Name') ??
  ([row.text('FirstName'), row.text('LastName')].filter(Boolean).join(' ') || row.need('Name'));

function readUser(row: Row, context: ReadContext): readonly AnyRecord[] {
  const common = base('person', row);
  const department = row.text('Department', 'Team__c');
  const teamId = department === null ? null : recordId('team', salesforceSource, department);
  if (teamId !== null) context.teamOf.set(common.id, teamId);
  const written = row.text('Heed_Role__c', 'UserRole', 'UserRole.Name', 'UserRoleName');
  const role = roleOf(written);
  if (written !== null && role === null)
    context.note('role-unknown', `the role "${written}" is none of ours; people with it cannot ask`);
  const person: PersonRecord = {
    ...common,
    entity: 'person',
    name: fullName(row),
    email: row.text('Email'),
    role,
    teamId,
    managerId: row.ref('person', 'ManagerId'),
    region: row.text('Region__c', 'Country'),
    title: row.text('Title'),
    active: row.boolean('IsActive') ?? true,
    quota: row.number('Quota__c'),
    currency: row.text('CurrencyIsoCode', 'DefaultCurrencyIsoCode'),
    timeZone: row.text('TimeZoneSidKey'),
  };
  if (teamId === null || department === null) return [person];
  return [
    {
      id: teamId,
      source: salesforceSource,
      sourceId: department,
      entity: 'team',
      name: department,
      region: person.region ?? null,
    },
    person,
  ];
}

function readAccount(row: Row): readonly AnyRecord[] {
  const website = row.text('Website');
  return [
    {
      ...base('account', row),
      entity: 'account',
      name: row.need('Name'),
      domain:
        website === null
          ? null
          : website
              .replace(/^https?:\/\//i, '')
              .replace(/^www\./i, '')
              .replace(/[/?#].*$/, ''),
      industry: row.text('Industry'),
      region: row.text('Region__c', 'BillingCountry', 'BillingState'),
      segment: row.text('Segment__c'),
      tier: row.text('Tier__c', 'Rating'),
      ownerId: row.ref('person', 'OwnerId'),
      lifecycleStage: row.text('Lifecycle_Stage__c', 'Type'),
      arr: row.number('ARR__c'),
      revenue: row.number('AnnualRevenue'),
      employees: row.number('NumberOfEmployees'),
      currency: row.text('CurrencyIsoCode'),
      parentId: row.ref('account', 'ParentId'),
    },
  ];
}

function readContact(row: Row): readonly AnyRecord[] {
  return [
    {
      ...base('contact', row),
      entity: 'contact',
      accountId: row.ref('account', 'AccountId'),
      name: fullName(row),
      email: row.text('Email'),
      phone: row.text('Phone', 'MobilePhone'),
      role: row.text('Title'),
      optedOut: row.boolean('HasOptedOutOfEmail') ?? false,
    },
  ];
}

function readOpportunity(row: Row): readonly AnyRecord[] {
  const stage = row.need('StageName');
  const probability = row.number('Probability');
  const isClosed = row.boolean('IsClosed') ?? /^closed/i.test(stage);
  return [
    {
      ...base('opportunity', row),
      entity: 'opportunity',
      accountId: row.ref('account', 'AccountId'),
      ownerId: row.ref('person', 'OwnerId'),
      name: row.need('Name'),
      stage,
      amount: row.number('Amount'),
      currency: row.text('CurrencyIsoCode'),
      // Salesforce counts percent.
      probability: probability === null ? null : probability / 100,
      forecastCategory: row.text('ForecastCategoryName', 'ForecastCategory'),
      openedOn: row.instant('CreatedDate')?.toISOString().slice(0, 10) ?? null,
      closeDate: row.day('CloseDate'),
      isClosed,
      isWon: row.boolean('IsWon') ?? /^closed won$/i.test(stage),
      type: row.text('Type'),
      leadSource: row.text('LeadSource'),
      nextStep: row.text('NextStep'),
      dbRequirements: row.text('Database_Requirements__c', 'DB_Requirements__c'),
    },
  ];
}

function readOpportunityHistory(row: Row): readonly AnyRecord[] {
  const at = row.instant('CreatedDate');
  return [
    {
      ...base('opportunity_stage_event', row),
      entity: 'opportunity_stage_event',
      opportunityId: recordId('opportunity', salesforceSource, row.need('OpportunityId')),
      fromStage: row.text('FromStage', 'PrevStageName'),
      toStage: row.need('StageName'),
      amount: row.number('Amount'),
      prevAmount: row.number('PrevAmount'),
      closeDate: row.day('CloseDate'),
      prevCloseDate: row.day('PrevCloseDate'),
      at: at ?? new Date(Number.NaN),
    },
  ];
}

function readCase(row: Row, context: ReadContext): readonly AnyRecord[] {
  const sourceStatus = row.text('Status');
  const closedAt = row.instant('ClosedDate');
  const isClosed = row.boolean('IsClosed') ?? closedAt !== null;
  const known = ticketStatusOf(sourceStatus);
  if (known === null && sourceStatus !== null)
    context.note(
      'status-unknown',
      `the status "${sourceStatus}" was read as ${isClosed ? 'closed' : 'open'}`,
    );
  const sourcePriority = row.text('Priority');
  const priority = priorityOf(sourcePriority);
  if (priority === null && sourcePriority !== null)
    context.note('priority-unknown', `the priority "${sourcePriority}" is none of ours and was left empty`);
  const owner = row.text('OwnerId');
  // Queues own cases, too; their ids begin with 00G.
  const isQueue = owner?.startsWith('00G') === true;
  const assigneeId = isQueue ? null : row.ref('person', 'OwnerId');
  return [
    {
      ...base('ticket', row),
      entity: 'ticket',
      number: row.text('CaseNumber'),
      accountId: row.ref('account', 'AccountId'),
      contactId: row.ref('contact', 'ContactId'),
      assigneeId,
      teamId: isQueue
        ? row.ref('team', 'OwnerId')
        : assigneeId === null
          ? null
          : (context.teamOf.get(assigneeId) ?? null),
      subject: row.text('Subject'),
      status: known ?? (isClosed ? 'closed' : 'open'),
      priority,
      sourceStatus,
      sourcePriority,
      type: row.text('Type'),
      channel: row.text('Origin'),
      category: row.text('Category__c', 'Reason'),
      openedAt: row.instant('CreatedDate') ?? new Date(Number.NaN),
      firstRepliedAt: row.instant('First_Response_At__c', 'First_Response_Date__c'),
      solvedAt: closedAt,
      closedAt,
      sentimentScore: row.number('Sentiment__c'),
      escalated: row.boolean('IsEscalated') ?? false,
    },
  ];
}

function readCaseHistory(row: Row): readonly AnyRecord[] {
  const field = row.need('Field').toLowerCase();
  const kind =
    field === 'status'
      ? 'status'
      : field === 'priority'
        ? 'priority'
        : field === 'owner'
          ? 'assignee'
          : 'updated';
  const ours = (text: string | null): string | null => {
    if (kind === 'status') return ticketStatusOf(text) ?? text;
    return kind === 'priority' ? (priorityOf(text) ?? text) : text;
  };
  return [
    {
      ...base('ticket_event', row),
      entity: 'ticket_event',
      ticketId: recordId('ticket', salesforceSource, row.need('CaseId')),
      actorId: row.ref('person', 'CreatedById'),
      kind,
      field,
      oldValue: ours(row.text('OldValue')),
      newValue: ours(row.text('NewValue')),
      at: row.instant('CreatedDate') ?? new Date(Number.NaN),
    },
  ];
}
