import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../src/app/analyse.ts';
import { evaluate } from '../../src/app/evaluate.ts';
import { answerHealth } from '../../src/app/http/health-route.ts';
import { type IngestRouteDeps, ingestRoute } from '../../src/app/http/ingest-route.ts';
import { type HttpServer, startHttpServer } from '../../src/app/http-server.ts';
import { buildFastPath, startHttp } from '../../src/app/ingest.ts';
import { readIngestSecrets } from '../../src/app/ingest-secrets.ts';
import { type Heed, openHeed } from '../../src/app/open-heed.ts';
import { silentProgress } from '../../src/app/progress.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { createFastPath } from '../../src/jobs/fast-path.ts';
import { ingestEvents } from '../../src/jobs/ingest-events.ts';
import { signBody } from '../../src/sources/webhook/verify-signature.ts';
import { systemClock } from '../../src/toolkit/clock.ts';
import { silentLog } from '../../src/toolkit/log.ts';
import { copyTestHome } from '../support/store.ts';

const secret = 'a-secret-of-the-crm-for-tests';
const item = {
  id: 'CE-1',
  ceNumber: 'CE-1',
  title: 'Writes time out',
  priority: 'P1',
  status: 'open',
  openedAt: new Date().toISOString(),
};

let home: string;
let heed: Heed;
const servers: HttpServer[] = [];
const stopAll: (() => Promise<void>)[] = [];

beforeAll(async () => {
  home = await copyTestHome();
  const config = loadConfig({
    HEED_HOME: home,
    HEED_LOG_LEVEL: 'info',
    HEED_INGEST_SECRETS: `crm:an-older-secret-of-the-crm,crm:${secret}`,
  });
  if (!config.ok) throw new Error(JSON.stringify(config.issues));
  heed = await openHeed(config.value);
  await analyse(heed);
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  for (const stop of stopAll) await stop();
  await heed.close();
  rmSync(home, { recursive: true, force: true });
});

/** The webhook alone, with whatever a test wants to be different. */
async function serveRoute(deps: Partial<IngestRouteDeps> = {}, requestSeconds = 15): Promise<HttpServer> {
  const route = ingestRoute({
    secrets: new Map([['crm', [secret]]]),
    clock: systemClock,
    log: silentLog,
    ingest: (request) => ingestEvents({ store: heed.store, clock: heed.clock }, request),
    onStored: () => undefined,
    ...deps,
  });
  const health = { path: '/healthz', methods: ['GET', 'HEAD'], answer: () => answerHealth(heed.store) };
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    routes: [health, route],
    log: silentLog,
    requestSeconds,
  });
  servers.push(server);
  return server;
}

function signed(body: string, changed: Record<string, string | undefined> = {}): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/json',
    'x-heed-source': 'crm',
    'x-heed-timestamp': timestamp,
    'x-heed-signature': signBody(secret, timestamp, new TextEncoder().encode(body)),
    'idempotency-key': randomUUID(),
    ...changed,
  };
  const given = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(given);
}

interface ErrorBody {
  readonly error: { readonly code: string; readonly message: string; readonly what_to_do: string };
}

async function post(url: string, body: string, changed: Record<string, string | undefined> = {}) {
  const response = await fetch(url, { method: 'POST', body, headers: signed(body, changed) });
  return { status: response.status, headers: response.headers, body: (await response.json()) as ErrorBody };
}

const bodyOf = (...items: readonly unknown[]) => JSON.stringify({ items });

