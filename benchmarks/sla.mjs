// How long the SLA clocks of 1,000,000 tickets with 1,500,000 pauses take, in one process without a database; and, where
// DATABASE_URL names a server, what a minute's tick costs among as many open clocks with 1,000 near their breach. The
// tick works in a database of its own, which is dropped afterwards.
// `node benchmarks/sla.mjs [tickets]` after `npm run build`. Prints one line per measurement.
import { tmpdir } from 'node:os';
import { addSeconds, buildBusinessAxis, secondsBetween } from '../dist/analysis/sla/business-axis.js';
import { computeClocks } from '../dist/analysis/sla/sla-clock.js';
import { readTicketHistory } from '../dist/analysis/sla/ticket-history.js';
import { loadSlaPolicies } from '../dist/catalogue/sla.js';
import { refreshSlaFindings } from '../dist/jobs/analysis-sla-refresh.js';
import { listTicketsForTick } from '../dist/store/analysis-sla.js';
import { openStore, sql } from '../dist/store/database.js';
import { migrateUp } from '../dist/store/migrate.js';
import { fixedClock } from '../dist/toolkit/clock.js';
import { packagePath } from '../dist/toolkit/package-root.js';

const TICKETS = Number(process.argv[2] ?? 1_000_000);
const PAUSES_PER_TICKET = [0, 1, 1, 2, 2, 3];
const now = Date.UTC(2026, 10, 1) / 1000;
const opening = Date.UTC(2024, 0, 1) / 1000;
const range = { from: new Date(opening * 1000), to: new Date(Date.UTC(2028, 0, 1)) };

const loaded = loadSlaPolicies(packagePath('catalogue'));
if (!loaded.ok) throw new Error(JSON.stringify(loaded.issues));
const policies = loaded.value;

const random = mulberry32(20261101);
const print = (what, seconds) => {
  const memory = Math.round(process.memoryUsage().rss / 1_048_576);
  process.stdout.write(`${what.padEnd(62)} ${seconds.toFixed(2).padStart(7)} s   ${memory} MB RSS\n`);
};
const measure = (what, work) => {
  const started = performance.now();
  const result = work();
  print(what, (performance.now() - started) / 1000);
  return result;
};

const axes = measure('build 4 years of business hours for every calendar', () => {
  const byCalendar = new Map();
  for (const { calendar } of policies.policies) byCalendar.set(calendar, buildBusinessAxis(calendar, range));
  return byCalendar;
});
const axisOf = (policy) => axes.get(policy.calendar);
const berlin = [...axes.values()].at(-1);

// Numbers only: when opened, and for each pause from when to when.
const opened = Float64Array.from({ length: TICKETS }, () => Math.floor(opening + random() * (now - opening)));
const firstPause = new Int32Array(TICKETS + 1);
for (let index = 0; index < TICKETS; index += 1)
  firstPause[index + 1] = firstPause[index] + PAUSES_PER_TICKET[index % PAUSES_PER_TICKET.length];
const pauseFrom = new Float64Array(firstPause[TICKETS]);
const pauseTo = new Float64Array(firstPause[TICKETS]);
for (let ticket = 0; ticket < TICKETS; ticket += 1) {
  let at = opened[ticket];
  for (let pause = firstPause[ticket]; pause < firstPause[ticket + 1]; pause += 1) {
    pauseFrom[pause] = at + Math.floor(random() * 20_000);
    pauseTo[pause] = pauseFrom[pause] + Math.floor(random() * 90_000);
    at = pauseTo[pause];
  }
}

const label = `${TICKETS.toLocaleString('en-US')} tickets, ${firstPause[TICKETS].toLocaleString('en-US')} pauses`;
measure(`due instants on the axis: ${label}`, () => {
  let sum = 0;
  for (let ticket = 0; ticket < TICKETS; ticket += 1) sum += dueWithPauses(ticket, 153_000);
  return sum;
});

// The way the analyser goes: events -> history -> both clocks with warning, urgent and due instants. In portions, as
// the job reads them.
const PORTION = 5_000;
const totals = { seconds: 0, clocks: 0 };
for (let from = 0; from < TICKETS; from += PORTION) {
  const portion = [];
  for (let ticket = from; ticket < Math.min(from + PORTION, TICKETS); ticket += 1)
    portion.push(rowsOf(ticket));
  const started = performance.now();
  for (const { ticket, events } of portion) {
    const history = readTicketHistory(ticket, events, now);
    totals.clocks += computeClocks({ ticket, history, policies, axisOf, now }).length;
  }
  totals.seconds += (performance.now() - started) / 1000;
}
print(`events to clocks: ${totals.clocks.toLocaleString('en-US')} clocks`, totals.seconds);

if (process.env.DATABASE_URL) await measureTick(process.env.DATABASE_URL);
else process.stdout.write('a tick among open clocks: not measured, DATABASE_URL names no server\n');

