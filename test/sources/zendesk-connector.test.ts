import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../src/domain/records.ts';
import { syncConnectors } from '../../src/jobs/sync-connectors.ts';
import { checkRecords } from '../../src/sources/check-record.ts';
import type { Connector, ConnectorEvent, ConnectorPage, Cursor } from '../../src/sources/connector.ts';
import { emptyDirectory } from '../../src/sources/identity.ts';
import { createZendeskConnector } from '../../src/sources/zendesk/connector.ts';
import { type FixedClock, fixedClock } from '../../src/toolkit/clock.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';
import {
  startZendeskServer,
  type ZendeskFault,
  type ZendeskServer,
  zendeskAgent,
} from '../fakes/zendesk-server.ts';
import { asking, figure, metricPlan, theCatalogue } from '../query/support/ask.ts';
import { openTestStore } from '../support/store.ts';

const start = new Date('2026-11-20T10:00:00Z');
const hoursBefore = (hours: number): Date => new Date(start.getTime() - hours * 3_600_000);
const iso = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

let clock: FixedClock;
let server: ZendeskServer;
beforeEach(async () => {
  clock = fixedClock(start);
  server = await startZendeskServer(clock);
});
afterEach(() => server.close());

function connect(
  more: { readonly baseUrl?: string; readonly apiToken?: string; readonly attempts?: number } = {},
) {
  const { attempts = 8, baseUrl = server.url, apiToken = zendeskAgent.apiToken } = more;
  const sleep = (milliseconds: number): Promise<void> => {
    clock.advance(milliseconds / 1000);
    return Promise.resolve();
  };
  return createZendeskConnector({ baseUrl, email: zendeskAgent.email, apiToken }, { clock, sleep, attempts });
}

const ticket = (id: number, version: string, at: Date, more: Record<string, unknown> = {}) =>
  server.put(
    'tickets',
    {
      id,
      subject: `Ticket ${id}, ${version}`,
      status: 'open',
      priority: 'high',
      created_at: iso(hoursBefore(500)),
      updated_at: iso(at),
      ...more,
    },
    at,
  );

async function read(
  connector: Connector,
  stream: string,
  from: Cursor = null,
  most = Number.POSITIVE_INFINITY,
  events: ConnectorEvent[] = [],
): Promise<{ records: AnyRecord[]; rejects: string[]; cursor: Cursor; pages: ConnectorPage[] }> {
  const records: AnyRecord[] = [];
  const rejects: string[] = [];
  const pages: ConnectorPage[] = [];
  let cursor = from;
  const { signal } = new AbortController();
  const onEvent = (event: ConnectorEvent): number => events.push(event);
  for await (const page of connector.read({
    stream,
    cursor: from,
    directory: emptyDirectory,
    signal,
    onEvent,
  })) {
    pages.push(page);
    cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
    for await (const event of checkRecords(inOrder(page.events))) {
      if (event.kind === 'accepted') records.push(...event.records);
      if (event.kind === 'rejected') rejects.push(`${event.reject.file} ${event.reject.reason}`);
    }
    if (pages.length >= most) break;
  }
  return { records, rejects, cursor, pages };
}

async function* inOrder<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

/** What would be stored: the last version of each. */
const latest = (records: readonly AnyRecord[]): Map<string, AnyRecord> =>
  new Map(records.map((record) => [`${record.entity} ${record.sourceId}`, record]));

