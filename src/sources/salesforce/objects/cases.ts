import type { AnyRecord, TicketEventRecord, TicketStatus } from '../../../domain/records.ts';
import { recordId, salesforceSource } from '../../identity.ts';
import { priorityOf, ticketStatusOf } from '../../values/vocabulary.ts';
import { from } from '../field-table.ts';
import {
  baseOf,
  common,
  type Extra,
  flag,
  idPrefix,
  instantOf,
  type ObjectDefinition,
  personIf,
  type RowContext,
} from '../object-definition.ts';
import type { SalesforceRow } from '../salesforce-row.ts';
import { datesOf } from './customers.ts';

// `case` is a word of the language.
export const supportCase: ObjectDefinition = {
  entity: 'ticket',
  rules: {
    ...common,
    number: from('casenumber'),
    accountId: from('accountid'),
    contactId: from('contactid'),
    productId: from('product__c', 'productid'),
    subject: from('subject'),
    sourceStatus: from('status'),
    sourcePriority: from('priority'),
    type: from('type'),
    channel: from('origin'),
    category: from('category__c', 'reason'),
    openedAt: from('createddate'),
    firstRepliedAt: from('first_response_date__c', 'first_response_at__c'),
    closedAt: from('closeddate'),
    reopens: from('reopen_count__c'),
    replies: from('reply_count__c'),
    sentimentScore: from('sentiment__c', 'sentiment_score__c'),
    escalated: from('isescalated'),
  },
  alsoReads: [
    'isclosed',
    'ownerid',
    'resolved_date__c',
    'tags__c',
    'csat__c',
    'csat_comment__c',
    'csat_date__c',
  ],
  required: [['openedAt', 'CreatedDate']],
  derive: ticketFields,
  also: satisfactionOfCase,
};

function ticketFields({ row, fields, memory, note }: RowContext): Extra {
  const word = row.get('status') ?? 'New';
  const isClosed = flag(row.get('isclosed')) ?? fields['closedAt'] instanceof Date;
  let status = statusOf(word);
  if (status === null) {
    status = isClosed ? 'closed' : 'open';
    note(`status "${word}" is not known; read as "${status}"`);
  }
  const priorityWord = row.get('priority');
  const priority = priorityOf(priorityWord ?? null);
  if (typeof priorityWord === 'string' && priority === null) {
    note(`priority "${priorityWord}" is none of ours and was left empty`);
  }
  const owner = row.get('ownerid') ?? null;
  // A queue's case waits and nobody owns it yet.
  const isQueue = owner?.startsWith(idPrefix.group) === true;
  const team = isQueue ? owner : owner === null ? null : memory.teamOf(owner);
  const solved = instantOf(row.get('resolved_date__c')) ?? fields['closedAt'] ?? null;
  const tags = tagsOf(row.get('tags__c'));
  return {
    status,
    ...(priorityWord === undefined ? {} : { priority }),
    assigneeId: personIf(owner),
    ...(team === null ? {} : { teamId: recordId('team', salesforceSource, team) }),
    solvedAt: status === 'solved' || status === 'closed' ? solved : null,
    ...(tags === undefined ? {} : { tags }),
  };
}

