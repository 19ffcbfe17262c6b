import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Asker } from '../../../src/access/asker.ts';
import type { Heed } from '../../../src/app/open-heed.ts';
import { type Store, sql } from '../../../src/store/database.ts';
import { splitStatements } from '../../../src/store/split-statements.ts';
import { packagePath } from '../../../src/toolkit/package-root.ts';
import { acceptanceData } from '../../acceptance/acceptance-data.ts';
import type { Conversation } from '../ask-world.ts';
import type { Result } from '../evaluate.ts';
import { type JudgeOptions, judgeTurn } from '../judge-rows.ts';
import { openEmptyWorld, type PlannerName, worldNow } from '../world.ts';

const questionSchema = z.object({ question: z.string(), gold_sql: z.string() });
type GoldQuestion = z.output<typeof questionSchema>;

/** The catalogue that describes the dealership's tables, as anybody may describe their own. */
const catalogueDir = packagePath('test', 'evals', 'dealership', 'catalogue');

/** Its rows and its expected answers speak of today; both are told this one, so that every run sees the same. */
const today = worldNow.toISOString().slice(0, 10);

const asker: Asker = {
  personId: '00000000-0000-8000-8000-000000000000',
  name: 'an administrator',
  role: 'admin',
  teamId: null,
  zone: 'UTC',
};

export interface DealershipOptions {
  readonly planner: PlannerName;
  readonly serverUrl?: string | undefined;
}

/**
 * Asks the questions that somebody else wrote for a schema of their own, answered from its tables through a catalogue
 * of its own. No code knows either.
 *
 * @returns how each went, or why none was asked
 */
export async function evaluateDealership(options: DealershipOptions): Promise<readonly Result[] | string> {
  const data = acceptanceData('ask');
  if (data === null)
    return 'Car dealership: skipped, no data (HEED_ACCEPTANCE_DATA or ../shared/acceptance).';
  if (!existsSync(catalogueDir))
    return 'Car dealership: skipped, no catalogue (test/evals/dealership/catalogue).';
  const questions = z
    .array(questionSchema)
    .parse(JSON.parse(readFileSync(join(data, 'car_dealership_questions.json'), 'utf8')));
  const tables = readFileSync(join(data, 'car_dealership.sql'), 'utf8');
  const world = await openEmptyWorld({
    ...options,
    catalogue: catalogueDir,
    zone: asker.zone,
    bringTables: (store) => load(store, tables),
  });
  try {
    const results: Result[] = [];
    for (const [index, question] of questions.entries())
      results.push(await judge(world.heed, question, index));
    return results;
  } finally {
    await world.close();
  }
}

async function load(store: Store, text: string): Promise<void> {
  const statements = splitStatements(atFixedDay(text));
  await store.transaction(async (trx) => {
    for (const statement of statements) await sql.raw(statement).execute(trx);
  });
}

async function judge(heed: Heed, { question, gold_sql: gold }: GoldQuestion, index: number): Promise<Result> {
  const name = `dealership ${index + 1}`;
  const [first = '', ...also] = splitStatements(atFixedDay(gold));
  const conversation: Conversation = { asker, now: worldNow, fiscalStartMonth: undefined, thread: name };
  const turn = { ask: question, sql: first, also, ordered: asksOrder.test(question) };
  const judged = await judgeTurn(heed, conversation, turn, strict);
  return { ...judged, set: 'car dealership', part: 'open', name, asked: question };
}

const asksOrder = /\b(?:top|order(?:ed)?|ascending|descending|starting from)\b/i;

/** These questions name the columns they want, so a list must show them. */
const strict: JudgeOptions = { isStrict: true, spellings: withJoinedWords };

/** A first and a last name, or a make and a model, are as well shown as one. */
function withJoinedWords(rows: Parameters<NonNullable<JudgeOptions['spellings']>>[0]): (typeof rows)[] {
  const width = rows[0]?.length ?? 0;
  const isText = (at: number): boolean => rows.every((row) => typeof row[at] === 'string');
  const pairs = Array.from({ length: width }, (_, at) => at).filter((at) => isText(at) && isText(at + 1));
  const joined = pairs.map((at) =>
    rows.map((row) => [
      ...row.slice(0, at),
      `${String(row[at])} ${String(row[at + 1])}`,
      ...row.slice(at + 2),
    ]),
  );
  return [rows, ...joined];
}

function atFixedDay(text: string): string {
  return text
    .replaceAll(/\bcurrent_date\b/gi, `date '${today}'`)
    .replaceAll(/\bnow\(\)/gi, `timestamptz '${worldNow.toISOString()}'`);
}
