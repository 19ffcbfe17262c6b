import type { AnyRecord } from '../../src/domain/records.ts';
import type {
  Connector,
  ConnectorEvent,
  ConnectorPage,
  Cursor,
  SalesforceSettings,
} from '../../src/sources/connector.ts';
import { emptyDirectory } from '../../src/sources/identity.ts';
import { createSalesforceConnector, type SalesforceOptions } from '../../src/sources/salesforce/connector.ts';
import { type FixedClock, fixedClock } from '../../src/toolkit/clock.ts';
import { fakeCredentials, type SalesforceServer, startSalesforceServer } from '../fakes/salesforce-server.ts';

export const start = new Date('2026-11-20T10:00:00.000Z');

/** An id of Salesforce's shape: prefix, eight fixed characters, a number. */
export const idOf = (prefix: string, number: number): string =>
  `${prefix}Hs0000${String(number).padStart(6, '0')}`;

export interface Lab {
  readonly server: SalesforceServer;
  readonly clock: FixedClock;
  /** Milliseconds that the connector slept; sleeping moves the clock instead. */
  readonly slept: number[];
  readonly events: ConnectorEvent[];
  connect(options?: SalesforceOptions, auth?: SalesforceSettings['auth']): Connector;
  close(): Promise<void>;
}

export async function openLab(): Promise<Lab> {
  const clock = fixedClock(start);
  const server = await startSalesforceServer(clock);
  const slept: number[] = [];
  const sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    slept.push(milliseconds);
    clock.advance(milliseconds / 1000);
  };
  defineOrg(server);
  return {
    server,
    clock,
    slept,
    events: [],
    connect: (options = {}, auth = fakeCredentials) =>
      createSalesforceConnector(
        { instanceUrl: server.url, auth, apiVersion: '62.0' },
        { clock, sleep, requestTimeoutMilliseconds: 5000, ...options },
      ),
    close: () => server.close(),
  };
}

/** The objects that most tests use; accounts have a custom region and price, nobody has a custom quota. */
function defineOrg({ org }: SalesforceServer): void {
  const common = ['Id', 'CreatedDate', 'SystemModstamp'] as const;
  org.define('Account', ...common, 'Name', 'Industry', 'Region__c', 'ARR__c', 'IsDeleted', 'Unread__c');
  org.define('User', ...common, 'Name', 'Email', 'IsActive', 'Department', 'ManagerId', 'Heed_Role__c');
  org.define('Case', ...common, 'CaseNumber', 'Subject', 'Status', 'OwnerId', 'IsDeleted');
  org.define('CaseHistory', 'Id', 'CaseId', 'Field', 'OldValue', 'NewValue', 'CreatedById', 'CreatedDate');
  org.define('Opportunity', ...common, 'Name', 'StageName', 'AccountId', 'CloseDate', 'IsWon', 'IsClosed');
  org.define('OpportunityHistory', ...common, 'OpportunityId', 'StageName', 'Amount', 'CloseDate');
  org.define(
    'OpportunityLineItem',
    ...common,
    { name: 'OpportunityId', relationshipName: 'Opportunity', referenceTo: ['Opportunity'] },
    'Quantity',
    'UnitPrice',
    'TotalPrice',
  );
}

export interface ReadOptions {
  readonly cursor?: Cursor;
  readonly signal?: AbortSignal;
  /** Stops after so many pages, as a killed process would. */
  readonly pages?: number;
  readonly events?: ConnectorEvent[];
}

export interface Outcome {
  readonly pages: readonly ConnectorPage[];
  /** As it would come back from the database. */
  readonly cursor: Cursor;
  readonly isLast: boolean;
  readonly records: readonly AnyRecord[];
}

export async function readStream(
  connector: Connector,
  stream: string,
  options: ReadOptions = {},
): Promise<Outcome> {
  const pages: ConnectorPage[] = [];
  const request = {
    stream,
    cursor: options.cursor ?? null,
    directory: emptyDirectory,
    signal: options.signal ?? new AbortController().signal,
    onEvent: (event: ConnectorEvent) => options.events?.push(event),
  };
  for await (const page of connector.read(request)) {
    pages.push(page);
    if (pages.length === options.pages) break;
  }
  const last = pages.at(-1);
  return {
    pages,
    cursor: JSON.parse(JSON.stringify(last?.cursor ?? null)) as Cursor,
    isLast: last?.isLast ?? false,
    records: recordsOf(pages),
  };
}

export const recordsOf = (pages: readonly ConnectorPage[]): AnyRecord[] =>
  pages.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'accepted' || event.kind === 'derived' ? event.records : [])),
  );

/** What a store holds after these records: the last word about each id. */
export const stored = (records: readonly AnyRecord[]): ReadonlyMap<string, AnyRecord> =>
  new Map(records.map((record) => [record.id, record]));
