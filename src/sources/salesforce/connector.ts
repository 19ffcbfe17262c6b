/**
 * Reads a live Salesforce org. In: settings, a cursor. Out: pages of the same events as exports of the same objects
 * give. It never writes to Salesforce, sends its token nowhere but to the org's own address, and keeps nothing between
 * reads that a cursor does not hold as well.
 */
import type { Connector, ConnectorPage, ConnectorRead, SalesforceSettings } from '../connector.ts';
import { salesforceSource } from '../identity.ts';
import { noted } from '../source-event.ts';
import { checkSettings } from './live/check-settings.ts';
import { SalesforceClient } from './live/client.ts';
import { Companions } from './live/companions.ts';
import { OrgDescription } from './live/describe.ts';
import { rightsMissing, saysAbsent } from './live/errors.ts';
import { type SalesforceOptions, withDefaults } from './live/options.ts';
import { fetchPage } from './live/query.ts';
import { type Org, readStream } from './live/read-stream.ts';
import type { Selection } from './live/soql.ts';
import { type StreamDefinition, salesforceStreams } from './live/streams.ts';

export type { SalesforceOptions } from './live/options.ts';

/**
 * Builds the connector. Nothing is sent before the first read.
 *
 * @throws UserError naming the setting, when an address or version cannot be used; `read` throws it for a login that is
 *   refused, rights that are missing and a day's API calls that are used up
 */
export function createSalesforceConnector(
  settings: SalesforceSettings,
  options: SalesforceOptions = {},
): Connector {
  checkSettings(settings);
  const knobs = withDefaults(options);
  const client = new SalesforceClient(settings, knobs);
  const description = new OrgDescription(client);
  const org: Org = { client, description, companions: new Companions(client, description, knobs), knobs };
  const told = new Set<string>();
  return {
    source: salesforceSource,
    streams: [...salesforceStreams.keys()],
    read: (request) => read(org, told, request),
  };
}

async function* read(org: Org, told: Set<string>, request: ConnectorRead): AsyncGenerator<ConnectorPage> {
  const stream = salesforceStreams.get(request.stream);
  if (stream === undefined) throw new Error(`"${request.stream}" is no stream of Salesforce`);
  let cursor = request.cursor;
  const absent = (reason: string): ConnectorPage => {
    const isNew = !told.has(request.stream);
    told.add(request.stream);
    const events = isNew ? [noted(request.stream, 'object-skipped', `was not read: ${reason}`)] : [];
    return { events, cursor, isLast: true };
  };
  try {
    const reason = await reasonToSkip(org, stream, request);
    if (reason !== null) {
      yield absent(reason);
      return;
    }
    const selection = await select(org, stream, request);
    if (selection === null) {
      yield absent('the org has no such object, or the run-as user may not read it');
      return;
    }
    for await (const page of readStream(org, stream, selection, request)) {
      cursor = page.cursor;
      yield page;
    }
  } catch (error) {
    if (!saysAbsent(error)) throw error;
    // A field or object went away since it was described: the next read looks at the org afresh.
    org.description.forget();
    yield absent(`${error.code}, ${error.message}`);
  }
}

async function select(org: Org, stream: StreamDefinition, request: ConnectorRead): Promise<Selection | null> {
  const selection = await org.description.select(stream.object, request, stream.changedBy);
  if (selection === null && stream.object === 'Account') {
    throw rightsMissing('accounts', 'the object Account is not shown to it');
  }
  return selection;
}

/** Sales are counted from orders where there are any, else from the lines of won deals; never from both. */
async function reasonToSkip(
  org: Org,
  stream: StreamDefinition,
  request: ConnectorRead,
): Promise<string | null> {
  if (stream.unless === undefined) return null;
  const other = await org.description.select(stream.unless, request);
  if (other === null) return null;
  const soql = `SELECT Id FROM ${other.object} LIMIT 1`;
  const page = await fetchPage(org.client, { soql }, org.knobs.pageRows, request);
  return page.rows.length === 0 ? null : `sales are counted from ${stream.unless}, which holds rows`;
}