/** What the minute's tick costs among TICKETS open clocks, 1,000 of them past three quarters of their target. */
async function measureTick(url) {
  const name = `heed_bench_${process.pid}`;
  const admin = await openStore({ home: tmpdir(), databaseUrl: url });
  await sql`create database ${sql.id(name)}`.execute(admin.db);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const store = await openStore({ home: tmpdir(), databaseUrl: own.href });
  try {
    await migrateUp(store);
    const clock = fixedClock(new Date(now * 1000));
    await fillOpenClocks(store.db, clock.now());
    const deps = { store, clock, sla: policies, zone: 'UTC' };
    await refreshSlaFindings(deps);
    const times = { find: [], tick: [], tickets: [] };
    for (let minute = 0; minute < 30; minute += 1) {
      clock.advance(60);
      let started = performance.now();
      times.tickets.push((await listTicketsForTick(store.db, clock.now(), 5_000)).length);
      times.find.push(performance.now() - started);
      started = performance.now();
      await refreshSlaFindings(deps);
      times.tick.push(performance.now() - started);
    }
    const [find, tick, found] = [times.find, times.tick, times.tickets].map(describe);
    process.stdout.write(
      `tick among ${TICKETS.toLocaleString('en-US')} open clocks, 1,000 at risk, per minute: ${found} tickets passed a mark; found in ${find} ms, found, counted anew and written in ${tick} ms (median, longest)\n`,
    );
  } finally {
    await store.close();
    await sql`drop database ${sql.id(name)}`.execute(admin.db);
    await admin.close();
  }
}

function describe(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return `${sorted[Math.floor(sorted.length / 2)].toFixed(0)}, ${sorted.at(-1).toFixed(0)}`;
}

/** Urgent tickets of eight hours around the clock: 1,000 opened 6 to 8 hours ago, the others within the last five. */
async function fillOpenClocks(db, at) {
  await sql`
    insert into ticket (id, source, source_id, number, subject, status, priority, opened_at, first_replied_at, synced_at)
    select md5('t' || n)::uuid, 'bench', n::text, n::text, 'Subject', 'open', 'urgent',
      ${at}::timestamptz - (case when n <= 1000 then 21600 + n * 7.2 else n % 18000 end) * interval '1 second',
      ${at}::timestamptz - (case when n <= 1000 then 21590 + n * 7.2 else n % 18000 end) * interval '1 second',
      '2026-01-01'
    from generate_series(1, ${TICKETS}::int) n
  `.execute(db);
  await sql`
    insert into sla_clock (id, ticket_id, metric, policy, calendar, calendar_version, priority, target_seconds,
      started_at, warn_at, urgent_at, due_at, next_mark_at, state, used_seconds, computed_at)
    select md5('c' || number)::uuid, id, 'resolution', 'urgent-around-the-clock', 'always', 'v', 'urgent', 28800,
      opened_at, opened_at + interval '6 hours', opened_at + interval '432 minutes', opened_at + interval '8 hours',
      opened_at + interval '6 hours', 'running', 0, now()
    from ticket
  `.execute(db);
  await sql`vacuum analyze ticket, sla_clock`.execute(db);
  await sql`insert into analysis_run (id, started_at, state, as_of, report)
    values (md5('run')::uuid, ${at}, 'done', ${at}, '{}')`.execute(db);
}

function dueWithPauses(ticket, target) {
  let at = opened[ticket];
  let left = target;
  for (let pause = firstPause[ticket]; pause < firstPause[ticket + 1]; pause += 1) {
    const ran = secondsBetween(berlin, Math.min(at, berlin.to), Math.min(pauseFrom[pause], berlin.to));
    if (ran >= left) break;
    left -= ran;
    at = pauseTo[pause];
  }
  return addSeconds(berlin, Math.min(at, berlin.to), left) ?? 0;
}

function rowsOf(index) {
  const events = [];
  for (let pause = firstPause[index]; pause < firstPause[index + 1]; pause += 1) {
    events.push(statusEvent('pending', pauseFrom[pause]), statusEvent('open', pauseTo[pause]));
  }
  const isOpen = index % 10 === 0;
  const solvedAt = isOpen ? null : new Date((opened[index] + 300_000) * 1000);
  const ticket = {
    id: String(index),
    status: isOpen ? 'open' : 'solved',
    priority: ['urgent', 'high', 'normal', 'low'][index % 4],
    openedAt: new Date(opened[index] * 1000),
    firstRepliedAt: new Date((opened[index] + 5_000) * 1000),
    solvedAt,
    closedAt: null,
    updatedAt: solvedAt,
    tier: index % 5 === 0 ? 'enterprise' : 'standard',
    region: index % 3 === 0 ? 'AMER' : 'EMEA',
    segment: null,
    category: 'performance',
    channel: 'email',
    type: null,
    team: null,
    source: 'benchmark',
  };
  return { ticket, events };
}

function statusEvent(newValue, at) {
  return { kind: 'status', oldValue: null, newValue, public: null, actorId: null, at: new Date(at * 1000) };
}

/** Seeded numbers in [0, 1), so that every run measures the same tickets. */
function mulberry32(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
