// How long the analyser takes over a big company: the first run, the same again, the run after 1 % of the records
// changed, and, beside it, the same kind of findings computed one account at a time with a query each.
//
//   heed synth --size large --out world && heed import world/… (see README.md), then
//   DATABASE_URL=postgres://… node benchmarks/analyse.mjs        a server
//   HEED_HOME=… node benchmarks/analyse.mjs                      the embedded engine
//
// What the analyser has written before is deleted first; records are changed only in when they were stored. One per cent
// is changed in three ways: the newest records (what a sync of a few hours brings), everything of one customer in a
// hundred, and one record in a hundred of every customer and day (the worst there is).
import { analyse } from '../dist/app/analyse.js';
import { openHeed } from '../dist/app/open-heed.js';
import { loadConfig } from '../dist/config/load-config.js';
import { sql } from '../dist/store/database.js';
import { fixedClock } from '../dist/toolkit/clock.js';

const asOf = new Date(process.env.HEED_BENCH_AS_OF ?? '2026-11-20T14:00:00Z');
const SAMPLED_ACCOUNTS = 300;
/** Tables that change, with when their records came and how they lead to a customer. */
const changing = [
  ['ticket', 'opened_at', 'account_id'],
  ['ticket_event', 'at', 'ticket_id in (select id from ticket where account_id'],
  ['opportunity', 'opened_on', 'account_id'],
  ['usage_daily', 'day', 'account_id'],
  ['conversation', 'opened_at', 'account_id'],
  ['message', 'at', 'conversation_id in (select id from conversation where account_id'],
  ['survey_response', 'responded_at', 'account_id'],
];
const changes = {
  'the newest 1 % of the records': ([table, time]) =>
    `${time} >= (select ${time} from ${table} where ${time} <= '${asOf.toISOString()}' order by ${time} desc offset (select count(*) / 100 from ${table}) limit 1) and ${time} <= '${asOf.toISOString()}'`,
  'all records of 1 % of the customers': ([, , way]) =>
    `${way} in (select id from account where ${onePercent('id')})${way.includes('(') ? ')' : ''}`,
  '1 % of the records, spread over all customers and days': () => onePercent('id'),
};

const analysed =
  'account_stage account_value activity_event agent_day agent_workload analysis_run analysis_step anomaly buyer_cohort churn_model churn_month churn_score churn_snapshot churned_customer cross_sell customer_first_contact deal_signal escalation_pattern faq_candidate finding finding_gone finding_guard health_score hot_shard insight metric_history metric_history_state moved_record mrr_month partner_health partner_result pipeline_forecast product_month product_pair repeat_customer sales_velocity series_history service_hour share_outlier sla_clock stage_snapshot stage_time text_model text_score ticket_time trend unit_economics win_rate_estimate'.split(
    ' ',
  );

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
  // Beginning with what is analysed already is for work on later runs alone: shares are then of that first run's seconds.
  const firstSeconds = Number(process.env.HEED_BENCH_FIRST_SECONDS ?? 0);
  if (firstSeconds === 0) await forgetEverything();
  const first = firstSeconds === 0 ? await measured('first run') : { seconds: firstSeconds };
  const percent = (part, whole) => `${((100 * part) / whole).toFixed(1)} %`;
  const share = (report) =>
    `${percent(report.seconds, first.seconds)} of the first run${first.worked === undefined ? '' : `, ${percent(report.worked, first.worked)} of its processor time in this process`}`;
  clock.advance(600);
  say(`nothing changed: ${share(await measured('again, nothing changed'))}`);
  for (const [title, which] of Object.entries(changes)) {
    await touch(which);
    clock.advance(600);
    say(`${title}: ${share(await measured(`again, ${title} changed`))}`);
  }
  await oneByOne(first);
} finally {
  await heed.close();
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Everything but records, the settings of people and what Heed keeps for itself. */
async function forgetEverything() {
  const { rows } = await sql`
    select table_name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE'
       and table_name = any(${analysed})`.execute(db);
  await sql`truncate ${sql.join(rows.map(({ table_name: name }) => sql.table(name)))}`.execute(db);
}

async function measured(title) {
  const started = performance.now();
  const before = process.cpuUsage();
  const report = await analyse(heed, { update: tellEnd });
  const seconds = (performance.now() - started) / 1000;
  // The embedded engine works in this process, on one thread: what it takes on a machine that does nothing else.
  const { user, system } = process.cpuUsage(before);
  const worked = (user + system) / 1e6;
  const memory = `${Math.round(process.memoryUsage().rss / 1_048_576)} MB`;
  say(
    `\n${title}: ${seconds.toFixed(1)} s (${worked.toFixed(1)} s of processor time in this process), ${memory}`,
  );
  for (const step of report.steps) {
    const rate = step.seconds > 0 ? Math.round(step.rowsRead / step.seconds).toLocaleString('en') : '–';
    say(
      `  ${step.name.padEnd(22)} ${step.state.padEnd(7)} ${step.seconds.toFixed(1).padStart(7)} s ${step.rowsRead.toLocaleString('en').padStart(11)} rows ${rate.padStart(10)} rows/s ${String(step.findings).padStart(6)} findings${step.error ? `  ${step.error}` : ''}`,
    );
  }
  return { ...report, seconds, worked };
}

/** Steps as they end, with the processor time of this process since it began. */
function tellEnd(text) {
  if (!/ (?:failed: .*|\d+ findings)$/s.test(text)) return;
  const { user, system } = process.cpuUsage();
  process.stderr.write(`  ${text} (${Math.round((user + system) / 1e6)} s)\n`);
}

/** As a sync would leave it: the rows are as they were, but stored again just now. */
async function touch(which) {
  for (const table of changing) {
    const { numAffectedRows } = await sql`
      update ${sql.table(table[0])} set synced_at = now() where ${sql.raw(which(table))}`.execute(db);
    say(`  touched ${String(numAffectedRows ?? 0).padStart(8)} of ${table[0]}`);
  }
}

/** One in a hundred: ids are random. */
function onePercent(column) {
  return `('x' || substr(md5(${column}::text), 1, 4))::bit(16)::int < 655`;
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
