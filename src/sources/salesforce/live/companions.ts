import type { AnyRecord } from '../../../domain/records.ts';
import { RecordBuilder } from '../build-record.ts';
import type { SalesforceObject } from '../objects.ts';
import type { SalesforceRow } from '../salesforce-row.ts';
import type { Caller, SalesforceClient } from './client.ts';
import type { OrgDescription } from './describe.ts';
import type { Knobs } from './options.ts';
import { fetchAll } from './query.ts';
import { childQueries, type Selection } from './soql.ts';

/**
 * Rows that a page needs beside its own. A file is read whole, so a builder has seen all that a row refers to; live,
 * only what changed comes, and the rest is fetched here.
 */
export class Companions {
  private readonly client: SalesforceClient;
  private readonly org: OrgDescription;
  private readonly knobs: Knobs;
  private users: readonly SalesforceRow[] | null = null;

  constructor(client: SalesforceClient, org: OrgDescription, knobs: Knobs) {
    this.client = client;
    this.org = org;
    this.knobs = knobs;
  }

  /** People moved: their teams are asked for again. */
  forgetUsers(): void {
    this.users = null;
  }

  /** A builder that knows what rows of this object refer to. */
  async builderFor(
    object: SalesforceObject,
    rows: readonly SalesforceRow[],
    onNote: (message: string) => void,
    caller: Caller,
  ): Promise<RecordBuilder> {
    // What is odd about a companion is told when its own stream is read.
    let isTeaching = true;
    const builder = new RecordBuilder((message) => {
      if (!isTeaching) onNote(message);
    });
    if (object === 'Case') await this.teachUsers(builder, caller);
    if (object === 'CurrencyType' || object === 'DatedConversionRate')
      await this.teachCurrency(builder, caller);
    if (object === 'ConversationEntry') {
      const sessions = await this.children('MessagingSession', 'ConversationId', rows, caller);
      for (const row of sessions) builder.build('MessagingSession', row);
    }
    isTeaching = false;
    return builder;
  }

  /**
   * Stage events of every opportunity that the rows name, each told by the difference to the row before: whole
   * histories are fetched, for the row before may be years old.
   */
  async histories(rows: readonly SalesforceRow[], caller: Caller): Promise<readonly AnyRecord[]> {
    const builder = new RecordBuilder(() => undefined);
    const whole = await this.children('OpportunityHistory', 'OpportunityId', rows, caller);
    for (const row of whole) builder.build('OpportunityHistory', row);
    return [...builder.finish()];
  }

  /** The teams that people name: led and placed by all their members, not only by those who changed. */
  async teams(caller: Caller): Promise<readonly AnyRecord[]> {
    const builder = new RecordBuilder(() => undefined);
    await this.teachUsers(builder, caller);
    return [...builder.finish()];
  }

  private async teachUsers(builder: RecordBuilder, caller: Caller): Promise<void> {
    this.users ??= await this.allOf('User', caller);
    for (const row of this.users) builder.build('User', row);
  }

  private async teachCurrency(builder: RecordBuilder, caller: Caller): Promise<void> {
    for (const row of await this.allOf('CurrencyType', caller)) {
      if (row.get('iscorporate') === 'true') builder.build('CurrencyType', row);
    }
  }

  private async allOf(object: SalesforceObject, caller: Caller): Promise<readonly SalesforceRow[]> {
    const selection = await this.org.select(object, caller);
    if (selection === null) return [];
    const soql = `SELECT ${selection.fields.join(', ')} FROM ${object} ORDER BY Id`;
    return fetchAll(this.client, soql, this.knobs.pageRows, caller);
  }

  private async children(
    object: SalesforceObject,
    column: string,
    rows: readonly SalesforceRow[],
    caller: Caller,
  ): Promise<readonly SalesforceRow[]> {
    const selection: Selection | null = await this.org.select(object, caller);
    if (selection === null) return [];
    const parents = rows.map((row) => row.get(column.toLowerCase())).filter((id) => typeof id === 'string');
    const found: SalesforceRow[] = [];
    for (const soql of childQueries(selection, column, parents)) {
      found.push(...(await fetchAll(this.client, soql, this.knobs.pageRows, caller)));
    }
    return found;
  }
}
