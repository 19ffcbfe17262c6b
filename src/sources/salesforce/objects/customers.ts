import type { AnyRecord } from '../../../domain/records.ts';
import { from } from '../field-table.ts';
import {
  baseOf,
  common,
  type Extra,
  firstOf,
  flag,
  instantOf,
  type ObjectDefinition,
  type RowContext,
  whenPresent,
  wordBy,
} from '../object-definition.ts';
import { joinNames } from './people.ts';

export const account: ObjectDefinition = {
  entity: 'account',
  rules: {
    ...common,
    name: from('name'),
    domain: { ...from('website', 'domain__c'), keepWhenEmpty: true },
    industry: { ...from('industry'), keepWhenEmpty: true },
    region: { ...from('region__c', 'billingcountry', 'billingcountrycode'), keepWhenEmpty: true },
    segment: { ...from('segment__c'), keepWhenEmpty: true },
    tier: { ...from('tier__c', 'customerpriority__c', 'rating'), keepWhenEmpty: true },
    ownerId: from('ownerid'),
    lifecycleStage: from('lifecycle_stage__c', 'type'),
    arr: from('arr__c', 'annual_recurring_revenue__c'),
    revenue: from('annualrevenue'),
    employees: from('numberofemployees'),
    currency: from('currencyisocode'),
    parentId: from('parentid'),
  },
  alsoReads: [
    'ispartner',
    'partner_type__c',
    'partner_tier__c',
    'certification__c',
    'certification_expires__c',
    'enablement_status__c',
  ],
  required: [['name', 'Name']],
  derive: ({ fields }) => cleanDomain(fields['domain']),
  also: partnerOfAccount,
};

