import { columnKey } from './salesforce-row.ts';
import { type SalesforceObject, salesforceObjects } from './objects.ts';

/** What a table of Salesforce holds: one object, or a report that joins several. */
export type SalesforceTable = SalesforceObject | 'Report';

/** Columns that no other object has together; the first object whose list is contained wins. */
const signatures: readonly (readonly [SalesforceObject, readonly (readonly string[])[]])[] = [
  ['OpportunityHistory', [['opportunityid', 'stagename', 'createddate']]],
  ['CaseHistory', [['caseid', 'field', 'newvalue']]],
  ['EmailMessage', [['parentid', 'incoming']]],
  ['Case', [['casenumber'], ['status', 'priority', 'origin']]],
  ['Opportunity', [['stagename', 'closedate', 'name']]],
  ['User', [['username'], ['id', 'email', 'isactive', 'managerid'], ['id', 'email', 'userroleid']]],
  ['Contact', [['accountid', 'email', 'name'], ['accountid', 'email', 'lastname'], ['accountid', 'mailingcity']]],
  ['Product2', [['productcode', 'family']]],
  ['Account', [['id', 'name', 'industry'], ['id', 'name', 'ownerid'], ['id', 'name', 'billingcountry']]],
];

/**
 * Recognises a table by its columns; where they fit several objects, or too few columns were exported, by its name.
 *
 * @param name file name, or the type that JSON names
 * @returns null when it is no table of Salesforce that Heed reads
 */
export function recogniseTable(name: string, columns: Iterable<string>): SalesforceTable | null {
  const known = new Set([...columns].map(columnKey));
  const byName = objectNamed(name);
  if (byName !== null && (known.has('id') || byName === 'CaseHistory')) return byName;
  const found = signatures.find(([, lists]) => lists.some((list) => list.every((column) => known.has(column))));
  if (found !== undefined) return found[0];
  const labels = new Set([...known].map((column) => column.replace(/[_\s]+/g, ' ')));
  if (labels.has('account name')) return 'Report';
  return null;
}

/** `Account`, `Accounts.csv`, `sfdc_opportunity_history_2026.csv`: the longest object whose name stands in it. */
export function objectNamed(name: string): SalesforceObject | null {
  const words = name.toLowerCase().replace(/\.[a-z]+$/, '').replace(/[^a-z0-9]/g, '');
  const found = salesforceObjects.filter((object) => {
    const key = object.toLowerCase();
    const plural = key.replace(/y$/, 'ie');
    return words.includes(key) || words.includes(`${plural}s`) || (object === 'OpportunityHistory' && words.includes('opportunitieshistory'));
  });
  found.sort((a, b) => b.length - a.length);
  return found[0] ?? null;
}