describe('the webhook', () => {
  it('turns a signed event into an alert and a message without a tick (S4-30)', async () => {
    const kicks: number[] = [];
    const inner = buildFastPath(heed, new Map(), () => kicks.push(1));
    const looks: ReturnType<typeof inner.submit>[] = [];
    const fastPath = {
      ...inner,
      submit: (request: Parameters<typeof inner.submit>[0]) => {
        const look = inner.submit(request);
        looks.push(look);
        return look;
      },
    };
    const http = await startHttp(heed, fastPath, silentProgress, 0);
    if (http === null) throw new Error('expected a server');
    servers.push(http);
    const { status, body } = await post(`${http.url}/ingest/v1/customer-escalation`, bodyOf(item));
    expect([status, body]).toMatchObject([
      200,
      { kind: 'customer_escalation', received: 1, stored: 1, rejected: 0 },
    ]);
    expect(await looks[0]).toMatchObject({ kind: 'analysed', fired: 1 });
    const alerts = await heed.store.db
      .selectFrom('alert')
      .innerJoin('outbox', 'outbox.alert_id', 'alert.id')
      .select(['rule_id', 'alert.state', 'outbox.state as message'])
      .execute();
    expect(alerts).toEqual([
      { rule_id: 'customer-escalation-new-or-worsened', state: 'firing', message: 'new' },
    ]);
    expect(kicks).toEqual([1]);
    await evaluate(heed, new Map());
    expect(await heed.store.db.selectFrom('outbox').select('id').execute()).toHaveLength(1);
    expect(await (await fetch(`${http.url}/healthz`)).json()).toEqual({ status: 'ok', store: 'reachable' });
    const log = readFileSync(join(home, 'heed.log'), 'utf8');
    expect(log).toContain('events came in');
    expect(log).not.toContain('Writes time out');
    expect(log).not.toContain(secret);
  });

  it('replays the stored answer for the same key and body, and refuses the key for another', async () => {
    const { url } = await serveRoute();
    const address = `${url}/ingest/v1/account`;
    const key = { 'idempotency-key': randomUUID() };
    const first = await post(address, bodyOf({ id: 'A-1', name: 'Acme' }), key);
    const again = await post(address, bodyOf({ id: 'A-1', name: 'Acme' }), key);
    expect([again.status, again.body, again.headers.get('idempotent-replayed')]).toEqual([
      200,
      first.body,
      'true',
    ]);
    const other = await post(address, bodyOf({ id: 'A-1', name: 'Other' }), key);
    expect([other.status, other.body.error.code]).toEqual([409, 'idempotency-key-used']);
  });

  it('takes NDJSON, and the good items of a mixed body where that is wanted', async () => {
    const { url } = await serveRoute();
    const lines = '{"id":"A-2","name":"Globex"}\n{"id":"A-3"}\n{broken\n';
    const address = `${url}/ingest/v1/account`;
    const type = { 'content-type': 'application/x-ndjson' };
    const refused = await post(address, lines, type);
    expect([refused.status, refused.body]).toMatchObject([
      422,
      { error: { code: 'items-refused' }, received: 3, stored: 0, errors: [{ index: 2, field: null }] },
    ]);
    const allowed = await post(`${address}?partial=allow`, lines, type);
    expect([allowed.status, allowed.body]).toMatchObject([
      200,
      { received: 3, stored: 1, rejected: 2, errors: [{ index: 1, field: 'name' }, { index: 2 }] },
    ]);
  });

  it.each([
    [404, 'not-found', '/other', {}],
    [404, 'unknown-kind', '/ingest/v1/tickets', {}],
    [404, 'unknown-kind', '/ingest/v1/constructor', {}],
    [415, 'unsupported-type', '/ingest/v1/ticket', { 'content-type': 'text/plain' }],
    [415, 'unsupported-type', '/ingest/v1/ticket', { 'content-encoding': 'gzip' }],
    [401, 'not-signed', '/ingest/v1/ticket', { 'x-heed-source': undefined }],
    [401, 'not-signed', '/ingest/v1/ticket', { 'x-heed-signature': 'v1=00' }],
    [401, 'wrong-signature', '/ingest/v1/ticket', { 'x-heed-source': 'nobody' }],
    [401, 'wrong-signature', '/ingest/v1/nothing', { 'x-heed-timestamp': '1700000000' }],
    [400, 'idempotency-key-missing', '/ingest/v1/ticket', { 'idempotency-key': undefined }],
    [400, 'idempotency-key-missing', '/ingest/v1/ticket', { 'idempotency-key': 'short' }],
    [400, 'invalid-option', '/ingest/v1/ticket?partial=maybe', {}],
  ] as const)('answers %i %s at %s with %j', async (status, code, path, changed) => {
    const { url } = await serveRoute();
    const answer = await post(`${url}${path}`, bodyOf({ id: 'T' }), changed);
    expect([answer.status, answer.body.error.code]).toEqual([status, code]);
    expect(answer.body.error.what_to_do).toMatch(/\w+.*\.|\?$/);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  it('tells a signature of another time apart only when it is right', async () => {
    const { url } = await serveRoute();
    const body = bodyOf({ id: 'T' });
    const old = String(Math.floor(Date.now() / 1000) - 301);
    const stale = await post(`${url}/ingest/v1/ticket`, body, {
      'x-heed-timestamp': old,
      'x-heed-signature': signBody(secret, old, new TextEncoder().encode(body)),
    });
    expect([stale.status, stale.body.error.code]).toEqual([401, 'stale-signature']);
  });

  it('takes nothing but POST, and says so', async () => {
    const { url } = await serveRoute();
    const response = await fetch(`${url}/ingest/v1/ticket`);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('stops reading at one megabyte, announced or not', async () => {
    const { url } = await serveRoute();
    const large = bodyOf({ id: 'T', subject: 'x'.repeat(1_048_576) });
    const announced = await post(`${url}/ingest/v1/ticket`, large);
    expect([announced.status, announced.body.error.code]).toEqual([413, 'body-too-large']);
    const sent = httpRequest(`${url}/ingest/v1/ticket`, {
      method: 'POST',
      headers: { ...signed(large), 'transfer-encoding': 'chunked' },
    });
    sent.on('error', () => undefined);
    sent.write(large.slice(0, 700_000));
    sent.write(large.slice(700_000));
    const [response] = (await once(sent, 'response')) as [{ statusCode: number }];
    expect(response.statusCode).toBe(413);
    sent.destroy();
  });

  it('limits how much one source sends, and how much is in hand', async () => {
    const limited = await serveRoute({ rate: { perSecond: 0.001, burst: 1 } });
    const address = `${limited.url}/ingest/v1/account`;
    expect((await post(address, bodyOf({ id: 'A-4', name: 'Umbrella' }))).status).toBe(200);
    const second = await post(address, bodyOf({ id: 'A-5', name: 'Hooli' }));
    expect([second.status, second.headers.get('retry-after')]).toEqual([429, '1000']);
    const full = await serveRoute({ atOnce: 0 });
    const busy = await post(`${full.url}/ingest/v1/account`, bodyOf({ id: 'A-5', name: 'Hooli' }));
    expect([busy.status, busy.body.error.code, busy.headers.get('retry-after')]).toEqual([503, 'busy', '1']);
  });

  it('asks to come back while the same key is in hand, and when the store cannot be reached', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { url } = await serveRoute({
      ingest: async (request) => {
        await held;
        if (request.entity === 'ticket') throw new Error('connection lost to 10.0.0.7');
        return ingestEvents({ store: heed.store, clock: heed.clock }, request);
      },
    });
    const key = { 'idempotency-key': randomUUID() };
    const address = `${url}/ingest/v1/account`;
    const body = bodyOf({ id: 'A-6', name: 'Initech' });
    const two = [post(address, body, key), post(address, body, key)];
    const second = await Promise.race(two);
    expect([second.status, second.body.error.code]).toEqual([409, 'still-running']);
    release();
    expect((await Promise.all(two)).map(({ status }) => status).sort()).toEqual([200, 409]);
    const broken = await post(`${url}/ingest/v1/ticket`, bodyOf({ id: 'T' }));
    expect([broken.status, broken.body.error.code, broken.headers.get('retry-after')]).toEqual([
      503,
      'try-again',
      '5',
    ]);
    expect(JSON.stringify(broken.body)).not.toContain('10.0.0.7');
  });

  it('ends the connection of whoever sends drop by drop', async () => {
    const { url } = await serveRoute({}, 0.3);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      'POST /ingest/v1/ticket HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    );
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/^HTTP\/1\.1 408 [\s\S]*"code":"too-slow"/);
  });

  it('answers what is no HTTP at all, and goes on', async () => {
    const { url } = await serveRoute();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.end('\u0016\u0003\u0001 hello\r\n\r\n');
    const [chunk] = (await once(socket, 'data')) as [Buffer];
    expect(chunk.toString()).toMatch(/^HTTP\/1\.1 400 [\s\S]*"code":"bad-request"/);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
  });

  it('lets requests in hand end when it stops, and takes no more', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await serveRoute({
      ingest: async (request) => {
        await held;
        return ingestEvents({ store: heed.store, clock: heed.clock }, request);
      },
    });
    const address = `${server.url}/ingest/v1/account`;
    const first = post(address, bodyOf({ id: 'A-7', name: 'Hooli' }), { connection: 'close' });
    await expect.poll(() => fetch(`${server.url}/healthz`).then(({ status }) => status)).toBe(200);
    const stopping = server.stop();
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
    release();
    expect((await first).status).toBe(200);
    await stopping;
  });
});

describe('the HTTP server', () => {
  it('is not started without a port and secrets, and has no webhook without secrets', async () => {
    const idle = createFastPath({
      store: heed.store,
      clock: heed.clock,
      log: silentLog,
      analyse: () => Promise.reject(new Error('nothing is analysed here')),
      kick: () => undefined,
    });
    const without = { ...heed, config: { ...heed.config, HEED_INGEST_SECRETS: [] } };
    expect(await startHttp(without, idle, silentProgress, 0)).toBeNull();
    const taken = Number(new URL((await serveRoute()).url).port);
    const onTakenPort = { ...heed, config: { ...heed.config, HEED_HTTP_PORT: taken } };
    await expect(startHttp(onTakenPort, idle, silentProgress, 0)).rejects.toThrow('HEED_HTTP_PORT: is taken');
  });

  it('says that the store is gone', async () => {
    const broken = await openHeedElsewhere();
    await broken.store.close();
    expect(await answerHealth(broken.store)).toEqual({
      status: 503,
      body: JSON.stringify({ status: 'unavailable', store: 'not reachable' }),
    });
  });

  async function openHeedElsewhere(): Promise<Heed> {
    const other = await copyTestHome();
    const config = loadConfig({ HEED_HOME: other, HEED_LOG_LEVEL: 'silent' });
    if (!config.ok) throw new Error(JSON.stringify(config.issues));
    stopAll.push(async () => rmSync(other, { recursive: true, force: true }));
    return openHeed(config.value);
  }
});

describe('the secrets of the webhook', () => {
  it('come from the environment and from a file, several for a source', () => {
    const folder = mkdtempSync(join(tmpdir(), 'heed-secrets-'));
    const file = join(folder, 'ingest');
    writeFileSync(
      file,
      '# telemetry\ntelemetry:with:colons-and-more-than-24\n\ncrm:the-second-secret-of-the-crm\n',
    );
    const secrets = readIngestSecrets({
      HEED_INGEST_SECRETS: ['crm:the-first-secret-of-the-crm'],
      HEED_INGEST_SECRETS_FILE: file,
    });
    expect([...secrets]).toEqual([
      ['crm', ['the-first-secret-of-the-crm', 'the-second-secret-of-the-crm']],
      ['telemetry', ['with:colons-and-more-than-24']],
    ]);
    writeFileSync(file, 'crm:hunter2\n');
    const wrong = () => readIngestSecrets({ HEED_INGEST_SECRETS: [], HEED_INGEST_SECRETS_FILE: file });
    expect(wrong).toThrow(`${file}:1: must be <source>:<secret>`);
    expect(wrong).not.toThrow('hunter2');
    rmSync(folder, { recursive: true });
    expect(wrong).toThrow('HEED_INGEST_SECRETS_FILE');
  });

  it('are refused in the environment when they are short, without being repeated', () => {
    const loaded = loadConfig({ HEED_INGEST_SECRETS: 'crm:hunter2' });
    expect(loaded.ok ? [] : loaded.issues.map(({ path }) => path)).toEqual(['HEED_INGEST_SECRETS']);
    expect(JSON.stringify(loaded)).not.toContain('hunter2');
  });
});
