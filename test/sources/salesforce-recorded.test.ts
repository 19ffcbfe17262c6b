import { readFileSync } from 'node:fs';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SalesforceSettings } from '../../src/sources/connector.ts';
import { recordId } from '../../src/sources/identity.ts';
import { createSalesforceConnector } from '../../src/sources/salesforce/connector.ts';
import { fixedClock } from '../../src/toolkit/clock.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import { readStream } from './salesforce-live.ts';

interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly token?: string;
    readonly body?: string | Readonly<Record<string, string>>;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: nock.Body;
  };
}

const host = 'https://quorum.my.salesforce.com';

/** Each exchange answers once, and only the request that it was written for. */
function replay(name: string): void {
  const text = readFileSync(packagePath('fixtures', 'salesforce', name), 'utf8');
  const { exchanges } = JSON.parse(text) as { exchanges: readonly Exchange[] };
  for (const { request, response } of exchanges) {
    const headers = request.token === undefined ? {} : { authorization: `Bearer ${request.token}` };
    nock(host, { reqheaders: headers })
      .intercept(request.path, request.method, request.body as nock.RequestBodyMatcher)
      .query(request.query ?? {})
      .reply(response.status, response.body, response.headers);
  }
}

const connect = (auth: SalesforceSettings['auth'], slept: number[]) => {
  const clock = fixedClock(new Date('2026-11-20T10:00:00Z'));
  const sleep = async (milliseconds: number): Promise<void> => {
    slept.push(milliseconds);
    clock.advance(milliseconds / 1000);
  };
  return createSalesforceConnector({ instanceUrl: host, auth, apiVersion: '62.0' }, { clock, sleep });
};

describe('the wire format of Salesforce, replayed', () => {
  beforeEach(() => {
    if (!nock.isActive()) nock.activate();
    nock.disableNetConnect();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
    nock.restore();
  });

  it('is spoken for a login, describe, a query of two pages, a busy server and a session that ends between them', async () => {
    replay('account-sync.json');
    const slept: number[] = [];
    const clientId = '3MVG9.quorum.client';
    const connector = connect(
      { kind: 'client-credentials', clientId, clientSecret: 'not-a-real-secret' },
      slept,
    );
    const { records, pages } = await readStream(connector, 'Account');
    expect(nock.pendingMocks()).toEqual([]);
    expect(slept).toEqual([5000]);
    expect(pages.map(({ isLast, total }) => [isLast, total])).toEqual([
      [false, 3],
      [true, 3],
    ]);
    expect(records).toMatchObject([
      {
        // The same record as in an export with the shorter id.
        id: recordId('account', 'salesforce', '001Hs00000B2baa'),
        name: 'Northwind Grocers',
        region: 'United States',
        arr: 480_000,
        revenue: 1_250_000_000,
        deletedAt: null,
      },
      { name: 'Hallmark Logistics GmbH', arr: 310_000.5 },
      { name: 'Sunset Cinemas', deletedAt: new Date('2026-11-19T12:00:00Z') },
    ]);
    // A stamp and a page that this process never asked Salesforce for again.
    expect(pages[1]?.cursor).toEqual({
      kind: 'settled',
      until: '2026-11-20T09:59:30.000Z',
      hasChanges: false,
    });
    const incident = await readStream(connector, 'Incident');
    expect(incident.pages).toMatchObject([{ isLast: true, events: [{ kind: 'note' }] }]);
  });

  it('is spoken for a bulk job from its creation to the last page of results', async () => {
    replay('account-bulk.json');
    const slept: number[] = [];
    const connector = connect({ kind: 'access-token', accessToken: '00DHs0000001gER!AQEAQJ.given' }, slept);
    const { records, pages } = await readStream(connector, 'Account');
    expect(nock.pendingMocks()).toEqual([]);
    expect(slept).toEqual([2000]);
    expect(records).toMatchObject([
      { name: 'Northwind "Fresh"\nGrocers', updatedAt: new Date('2026-11-01T07:30:00Z') },
      { name: 'Hallmark Logistics GmbH' },
    ]);
    expect(pages.map(({ cursor }) => (cursor as { kind: string }).kind)).toEqual([
      'bulk',
      'bulk',
      'settled',
      'settled',
    ]);
  });
});