describe('the Zendesk connector', () => {
  it('reads every ticket once and, the next time, what has changed since', async () => {
    for (let id = 1; id <= 7; id += 1) ticket(id, 'first', hoursBefore(100 - id));
    const first = await read(connect(), 'tickets');
    expect(first.records.map(({ sourceId }) => sourceId)).toEqual(['1', '2', '3', '4', '5', '6', '7']);
    clock.advance(7_200);
    ticket(3, 'second', clock.now());
    clock.advance(120);
    const second = await read(connect(), 'tickets', first.cursor);
    expect(second.records.map((record) => 'subject' in record && record.subject)).toEqual([
      'Ticket 3, second',
    ]);
  });

  it('ends with the same records whatever goes wrong and wherever it is stopped', async () => {
    const change = fc.record({ id: fc.integer({ min: 1, max: 9 }), at: fc.integer({ min: 2, max: 9 }) });
    const fault = fc.constantFrom<ZendeskFault>(
      null,
      null,
      'rate-limit',
      'unavailable',
      'hang-up',
      'expired',
    );
    const life = fc.record({
      pages: fc.integer({ min: 1, max: 4 }),
      losesLast: fc.boolean(),
      rows: fc.integer({ min: 1, max: 4 }),
      faults: fc.array(fault, { maxLength: 6 }),
      changes: fc.array(change, { maxLength: 3 }),
    });
    const stream = fc.constantFrom('tickets', 'organizations');
    await fc.assert(
      fc.asyncProperty(stream, fc.array(life, { minLength: 1, maxLength: 5 }), async (name, lives) => {
        await server.close();
        clock = fixedClock(start);
        server = await startZendeskServer(clock);
        const put = (id: number, version: string, at: Date) =>
          name === 'tickets'
            ? ticket(id, version, at)
            : server.put(
                'organizations',
                { id, name: `Customer ${id}, ${version}`, created_at: iso(start), updated_at: iso(at) },
                at,
              );
        // Several share a second, as imports of thousands do.
        for (let id = 1; id <= 8; id += 1) put(id, 'first', hoursBefore(50 - Math.floor(id / 3)));
        let cursor: Cursor = null;
        const stored = new Map<string, AnyRecord>();
        for (const [index, { pages, losesLast, rows, faults, changes }] of lives.entries()) {
          server.pageRows = rows;
          server.faults = [...faults];
          const { pages: got } = await read(connect(), name, cursor, pages);
          for (const page of losesLast ? got.slice(0, -1) : got) {
            const events = page.events.flatMap((event) => (event.kind === 'accepted' ? event.records : []));
            for (const [key, record] of latest(events)) stored.set(key, record);
            cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
          }
          clock.advance(300);
          for (const { id, at } of changes)
            put(id, `version ${index}.${at}`, new Date(clock.now().getTime() - at * 1_000));
          clock.advance(300);
        }
        server.faults = [];
        const rest = await read(connect(), name, cursor);
        for (const [key, record] of latest(rest.records)) stored.set(key, record);
        const undisturbed = latest((await read(connect(), name)).records);
        expect(stored).toEqual(undisturbed);
      }),
      { numRuns: 60 },
    );
  });

  it('waits as long as Zendesk says and says so', async () => {
    ticket(1, 'first', hoursBefore(5));
    server.faults = [null, null, 'rate-limit', 'unavailable'];
    const events: ConnectorEvent[] = [];
    const { records } = await read(connect(), 'tickets', null, 9, events);
    expect(records).toHaveLength(1);
    expect(events).toEqual([
      { kind: 'waiting', reason: 'rate-limit', milliseconds: 17_000 },
      { kind: 'waiting', reason: 'unavailable', milliseconds: 2_000 },
    ]);
  });

  it('sends no more than ten incremental requests a minute', async () => {
    for (let id = 1; id <= 40; id += 1) ticket(id, 'first', hoursBefore(100 - id));
    server.pageRows = 2;
    const before = clock.now().getTime();
    await read(connect(), 'tickets');
    const requests = server.requests.filter((path) => path.includes('incremental')).length;
    expect(requests).toBe(20);
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(60_000);
  });

  it('goes on from the last complete time when its cursor has expired', async () => {
    for (let id = 1; id <= 5; id += 1) ticket(id, 'first', hoursBefore(50 - id));
    const first = await read(connect(), 'tickets', null, 1);
    server.faults = [null, null, 'expired'];
    const events: ConnectorEvent[] = [];
    const rest = await read(connect(), 'tickets', first.cursor, 99, events);
    expect(events).toContainEqual({ kind: 'cursor-expired', stream: 'tickets' });
    expect(rest.records.map(({ sourceId }) => sourceId)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('asks for nothing of the last minute, and never another host', async () => {
    server.put('organizations', { id: 1, name: 'A' }, hoursBefore(1));
    const first = await read(connect(), 'organizations');
    clock.advance(5);
    const again = await read(connect(), 'organizations', first.cursor);
    expect(again.pages.at(-1)?.isLast).toBe(true);
    expect(server.requests.every((path) => path.startsWith('/api/v2/'))).toBe(true);
  });

  it.each([['a wrong token', { apiToken: 'wrong-token' }, 'HEED_ZENDESK_API_TOKEN']] as const)(
    'names the setting to mend for %s',
    async (_, more, setting) => {
      await expect(read(connect(more), 'groups')).rejects.toMatchObject({ issues: [{ path: setting }] });
    },
  );

  it('refuses to send the token over plain HTTP', () => {
    expect(() => connect({ baseUrl: 'http://acme.zendesk.com' })).toThrow(UserError);
  });

  it('leaves out what the account does not have and says so', async () => {
    server.absent.add('satisfaction_ratings');
    const { pages } = await read(connect(), 'satisfaction_ratings');
    expect(pages).toHaveLength(1);
    expect(pages[0]?.events).toMatchObject([{ kind: 'note', note: { code: 'stream-absent' } }]);
  });

  it('rejects what it cannot read, with the reason, and loses no row', async () => {
    ticket(1, 'good', hoursBefore(3));
    ticket(2, 'bad', hoursBefore(2), { status: 'sleeping' });
    ticket(3, 'older', hoursBefore(1), { created_at: null });
    const { records, rejects } = await read(connect(), 'tickets');
    expect(records).toHaveLength(1);
    expect(rejects).toEqual([
      'tickets/2 has the status "sleeping", which is none of Zendesk\'s',
      'tickets/3 has no created_at',
    ]);
  });

  it('gives up after so many tries and keeps the place', async () => {
    server.faults = ['unavailable', 'unavailable', 'unavailable'];
    await expect(read(connect({ attempts: 3 }), 'groups')).rejects.toThrow(/did not answer 3 times/);
  });
});

describe('recorded exchanges of Zendesk', () => {
  // Written by hand from the documented wire format, not taken from a live account.
  const recorded = JSON.parse(
    readFileSync(packagePath('fixtures', 'zendesk', 'exchanges.json'), 'utf8'),
  ) as Record<string, Record<string, unknown>>;
  const base = 'https://quorumdata.zendesk.com';

  beforeEach(() => {
    if (!nock.isActive()) nock.activate();
  });
  afterEach(() => {
    nock.cleanAll();
    nock.restore();
  });

  function replay(): void {
    for (const [path, body] of Object.entries(recorded)) {
      nock(base)
        .get((uri) => uri.split('?')[0] === path)
        .times(3)
        .reply(200, body);
    }
  }

  it('are stored with their references and read back as figures', async () => {
    replay();
    const store = await openTestStore();
    const [report] = await syncConnectors({ store, clock, connectors: [connect({ baseUrl: base })] });
    expect(report?.issues).toEqual([]);
    expect(report).toMatchObject({ state: 'done', rowsRejected: 0 });
    const rows = await store.db
      .selectFrom('ticket')
      .innerJoin('account', 'account.id', 'ticket.account_id')
      .innerJoin('contact', 'contact.id', 'ticket.contact_id')
      .innerJoin('person', 'person.id', 'ticket.assignee_id')
      .innerJoin('team', 'team.id', 'person.team_id')
      .select(['ticket.number', 'account.name as account', 'contact.name as contact', 'person.name as agent'])
      .select(['team.name as team', 'ticket.category', 'ticket.channel', 'ticket.tags', 'person.role'])
      .execute();
    expect(rows).toEqual([
      {
        number: '3501',
        account: 'Alderon Energy',
        contact: 'Mirela Costa',
        agent: 'Aisha Grant',
        team: 'Support EMEA',
        category: 'replication lag',
        channel: 'web',
        tags: ['eu-west', 'replication_lag'],
        // An administrator of Zendesk is no administrator of ours.
        role: 'agent',
      },
    ]);
    const events = await store.db
      .selectFrom('ticket_event')
      .select(['kind', 'old_value', 'new_value', 'public'])
      .orderBy('at')
      .orderBy('kind')
      .execute();
    expect(events.map(({ kind, old_value, new_value }) => [kind, old_value, new_value])).toEqual([
      // The customer's own words are a comment and answer nothing.
      ['comment', null, null],
      ['created', null, 'new'],
      ['sla', null, 'apply_sla'],
      ['reply', null, null],
      ['status', 'new', 'open'],
      ['sla', null, 'fulfill'],
    ]);
    const deleted = await store.db
      .selectFrom('ticket')
      .select('number')
      .where('deleted_at', 'is not', null)
      .execute();
    expect(deleted).toEqual([{ number: '3502' }]);
    const ask = asking(store, theCatalogue(), { clock });
    const all = { kind: 'all' } as const;
    expect(figure(await ask.answer(metricPlan('tickets_opened', { time: all })))).toBe(1);
    expect(figure(await ask.answer(metricPlan('csat_average', { time: all })))).toBe(5);
    expect(figure(await ask.answer(metricPlan('source_reply_minutes_median')))).toBe(24);
    // The first reply is where the metric says it is.
    expect(figure(await ask.answer(metricPlan('first_response_time_median', { time: all })))).toBe(24 * 60);
  });
});
