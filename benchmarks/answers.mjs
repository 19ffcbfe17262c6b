// How long an answer takes, from the question to the message: every verified question of the catalogue, and every metric
// by month and by customer, put by a manager, who sees everything, and a part of them by one person of each other role.
//
//   node benchmarks/answers.mjs                      the demo's world, embedded
//   DATABASE_URL=postgres://… node benchmarks/answers.mjs        whatever that database holds
//   HEED_HOME=… node benchmarks/answers.mjs                      whatever that folder holds
//
// HEED_BENCH_AS_OF names the moment that a made-up world is of; HEED_BENCH_QUESTIONS how many to ask at most.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyse } from '../dist/app/analyse.js';
import { ask } from '../dist/app/ask.js';
import { buildWorld } from '../dist/app/demo/build-world.js';
import { openHeed } from '../dist/app/open-heed.js';
import { silentProgress } from '../dist/app/progress.js';
import { loadConfig } from '../dist/config/load-config.js';
import { fixedClock } from '../dist/toolkit/clock.js';

const asOf = new Date(process.env.HEED_BENCH_AS_OF ?? '2026-11-20T14:00:00Z');
const most = Number(process.env.HEED_BENCH_QUESTIONS ?? 10_000);
const own = process.env.DATABASE_URL ?? process.env.HEED_HOME;
const home = own === undefined ? mkdtempSync(join(tmpdir(), 'heed-answers-')) : process.env.HEED_HOME;
const config = loadConfig({ ...process.env, HEED_HOME: home, HEED_LOG_LEVEL: 'silent' }, home ?? tmpdir());
if (!config.ok) throw new Error(JSON.stringify(config.issues));
const heed = await openHeed(config.value, { clock: fixedClock(asOf) });

try {
  if (own === undefined) {
    await buildWorld(heed, silentProgress, { seed: 11, size: 'demo' });
    await analyse(heed);
  }
  const { tickets } = await heed.store.db
    .selectFrom('ticket')
    .select(({ fn }) => fn.countAll().as('tickets'))
    .executeTakeFirstOrThrow();
  process.stdout.write(`${tickets} tickets, ${heed.store.engine}, as of ${asOf.toISOString()}\n`);
  const questions = spread(questionsOf(heed.catalogue), most);
  await heed.store.keepFit();
  // The first answer of a process reads what the others find ready.
  await time('warming up', 'manager', questions.slice(0, 3));
  await time('manager', 'manager', questions);
  for (const role of ['agent', 'rep', 'supervisor', 'executive'])
    await time(role, role, spread(questions, Math.ceil(questions.length / 5)));
} finally {
  await heed.close();
  if (own === undefined) rmSync(home, { recursive: true, force: true });
}

function questionsOf(catalogue) {
  return [...catalogue.metrics.values()].flatMap(({ label, verifiedQuestions }) => [
    ...verifiedQuestions,
    `${label} by month`,
    `${label} by account, top 10`,
  ]);
}

function spread(all, count) {
  if (all.length <= count) return all;
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)]);
}

async function time(title, role, questions) {
  const someone = await heed.store.db
    .selectFrom('person')
    .select('email')
    .where('role', '=', role)
    .where('active', '=', true)
    .orderBy('email')
    .executeTakeFirst();
  if (someone === undefined) return;
  const taken = [];
  let withRows = 0;
  for (const question of questions) {
    const started = performance.now();
    const answer = await ask(heed, { question, as: someone.email });
    const milliseconds = performance.now() - started;
    if (answer.outcome === 'answered') withRows += 1;
    taken.push({ question, milliseconds });
  }
  taken.sort((a, b) => a.milliseconds - b.milliseconds);
  const at = (share) =>
    Math.round(taken[Math.min(taken.length - 1, Math.floor(share * taken.length))].milliseconds);
  process.stdout.write(
    `${title.padEnd(11)} ${String(taken.length).padStart(4)} questions, ${withRows} answered: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms\n`,
  );
  if (title !== 'manager') return;
  for (const { question, milliseconds } of taken.slice(-12).reverse())
    process.stdout.write(`  ${String(Math.round(milliseconds)).padStart(6)} ms  ${question}\n`);
}
