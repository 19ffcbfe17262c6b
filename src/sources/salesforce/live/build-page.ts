import { rejected, type SourceEvent } from '../../source-event.ts';
import type { SalesforceObject } from '../objects.ts';
import { derived, wordNotes } from '../read-salesforce.ts';
import type { SalesforceRow } from '../salesforce-row.ts';
import type { Caller } from './client.ts';
import type { Companions } from './companions.ts';

/** Turns the rows of one answer into events, with what they need of other objects. */
export async function buildPage(
  object: SalesforceObject,
  rows: readonly SalesforceRow[],
  companions: Companions,
  caller: Caller,
): Promise<SourceEvent[]> {
  if (rows.length === 0) return [];
  const notes: string[] = [];
  const events: SourceEvent[] = [];
  const builder = await companions.builderFor(object, rows, (message) => notes.push(message), caller);
  for (const row of rows) {
    // There is no line to point to; the id leads to the row in Salesforce.
    const file = `${object}/${row.get('id') ?? ''}`;
    const built = builder.build(object, row);
    if ('problem' in built) {
      const { field, reason, value } = built.problem;
      events.push(rejected(file, null, reason, field, value));
    } else events.push({ kind: 'accepted', file: object, line: null, records: built.records });
    events.push(...wordNotes(object, notes));
  }
  if (object === 'OpportunityHistory') events.push(...derived(await companions.histories(rows, caller)));
  if (object === 'CurrencyType' || object === 'DatedConversionRate') {
    events.push(...derived(builder.finish()), ...wordNotes(object, notes));
  }
  return events;
}
