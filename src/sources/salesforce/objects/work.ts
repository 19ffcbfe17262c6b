import { recordId, salesforceSource } from '../../identity.ts';
import { from } from '../field-table.ts';
import {
  common,
  type Extra,
  firstInstant,
  flag,
  idPrefix,
  type ObjectDefinition,
  personIf,
  type RowContext,
  referenceIf,
  whenPresent,
  wordBy,
} from '../object-definition.ts';

const kindWords = [
  [/linkedin|social|twitter|chat/i, 'social'],
  [/call|phone/i, 'call'],
  [/mail/i, 'email'],
  [/meeting|demo|visit|onsite|workshop|event|lunch/i, 'meeting'],
  [/note|comment/i, 'note'],
] as const;

/** A task: done at its completion, else on its day, else when it was written down. */
export const task: ObjectDefinition = {
  entity: 'activity',
  rules: { ...common, subject: from('subject'), durationSeconds: from('calldurationinseconds') },
  alsoReads: [
    'accountid',
    'whatid',
    'whoid',
    'ownerid',
    'tasksubtype',
    'type',
    'isclosed',
    'status',
    'completeddatetime',
    'activitydate',
  ],
  required: [['at', 'CreatedDate']],
  derive: (context) => {
    const { row } = context;
    const isDone = flag(row.get('isclosed')) ?? /^(completed|done|closed)/i.test(row.get('status') ?? '');
    // The day of an open task lies ahead; what has happened is that somebody wrote it down.
    const at = isDone
      ? firstInstant(row, 'completeddatetime', 'activitydate', 'createddate')
      : firstInstant(row, 'createddate', 'activitydate');
    const kind = wordBy(kindWords, row.get('tasksubtype')) ?? wordBy(kindWords, row.get('type')) ?? 'task';
    return { ...about(context), kind, at };
  },
};

export const event: ObjectDefinition = {
  entity: 'activity',
  rules: { ...common, subject: from('subject') },
  alsoReads: [
    'accountid',
    'whatid',
    'whoid',
    'ownerid',
    'type',
    'startdatetime',
    'activitydatetime',
    'activitydate',
    'durationinminutes',
  ],
  required: [['at', 'StartDateTime']],
  derive: (context) => {
    const { row } = context;
    const minutes = Number(row.get('durationinminutes') ?? Number.NaN);
    return {
      ...about(context),
      kind: wordBy(kindWords, row.get('type')) ?? 'meeting',
      at: firstInstant(row, 'startdatetime', 'activitydatetime', 'activitydate', 'createddate'),
      ...(Number.isFinite(minutes) ? { durationSeconds: Math.round(minutes * 60) } : {}),
    };
  },
};

/** WhatId names a deal, an account or anything else; WhoId a contact or a lead: their prefix tells. */
function about({ row }: RowContext): Extra {
  const what = row.get('whatid');
  const account = row.get('accountid');
  const accountId =
    typeof account === 'string'
      ? recordId('account', salesforceSource, account)
      : referenceIf('account', idPrefix.account, what);
  return {
    ...whenPresent(row, ['accountid', 'whatid'], { accountId }),
    ...whenPresent(row, ['whatid'], {
      opportunityId: referenceIf('opportunity', idPrefix.opportunity, what),
    }),
    ...whenPresent(row, ['whoid'], { contactId: referenceIf('contact', idPrefix.contact, row.get('whoid')) }),
    ...whenPresent(row, ['ownerid'], { personId: personIf(row.get('ownerid')) }),
  };
}

const sessionWords = [
  [/end|closed|error|failed/i, 'closed'],
  [/resolved/i, 'resolved'],
  [/wait|inactive|paused|consent/i, 'pending'],
  [/new|active|open/i, 'open'],
] as const;

