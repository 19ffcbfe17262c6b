// How long it takes from a signed request to the row of its alert, on the embedded store with the demo's data, through
// the HTTP server and the fast path of `heed start`. `node benchmarks/ingest.mjs [events]` after `npm run build`.
// Prints p50, p95 and the longest, for events that come one after the other and for a burst.
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../dist/app/analyse.js';
import { buildWorld } from '../dist/app/demo/build-world.js';
import { evaluate } from '../dist/app/evaluate.js';
import { buildFastPath, startHttp } from '../dist/app/ingest.js';
import { openHeed } from '../dist/app/open-heed.js';
import { silentProgress } from '../dist/app/progress.js';
import { loadConfig } from '../dist/config/load-config.js';

const EVENTS = Number(process.argv[2] ?? 200);
const secret = 'benchmark-secret-of-32-characters';
const home = mkdtempSync(join(tmpdir(), 'heed-ingest-'));
const channels = new Map();
const loaded = loadConfig(
  { HEED_HOME: home, HEED_INGEST_SECRETS: `bench:${secret}`, HEED_LOG_LEVEL: 'silent' },
  home,
);
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));

const heed = await openHeed(loaded.value);
const results = [];
const inner = buildFastPath(heed, channels, () => undefined);
const submitted = new Map();
const fastPath = {
  ...inner,
  submit: (request) => {
    const done = inner.submit(request);
    submitted.get(request.key)?.(done.then((result) => ({ result, at: performance.now() })));
    return done;
  },
};
const http = await startHttp(heed, fastPath, silentProgress, 0);
try {
  const { rowsStored } = await buildWorld(heed, silentProgress, { seed: 1, size: 'demo' });
  await analyse(heed);
  await evaluate(heed, channels);
  const accounts = await heed.store.db
    .selectFrom('account')
    .select(['source', 'source_id'])
    .where('deleted_at', 'is', null)
    .execute();
  process.stdout.write(
    `${rowsStored.toLocaleString('en-US')} rows, ${accounts.length} accounts, ${EVENTS} events of each kind, disk durability\n`,
  );
  const account = (index) => {
    const { source, source_id: id } = accounts[index % accounts.length];
    return { source, id };
  };
  const now = () => new Date().toISOString();
  const kinds = {
    'customer-escalation': (index) => ({
      id: `CE-B${index}`,
      ceNumber: `CE-B${index}`,
      title: 'Writes time out',
      priority: 'P1',
      status: 'open',
      openedAt: now(),
      account: account(index),
    }),
    incident: (index) => ({
      id: `I-${index}`,
      account: account(index),
      severity: 'critical',
      status: 'open',
      startedAt: now(),
    }),
    ticket: (index) => ({
      id: `T-${index}`,
      number: `9${index}`,
      subject: 'Cluster unreachable',
      status: 'open',
      priority: 'urgent',
      // Urgent tickets are answered within 30 minutes: this one is at risk.
      openedAt: new Date(Date.now() - 26 * 60_000).toISOString(),
      account: account(index),
    }),
  };
  for (const [kind, itemOf] of Object.entries(kinds)) {
    await send(kind, itemOf(1_000_000));
    const before = await countAlerts();
    const times = [];
    for (let index = 0; index < EVENTS; index += 1) {
      const started = performance.now();
      const { at, answeredAt } = await send(kind, itemOf(index));
      times.push({ alert: at - started, answer: answeredAt - started });
      // The limit of messages a minute is for people, not for this measurement.
      await heed.store.db
        .updateTable('alert')
        .set({ fired_at: new Date(0) })
        .execute();
    }
    print(
      `${kind}: request to alert row`,
      times.map(({ alert }) => alert),
      (await countAlerts()) - before,
    );
    print(
      `${kind}: request to answer`,
      times.map(({ answer }) => answer),
    );
  }
  const started = performance.now();
  const burst = await Promise.all(
    Array.from({ length: 30 }, (_, index) =>
      send('customer-escalation', kinds['customer-escalation'](20_000 + index)),
    ),
  );
  print(
    'burst of 30 escalations: request to look done',
    burst.map(({ at }) => at - started),
  );
} finally {
  await http.stop();
  await inner.idle();
  await heed.close();
  rmSync(home, { recursive: true, force: true });
}

async function send(kind, item) {
  const body = JSON.stringify({ items: [item] });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v1:${timestamp}:${body}`).digest('hex');
  const key = randomUUID();
  const looked = new Promise((resolve) => submitted.set(key, resolve));
  const response = await fetch(`${http.url}/ingest/v1/${kind}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-heed-source': 'bench',
      'x-heed-timestamp': timestamp,
      'x-heed-signature': `v1=${signature}`,
      'idempotency-key': key,
    },
  });
  const answer = await response.json();
  const answeredAt = performance.now();
  if (response.status !== 200) throw new Error(JSON.stringify(answer));
  const { result, at } = await looked;
  submitted.delete(key);
  if (result.kind !== 'analysed') throw new Error(`the event was not analysed: ${result.kind}`);
  results.push(result);
  return { at, answeredAt };
}

async function countAlerts() {
  const { count } = await heed.store.db
    .selectFrom('alert')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

function print(what, times, alerts) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1).padStart(6);
  const rows = alerts === undefined ? '' : `   ${alerts} alerts`;
  process.stdout.write(`${what.padEnd(48)} p50 ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)} ms${rows}\n`);
}
