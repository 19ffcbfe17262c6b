import { basename } from 'node:path';
import { type SalesforceObject, salesforceObjects } from './objects.ts';
import { labelKey, reportLabels } from './read-report.ts';
import { columnKey } from './salesforce-row.ts';

/** What a table of Salesforce holds: one object, or a report that joins several. */
export type SalesforceTable = SalesforceObject | 'Report';

/** Columns that tell an object apart; one of its lists must be there whole. The first object that matches counts. */
const signatures: readonly (readonly [SalesforceObject, readonly (readonly string[])[]])[] = [
  ['CurrencyType', [['isocode', 'conversionrate', 'iscorporate']]],
  ['DatedConversionRate', [['isocode', 'conversionrate', 'startdate']]],
  ['UserRole', [['id', 'name', 'parentroleid']]],
  ['Group', [['id', 'developername', 'relatedid']]],
  ['UserServicePresence', [['userid', 'statusstartdate']]],
  ['ConversationEntry', [['conversationid', 'actortype']]],
  ['MessagingSession', [['messagingenduserid', 'starttime']]],
  ['CampaignMember', [['campaignid', 'hasresponded']]],
  ['Campaign', [['id', 'numberofresponses']]],
  ['Lead', [['id', 'isconverted', 'company']]],
  ['OpportunityPartner', [['opportunityid', 'accounttoid']]],
  ['Partner', [['accountfromid', 'accounttoid']]],
  ['OpportunityLineItem', [['opportunityid', 'unitprice']]],
  ['OrderItem', [['orderid', 'unitprice']]],
  ['Contract', [['id', 'contractnumber', 'accountid']]],
  ['Asset', [['id', 'accountid', 'usageenddate']]],
  ['CaseComment', [['parentid', 'commentbody']]],
  ['Incident', [['id', 'incidentnumber']]],
  ['Task', [['whatid', 'tasksubtype']]],
  ['Event', [['whatid', 'startdatetime']]],
  ['OpportunityHistory', [['opportunityid', 'stagename']]],
  ['CaseHistory', [['caseid', 'field']]],
  ['EmailMessage', [['parentid', 'incoming']]],
  ['Case', [['casenumber'], ['id', 'status', 'priority', 'origin']]],
  ['Opportunity', [['stagename', 'closedate']]],
  [
    'User',
    [
      ['id', 'username'],
      ['id', 'email', 'isactive'],
      ['id', 'email', 'timezonesidkey'],
    ],
  ],
  [
    'Contact',
    [
      ['accountid', 'email'],
      ['accountid', 'lastname'],
    ],
  ],
  ['Product2', [['productcode', 'family']]],
  [
    'Account',
    [
      ['id', 'name', 'industry'],
      ['id', 'name', 'billingcountry'],
      ['id', 'name', 'annualrevenue'],
      ['id', 'name', 'website'],
    ],
  ],
];

/** Objects whose name many other systems use for a table as well. */
const commonWords: ReadonlySet<SalesforceObject> = new Set([
  'Group',
  'Lead',
  'Campaign',
  'Partner',
  'Asset',
  'Contract',
  'Incident',
  'Task',
  'Event',
]);

/** Columns that every Salesforce object has and that others write differently. */
const isOfSalesforce = (columns: ReadonlySet<string>): boolean =>
  ['createddate', 'systemmodstamp', 'lastmodifieddate', 'createdbyid', 'developername', 'ownerid'].some(
    (column) => columns.has(column),
  );

/** Labels beside "Account Name" without which a table is anybody's. */
const LABELS_OF_A_REPORT = 2;

/**
 * Recognises a table by its name where the data loader gave it, else by its columns.
 *
 * @param name file name, or what a JSON record says of itself
 * @returns null when it is no table of Salesforce that is read
 */
export function recogniseTable(name: string, columns: Iterable<string>): SalesforceTable | null {
  const known = new Set([...columns].map(columnKey));
  const named = objectNamed(name);
  if (named !== null && known.has('id') && (!commonWords.has(named) || isOfSalesforce(known))) return named;
  const found = signatures.find(([, lists]) =>
    lists.some((list) => list.every((column) => known.has(column))),
  );
  if (found !== undefined) return found[0];
  const labels = new Set([...known].map(labelKey));
  if (!labels.has('account name')) return null;
  const others = [...labels].filter((label) => label !== 'account name' && reportLabels.has(label));
  return others.length >= LABELS_OF_A_REPORT ? 'Report' : null;
}

const plurals: ReadonlyMap<string, SalesforceObject> = new Map(
  salesforceObjects.flatMap((object) => {
    const key = object.toLowerCase();
    return [key, `${key}s`, `${key.slice(0, -1)}ies`].map((word) => [word, object] as const);
  }),
);

/** `Account.csv`, `sfdc_opportunities.json`, `Case-2026-11.csv`; null for a name that says something else. */
export function objectNamed(name: string): SalesforceObject | null {
  const words = basename(name)
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b(sfdc|salesforce|export|extract)\b/g, '')
    .replace(/\b\d+\b/g, '');
  return plurals.get(words.replace(/\s+/g, '')) ?? null;
}