export const messagingSession: ObjectDefinition = {
  entity: 'conversation',
  rules: {
    ...common,
    accountId: from('enduseraccountid'),
    contactId: from('endusercontactid'),
    channel: from('channeltype', 'origin'),
    openedAt: from('starttime', 'createddate'),
    resolvedAt: from('endtime'),
    csat: from('csat__c'),
  },
  alsoReads: ['status', 'ownerid', 'agenttype', 'agentmessagecount', 'endusermessagecount', 'conversationid'],
  required: [['openedAt', 'StartTime']],
  derive: ({ row, fields, key, memory, note }) => {
    const { openedAt, resolvedAt } = fields;
    const word = row.get('status') ?? null;
    const known = wordBy(sessionWords, word);
    if (known === null) note(`session status "${word ?? ''}" is not known; read as "open"`);
    const conversation = row.get('conversationid');
    if (typeof conversation === 'string' && openedAt instanceof Date) {
      const accountId = row.get('enduseraccountid') ?? null;
      memory.rememberSession(conversation, { id: key, accountId, startsAt: openedAt.getTime() });
    }
    const counts = [row.get('agentmessagecount'), row.get('endusermessagecount')].map(Number);
    const agentKind = row.get('agenttype') ?? '';
    const isMeasured = openedAt instanceof Date && resolvedAt instanceof Date;
    return {
      status: known ?? (resolvedAt instanceof Date ? 'closed' : 'open'),
      ...whenPresent(row, ['ownerid'], {
        agentId: personIf(row.get('ownerid')),
        teamId: referenceIf('team', idPrefix.group, row.get('ownerid')),
      }),
      ...(isMeasured
        ? { resolutionSeconds: Math.round((resolvedAt.getTime() - openedAt.getTime()) / 1000) }
        : {}),
      ...(counts.every(Number.isInteger) ? { messageCount: (counts[0] ?? 0) + (counts[1] ?? 0) } : {}),
      ...(agentKind === ''
        ? {}
        : { handledByBot: /bot/i.test(agentKind), escalatedToHuman: /bot\s?to/i.test(agentKind) }),
    };
  },
};

const authorWords = [
  [/end\s?user|customer|visitor/i, 'customer'],
  [/bot/i, 'bot'],
  [/system|automated/i, 'system'],
  [/agent|supervisor/i, 'agent'],
] as const;

const deliveryWords = [
  [/fail|error|undeliver|reject/i, 'failed'],
  [/read|seen/i, 'read'],
  [/deliver/i, 'delivered'],
  [/queue|pending/i, 'queued'],
  [/sent|accepted/i, 'sent'],
] as const;

/** An entry of a messaging conversation; who joined or left is an entry too and no message. */
export const conversationEntry: ObjectDefinition = {
  entity: 'message',
  rules: {
    createdAt: common['createdAt']!,
    updatedAt: common['updatedAt']!,
    at: from('entrytime', 'clienttimestamp', 'createddate'),
    text: from('message'),
    failedReason: from('messagestatusreason', 'messagestatuscode'),
  },
  alsoReads: ['conversationid', 'actortype', 'actorid', 'entrytype', 'messagestatus', 'messagestatustime'],
  required: [['at', 'EntryTime']],
  derive: ({ row, fields, memory }): Extra | null => {
    const type = row.get('entrytype');
    if (typeof type === 'string' && !/text|message|attachment|file|link|card|template/i.test(type))
      return null;
    const authorKind = wordBy(authorWords, row.get('actortype')) ?? 'system';
    const conversation = row.get('conversationid');
    const at = fields['at'] instanceof Date ? fields['at'].getTime() : 0;
    const session = typeof conversation === 'string' ? memory.sessionAt(conversation, at) : null;
    const deliveryStatus = wordBy(deliveryWords, row.get('messagestatus'));
    const changedAt = firstInstant(row, 'messagestatustime');
    const account = session?.accountId ?? null;
    return {
      ...(session === null
        ? {}
        : {
            conversationId: recordId('conversation', salesforceSource, session.id),
            accountId: account === null ? null : recordId('account', salesforceSource, account),
          }),
      authorId: authorKind === 'agent' ? referenceIf('person', idPrefix.user, row.get('actorid')) : null,
      authorKind,
      direction: authorKind === 'customer' ? 'in' : 'out',
      deliveryStatus,
      ...(changedAt !== null && deliveryStatus === 'read' ? { readAt: changedAt } : {}),
      ...(changedAt !== null && deliveryStatus === 'delivered' ? { deliveredAt: changedAt } : {}),
    };
  },
};