/** `https://www.acme.com/de` is the domain acme.com. */
function cleanDomain(website: unknown): Extra {
  if (typeof website !== 'string') return {};
  const domain = website
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[/?#:].*$/, '');
  return { domain };
}

const enablementWords = [
  [/^not|^none/i, 'not_started'],
  [/progress|started|training/i, 'in_progress'],
  [/expired|lapsed/i, 'expired'],
  [/enabled|complete|certified|done/i, 'enabled'],
] as const;

/** An account that is enabled as a partner is a partner as well, under the same key. */
function partnerOfAccount(record: AnyRecord, { row, key }: RowContext): readonly AnyRecord[] {
  if (record.entity !== 'account' || flag(row.get('ispartner')) !== true) return [];
  const certifiedUntil = instantOf(row.get('certification_expires__c'));
  const ifThere = (column: string, fields: Extra): Extra => whenPresent(row, [column], fields);
  const partner: AnyRecord = {
    ...baseOf('partner', key),
    accountId: record.id,
    name: record.name,
    ...(record.region === undefined ? {} : { region: record.region }),
    ...(record.ownerId === undefined ? {} : { managerId: record.ownerId }),
    ...datesOf(record),
  };
  const more = {
    ...whenPresent(row, ['partner_type__c', 'type'], { type: firstOf(row, 'partner_type__c', 'type') }),
    ...whenPresent(row, ['partner_tier__c', 'tier__c'], { tier: firstOf(row, 'partner_tier__c', 'tier__c') }),
    ...ifThere('certification__c', { certification: row.get('certification__c') }),
    ...ifThere('certification_expires__c', {
      certExpiresOn: certifiedUntil?.toISOString().slice(0, 10) ?? null,
    }),
    ...ifThere('enablement_status__c', {
      enablementStatus: wordBy(enablementWords, row.get('enablement_status__c')),
    }),
  };
  return [{ ...partner, ...more }];
}

/** When a record was made, changed and deleted, for the records that are derived from it. */
export function datesOf(record: AnyRecord): Pick<AnyRecord, 'createdAt' | 'updatedAt' | 'deletedAt'> {
  return {
    ...(record.createdAt === undefined ? {} : { createdAt: record.createdAt }),
    ...(record.updatedAt === undefined ? {} : { updatedAt: record.updatedAt }),
    ...(record.deletedAt === undefined ? {} : { deletedAt: record.deletedAt }),
  };
}

export const contact: ObjectDefinition = {
  entity: 'contact',
  rules: {
    ...common,
    accountId: from('accountid'),
    name: from('name'),
    email: from('email'),
    phone: from('phone', 'mobilephone'),
    role: from('title'),
    optedOut: from('hasoptedoutofemail'),
    timeZone: from('timezone__c', 'time_zone__c', 'timezonesidkey'),
  },
  alsoReads: ['firstname', 'lastname'],
  required: [['name', 'Name']],
  derive: ({ row, fields }) => {
    if (typeof fields['name'] === 'string') return {};
    const name = joinNames(row) ?? firstOf(row, 'email');
    return name === null ? {} : { name };
  },
};

const severityWords = [
  [/critical|urgent|^(p|sev\s?)[01]\b/i, 'critical'],
  [/high|major|^(p|sev\s?)2\b/i, 'high'],
  [/moderate|medium|normal|^(p|sev\s?)3\b/i, 'medium'],
  [/low|minor|planning|^(p|sev\s?)[45]\b/i, 'low'],
] as const;

/** Incident has no account of its own; companies that tie it to one add a look-up. */
export const incident: ObjectDefinition = {
  entity: 'incident',
  rules: {
    ...common,
    accountId: from('account__c', 'accountid'),
    title: from('subject', 'incidentnumber'),
    impact: from('impact__c', 'impact'),
    startedAt: from('startdatetime', 'detecteddatetime', 'createddate'),
    resolvedAt: from('resolutiondatetime', 'resolveddatetime', 'enddatetime'),
  },
  alsoReads: ['severity__c', 'priority', 'urgency', 'status', 'isclosed'],
  required: [['startedAt', 'StartDateTime']],
  derive: ({ row, fields, note }) => {
    const word = firstOf(row, 'severity__c', 'priority', 'urgency');
    const severity = wordBy(severityWords, word);
    if (severity === null) note(`incident priority "${word ?? ''}" is not known; read as "medium"`);
    const isOver =
      flag(row.get('isclosed')) ?? /^(resolved|closed|completed|cancell?ed)/i.test(row.get('status') ?? '');
    return {
      severity: severity ?? 'medium',
      status: isOver ? 'resolved' : 'open',
      resolvedAt: isOver ? (fields['resolvedAt'] ?? fields['updatedAt'] ?? null) : null,
    };
  },
};

/**
 * Answers to surveys. Salesforce keeps the answers of its own surveys in a tree of questions; what can be read as it
 * stands is a score on the response: `CSAT__c`, `NPS__c`, `CES__c`, or `Score__c` with `Kind__c`.
 */
export const surveyResponse: ObjectDefinition = {
  entity: 'survey_response',
  rules: {
    ...common,
    accountId: from('account__c', 'accountid'),
    contactId: from('contact__c', 'contactid'),
    ticketId: from('case__c', 'caseid'),
    comment: from('comment__c', 'comments__c', 'feedback__c'),
    respondedAt: from('completiondatetime', 'createddate'),
  },
  alsoReads: ['csat__c', 'nps__c', 'ces__c', 'score__c', 'kind__c'],
  required: [['respondedAt', 'CompletionDateTime']],
  derive: ({ row }) => {
    for (const kind of ['csat', 'nps', 'ces']) {
      const score = numberOf(row.get(`${kind}__c`));
      if (score !== null) return { kind, score };
    }
    const kind = row.get('kind__c')?.toLowerCase();
    const score = numberOf(row.get('score__c'));
    return score === null || (kind !== 'csat' && kind !== 'nps' && kind !== 'ces') ? null : { kind, score };
  },
};

function numberOf(cell: string | null | undefined): number | null {
  const value = typeof cell === 'string' ? Number(cell) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
