import type { CompiledQuery, Kysely } from 'kysely';
import { z } from 'zod';
import type { Schema } from '../store/schema.ts';

/** What the planner of the database expects of a statement. */
export interface CostGate {
  /** Largest total cost, in the planner's own unit: reading one page from disk in order is 1. */
  readonly mostCost: number;
}

/** A statement was not run because it would have cost too much. */
export class TooExpensiveError extends Error {
  readonly cost: number;
  constructor(cost: number, mostCost: number) {
    super(`the statement was estimated at a cost of ${cost}; the most is ${mostCost}`);
    this.name = 'TooExpensiveError';
    this.cost = cost;
  }
}

const estimateSchema = z.tuple([z.object({ Plan: z.object({ 'Total Cost': z.number() }) })]);

/**
 * Has the database estimate a statement without running it. Works on both engines: the estimate of tables that were
 * never analysed rests on their size.
 *
 * @throws TooExpensiveError
 */
export async function requireCheap(
  trx: Kysely<Schema>,
  statement: CompiledQuery,
  { mostCost }: CostGate,
): Promise<void> {
  const { rows } = await trx.executeQuery<Record<string, unknown>>({
    ...statement,
    sql: `explain (format json) ${statement.sql}`,
  });
  const told = Object.values(rows[0] ?? {})[0];
  const estimate = estimateSchema.safeParse(typeof told === 'string' ? JSON.parse(told) : told);
  // An estimate that cannot be read stops nothing: the time limit still holds.
  const cost = estimate.success ? estimate.data[0].Plan['Total Cost'] : 0;
  if (cost > mostCost) throw new TooExpensiveError(cost, mostCost);
}
