// How fast records go into their tables beside a bare COPY of the same rows, on the embedded engine and, where
// HEED_TEST_DATABASE_URL names one, on a server. `node benchmarks/load.mjs [rows]` after `npm run build`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompiledQuery } from 'kysely';
import pg from 'pg';
import { openStore, sql } from '../dist/store/database.js';
import { migrateUp } from '../dist/store/migrate.js';
import { rowOf } from '../dist/store/record-columns.js';
import { createRecordLoad } from '../dist/store/record-load.js';
import { stableId } from '../dist/toolkit/ids.js';

const ROWS = Number(process.argv[2] ?? 200_000);
const BATCH = 5_000;
const base = Date.UTC(2026, 0, 1);

const makers = {
  message: (index) => ({
    entity: 'message',
    id: stableId('message', 'load', String(index)),
    source: 'load',
    sourceId: String(index),
    conversationId: stableId('conversation', 'load', String(index >> 3)),
    direction: index % 2 ? 'in' : 'out',
    authorKind: index % 2 ? 'customer' : 'agent',
    channel: 'whatsapp',
    at: new Date(base + index * 1000),
    deliveryStatus: 'read',
    deliveredAt: new Date(base + index * 1000 + 400),
    text: 'Hello, the cluster in eu-west answers slowly since this morning',
    updatedAt: new Date(base + index * 1000),
  }),
  ticket: (index) => ({
    entity: 'ticket',
    id: stableId('ticket', 'load', String(index)),
    source: 'load',
    sourceId: String(index),
    number: String(index),
    accountId: stableId('account', 'load', String(index % 5_000)),
    assigneeId: stableId('person', 'load', String(index % 60)),
    subject: 'Replication lag on the second tablet server',
    status: 'solved',
    priority: 'normal',
    category: 'replication',
    openedAt: new Date(base + index * 1000),
    solvedAt: new Date(base + index * 1000 + 9e6),
    updatedAt: new Date(base + index * 1000),
  }),
};

async function measure(label, work) {
  const started = performance.now();
  await work();
  const seconds = (performance.now() - started) / 1000;
  const rate = Math.round(ROWS / seconds)
    .toLocaleString('en')
    .padStart(9);
  process.stdout.write(`  ${label.padEnd(46)} ${seconds.toFixed(2).padStart(7)} s ${rate} rows/s\n`);
  return seconds;
}

async function run(engine, store) {
  await migrateUp(store, () => {});
  for (const [entity, make] of Object.entries(makers)) {
    process.stdout.write(`${engine}, ${ROWS.toLocaleString('en')} ${entity} rows\n`);
    const rows = Array.from({ length: ROWS }, (_, index) => JSON.parse(JSON.stringify(rowOf(make(index)))));
    const loadAll = (some) =>
      store.transaction(async (trx) => {
        const load = createRecordLoad(trx, 'load');
        for (let from = 0; from < some.length; from += BATCH)
          await load.add(entity, some.slice(from, from + BATCH));
      });
    const bare = await measure('bare COPY, text made beforehand', await bareCopy(store, entity, rows));
    await sql`truncate ${sql.table(entity)}`.execute(store.db);
    const first = await measure('first load', () => loadAll(rows));
    await measure('the same again', () => loadAll(rows));
    const changed = rows.map((row, index) => (index % 100 === 0 ? { ...row, channel: 'changed' } : row));
    await measure('the same with 1 % changed', () => loadAll(changed));
    process.stdout.write(`  a first load takes ${(first / bare).toFixed(1)} times a bare COPY\n`);
    await sql`truncate ${sql.table(entity)}`.execute(store.db);
  }
}

async function bareCopy(store, entity, rows) {
  const names = Object.keys(rows[0]);
  const texts = [];
  for (let from = 0; from < rows.length; from += BATCH) {
    const lines = rows.slice(from, from + BATCH).map((row) => names.map((name) => row[name]).join('\t'));
    texts.push(`${lines.join('\n')}\n`);
  }
  const text = `copy ${entity} (${names.join(', ')}) from stdin`;
  return () =>
    store.transaction(async (trx) => {
      for (const data of texts) await trx.executeQuery(CompiledQuery.raw(text, [data]));
    });
}

const home = mkdtempSync(join(tmpdir(), 'heed-load-'));
const embedded = await openStore({ home });
await run('embedded', embedded);
await embedded.close();
rmSync(home, { recursive: true, force: true });

const url = process.env.HEED_TEST_DATABASE_URL;
if (url === undefined) process.stdout.write('server: skipped, HEED_TEST_DATABASE_URL is not set\n');
else {
  const name = `heed_load_${process.pid}`;
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const address = new URL(url);
  address.pathname = `/${name}`;
  const server = await openStore({ home: tmpdir(), databaseUrl: address.href });
  await run('server', server);
  await server.close();
  await admin.query(`drop database ${name}`);
  await admin.end();
}
