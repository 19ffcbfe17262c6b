import { type Kysely, sql, type Transaction } from 'kysely';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

type Db = Kysely<Schema>;
type Trx = Transaction<Schema>;
type Level = 'low' | 'medium' | 'high' | 'critical';

export interface ChurnScoreRow {
  readonly accountId: string;
  readonly day: string;
  readonly modelId: string;
  readonly state: string;
  readonly probability: number;
  readonly riskIndex: number;
  readonly band: Level;
  readonly priority: Level;
  readonly health: number | null;
  readonly supportRisk: number | null;
  readonly arr: number | null;
  readonly currency: string | null;
  readonly change30d: number | null;
  readonly topDriver: string | null;
  readonly logit: number;
  readonly base: number;
  /** Stored as it is; read back through a check. */
  readonly contributions: unknown;
}

/** Rows per statement: 18 columns each. */
const CHUNK = 1_000;

/** Stores scores; one a day per account, the last of the day stays. */
export async function saveChurnScores(
  trx: Trx,
  scores: readonly ChurnScoreRow[],
  computedAt: Date,
): Promise<void> {
  for (let from = 0; from < scores.length; from += CHUNK) {
    await trx
      .insertInto('churn_score')
      .values(
        scores.slice(from, from + CHUNK).map((one) => ({
          account_id: one.accountId,
          day: one.day,
          computed_at: computedAt,
          model_id: one.modelId,
          state: one.state,
          probability: one.probability,
          risk_index: one.riskIndex,
          risk_band: one.band,
          priority: one.priority,
          health: one.health,
          support_risk: one.supportRisk,
          arr: one.arr,
          currency: one.currency,
          change_30d: one.change30d,
          top_driver: one.topDriver,
          logit: one.logit,
          base: one.base,
          contributions: toJson(one.contributions),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['account_id', 'day']).doUpdateSet((eb) => ({
          computed_at: eb.ref('excluded.computed_at'),
          model_id: eb.ref('excluded.model_id'),
          state: eb.ref('excluded.state'),
          probability: eb.ref('excluded.probability'),
          risk_index: eb.ref('excluded.risk_index'),
          risk_band: eb.ref('excluded.risk_band'),
          priority: eb.ref('excluded.priority'),
          health: eb.ref('excluded.health'),
          support_risk: eb.ref('excluded.support_risk'),
          arr: eb.ref('excluded.arr'),
          currency: eb.ref('excluded.currency'),
          change_30d: eb.ref('excluded.change_30d'),
          top_driver: eb.ref('excluded.top_driver'),
          logit: eb.ref('excluded.logit'),
          base: eb.ref('excluded.base'),
          contributions: eb.ref('excluded.contributions'),
        })),
      )
      .execute();
  }
}

/** Takes back the scores of a day for accounts that are not scored any more. */
export async function deleteChurnScores(trx: Trx, day: string, accountIds: readonly string[]): Promise<void> {
  if (accountIds.length === 0) return;
  await trx
    .deleteFrom('churn_score')
    .where('day', '=', day)
    .where('account_id', '=', sql<string>`any(${[...accountIds]}::uuid[])`)
    .execute();
}

/** The newest day that has scores, and whether there are any from before it. */
export async function findScoredDay(db: Db): Promise<string | null> {
  const row = await db
    .selectFrom('churn_score')
    .select(({ fn }) => fn.max('day').as('day'))
    .executeTakeFirst();
  return row?.day ?? null;
}

/** What a chart and a comparison need of earlier scores: those of first days of months, and of about 30 days ago. */
export async function listPastChurn(db: Db, today: string, only: readonly string[]) {
  return db
    .selectFrom('churn_score')
    .select([
      'account_id as accountId',
      'day',
      'probability',
      'risk_index as riskIndex',
      'base',
      'contributions',
    ])
    .where('account_id', '=', sql<string>`any(${[...only]}::uuid[])`)
    .where('day', '<', today)
    .where('day', '>=', sql<string>`${today}::date - 200`)
    .where(
      sql<boolean>`(extract(day from day) = 1 or day between ${today}::date - 33 and ${today}::date - 27)`,
    )
    .orderBy('day')
    .execute();
}

/** Probabilities of a day with the account, for a look back at what came. */
export async function listProbabilities(db: Db, day: string) {
  return db
    .selectFrom('churn_score')
    .select(['account_id as accountId', 'probability'])
    .where('day', '=', day)
    .execute();
}

/** How many customers have which priority and what they pay, on a day. */
export async function countByPriority(db: Db, day: string) {
  return db
    .selectFrom('churn_score')
    .select(({ fn }) => [
      'priority',
      fn.countAll<number>().as('accounts'),
      fn.avg<number>('probability').as('probability'),
      fn.avg<number>('risk_index').as('riskIndex'),
    ])
    .where('day', '=', day)
    .groupBy('priority')
    .execute();
}