/** A multi-select picklist is exported with semicolons; people who type tags use commas. */
function tagsOf(cell: string | null | undefined): readonly string[] | null | undefined {
  if (cell == null) return cell;
  const tags = cell.split(/[;,]/).map((tag) => tag.trim().toLowerCase());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** A score that the case itself carries is an answer to a survey. */
function satisfactionOfCase(record: AnyRecord, { row, key }: RowContext): readonly AnyRecord[] {
  const score = Number(row.get('csat__c') ?? Number.NaN);
  if (record.entity !== 'ticket' || !Number.isFinite(score)) return [];
  const respondedAt = instantOf(row.get('csat_date__c')) ?? record.closedAt ?? record.updatedAt ?? null;
  if (respondedAt === null) return [];
  return [
    {
      ...baseOf('survey_response', `${baseOf('ticket', key).sourceId}/csat`),
      ticketId: record.id,
      accountId: record.accountId ?? null,
      contactId: record.contactId ?? null,
      kind: 'csat',
      score,
      comment: row.get('csat_comment__c') ?? null,
      respondedAt,
      ...datesOf(record),
    },
  ];
}

const kindOfField: Readonly<Record<string, TicketEventRecord['kind']>> = {
  created: 'created',
  status: 'status',
  priority: 'priority',
  owner: 'assignee',
};

/**
 * A change of a case. Status and priority are kept in our words so that clocks can be computed from events alone; the
 * source's words stay in `raw` where they differ.
 */
export const caseHistory: ObjectDefinition = {
  entity: 'ticket_event',
  rules: { ticketId: from('caseid'), at: from('createddate') },
  alsoReads: ['field', 'oldvalue', 'newvalue', 'createdbyid'],
  required: [
    ['ticketId', 'CaseId'],
    ['at', 'CreatedDate'],
  ],
  keyOf: (row) => {
    const at = instantOf(row.get('createddate'))?.toISOString();
    const ticket = row.get('caseid');
    if (typeof ticket !== 'string' || at === undefined) return null;
    return [ticket, row.get('field') ?? 'updated', at, row.get('newvalue') ?? ''].join('/');
  },
  derive: ({ row }) => changeOf(row),
};

function changeOf(row: SalesforceRow): Extra {
  const field = (row.get('field') ?? 'updated').toLowerCase();
  const oldWord = row.get('oldvalue') ?? null;
  const newWord = row.get('newvalue') ?? null;
  const oldValue = ourWord(field, oldWord);
  const newValue = ourWord(field, newWord);
  const wasDone = oldValue === 'solved' || oldValue === 'closed';
  const isDone = newValue === 'solved' || newValue === 'closed';
  const isSame = oldValue === oldWord && newValue === newWord;
  return {
    actorId: personIf(row.get('createdbyid')),
    kind: field === 'status' && wasDone && !isDone ? 'reopened' : (kindOfField[field] ?? 'updated'),
    field,
    oldValue,
    newValue,
    ...(isSame ? {} : { raw: { oldValue: oldWord, newValue: newWord } }),
  };
}

/** Status in our words, `closed` also for "Closed - Duplicate" and the like; null for a word that is not known. */
function statusOf(word: string): TicketStatus | null {
  return ticketStatusOf(word) ?? (/^closed\b/i.test(word) ? 'closed' : null);
}

function ourWord(field: string, word: string | null): string | null {
  if (word === null) return null;
  if (field === 'status') return statusOf(word) ?? word;
  return field === 'priority' ? (priorityOf(word) ?? word) : word;
}

/** A mail on a case: ours is a public reply, the customer's a comment. */
export const emailMessage: ObjectDefinition = {
  entity: 'ticket_event',
  rules: {
    ticketId: from('parentid'),
    at: from('messagedate', 'createddate'),
    body: { ...from('textbody'), keepWhenEmpty: true },
  },
  alsoReads: ['incoming', 'createdbyid'],
  required: [
    ['ticketId', 'ParentId'],
    ['at', 'MessageDate'],
  ],
  derive: ({ row }) => {
    const isIncoming = flag(row.get('incoming')) === true;
    return {
      actorId: isIncoming ? null : personIf(row.get('createdbyid')),
      kind: isIncoming ? 'comment' : 'reply',
      public: true,
    };
  },
};

/**
 * A comment in the case feed: a published one of ours is a reply. Customers comment through a portal, as users whose
 * type is not Standard (Object Reference of User, UserType).
 */
export const caseComment: ObjectDefinition = {
  entity: 'ticket_event',
  rules: {
    ticketId: from('parentid'),
    at: from('createddate'),
    body: from('commentbody'),
    public: from('ispublished'),
  },
  alsoReads: ['createdbyid', 'createdby.usertype'],
  required: [
    ['ticketId', 'ParentId'],
    ['at', 'CreatedDate'],
  ],
  derive: ({ row, fields }) => {
    const isOurs = /^standard$/i.test(row.get('createdby.usertype') ?? 'Standard');
    return {
      actorId: isOurs ? personIf(row.get('createdbyid')) : null,
      kind: isOurs && fields['public'] === true ? 'reply' : 'comment',
    };
  },
};
