// How long the analyser takes over a big company: the first run, the same again, the run after 1 % of the records
// changed, and, beside it, the same kind of findings computed one account at a time with a query each.
//
//   heed synth --size large --out world && heed import world/… (see README.md), then
//   DATABASE_URL=postgres://… node benchmarks/analyse.mjs        a server
//   HEED_HOME=… node benchmarks/analyse.mjs                      the embedded engine
//
// What the analyser has written before is deleted first; records are changed only in when they were stored.
import { analyse } from '../dist/app/analyse.js';
import { openHeed } from '../dist/app/open-heed.js';
import { loadConfig } from '../dist/config/load-config.js';
import { sql } from '../dist/store/database.js';
import { fixedClock } from '../dist/toolkit/clock.js';

const asOf = new Date(process.env.HEED_BENCH_AS_OF ?? '2026-11-20T14:00:00Z');
const SAMPLED_ACCOUNTS = 300;
const changing = [
  'ticket',
  'ticket_event',
  'opportunity',
  'usage_daily',
  'conversation',
  'message',
  'survey_response',
];

const config = loadConfig(process.env);
if (!config.ok) throw new Error(JSON.stringify(config.issues));
const clock = fixedClock(asOf);
const heed = await openHeed(config.value, { clock });
const { db } = heed.store;

try {
  const { rows } =
    await sql`select (select count(*) from account) as accounts, (select count(*) from ticket) as tickets`.execute(
      db,
    );
  say(`${rows[0].accounts} accounts, ${rows[0].tickets} tickets, as of ${asOf.toISOString()}`);
  await forgetEverything();
  const first = await measured('first run');
  clock.advance(600);
  const again = await measured('again, nothing changed');
  await touchOnePercent();
  clock.advance(600);
  const changed = await measured('again, 1 % changed');
  const ratio = (report) => `${((100 * report.seconds) / first.seconds).toFixed(1)} % of the first run`;
  say(`\nnothing changed: ${ratio(again)}; 1 % changed: ${ratio(changed)}`);
  await oneByOne(first);
} finally {
  await heed.close();
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

async function forgetEverything() {
  for (const table of [
    'analysis_step',
    'analysis_run',
    'finding',
    'finding_guard',
    'finding_gone',
    'sla_clock',
    'health_score',
    'anomaly',
  ])
    await db.deleteFrom(table).execute();
}

async function measured(title) {
  const started = performance.now();
  const report = await analyse(heed);
  const seconds = (performance.now() - started) / 1000;
  say(`\n${title}: ${seconds.toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 1_048_576)} MB`);
  for (const step of report.steps) {
    const rate = step.seconds > 0 ? Math.round(step.rowsRead / step.seconds).toLocaleString('en') : '–';
    say(
      `  ${step.name.padEnd(22)} ${step.state.padEnd(7)} ${step.seconds.toFixed(1).padStart(7)} s ${step.rowsRead.toLocaleString('en').padStart(11)} rows ${rate.padStart(10)} rows/s ${String(step.findings).padStart(6)} findings${step.error ? `  ${step.error}` : ''}`,
    );
  }
  return { ...report, seconds };
}

/** As a sync would leave it: the rows are as they were, but stored again just now. */
async function touchOnePercent() {
  for (const table of changing) {
    const { numAffectedRows } = await sql`
      update ${sql.table(table)} set synced_at = now() where id in (select id from ${sql.table(table)} where id::text like '%00' or id::text like '%01' or (id::text like '%02' and id::text < '8'))`.execute(
      db,
    );
    say(`  touched ${String(numAffectedRows ?? 0).padStart(8)} of ${table}`);
  }
}

/** One query after another for each account, as a dashboard's loop does; a sample, scaled to all accounts. */
async function oneByOne(first) {
  const { rows: all } = await sql`select count(*)::int as n from account where deleted_at is null`.execute(
    db,
  );
  const { rows: accounts } =
    await sql`select id from account where deleted_at is null order by md5(id::text) limit ${SAMPLED_ACCOUNTS}`.execute(
      db,
    );
  const started = performance.now();
  for (const { id } of accounts) {
    await sql`select sum(api_calls) as calls, sum(logins) as logins from usage_daily where account_id = ${id} and day > ${day(-30)} and day <= ${day(0)}`.execute(
      db,
    );
    await sql`select severity, count(*) from incident where account_id = ${id} and started_at > ${at(-30)} group by 1`.execute(
      db,
    );
    await sql`select avg(score) from survey_response where account_id = ${id} and responded_at > ${at(-90)}`.execute(
      db,
    );
    await sql`select count(*), count(*) filter (where sentiment_score < 0) as negative from ticket where account_id = ${id} and opened_at > ${at(-90)}`.execute(
      db,
    );
    const { rows: tickets } =
      await sql`select id, opened_at, first_replied_at, solved_at, priority from ticket where account_id = ${id} and opened_at > ${at(-30)}`.execute(
        db,
      );
    for (const ticket of tickets)
      await sql`select kind, at from ticket_event where ticket_id = ${ticket.id} order by at`.execute(db);
    await sql`select sum(amount) from sales_transaction where account_id = ${id}`.execute(db);
  }
  const seconds = ((performance.now() - started) / 1000) * (all[0].n / accounts.length);
  say(
    `\none account at a time (health, tickets of 30 days with their events, negative share, lifetime sales; ${accounts.length} sampled): ${seconds.toFixed(0)} s for ${all[0].n} accounts, reading alone; ${(seconds / first.seconds).toFixed(1)} times the whole first run`,
  );
}

function at(days) {
  return new Date(asOf.getTime() + days * 86_400_000);
}

function day(days) {
  return at(days).toISOString().slice(0, 10);
}
