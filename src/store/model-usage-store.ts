import { type Kysely, sql } from 'kysely';
import type { Schema } from './schema.ts';

export interface UsageAccount {
  readonly personId: string;
  /** `2026-11-21` */
  readonly day: string;
}

export interface UsageAmount {
  readonly tokens: number;
  /** null: no prices are known. */
  readonly cost: number | null;
}

/**
 * Sets an amount aside, in one statement: of questions that come at once, none passes the cap.
 *
 * @param most null: no cap on that side
 * @returns whether there was room
 */
export async function holdUsage(
  db: Kysely<Schema>,
  { personId, day }: UsageAccount,
  amount: UsageAmount,
  most: { readonly tokens: number; readonly cost: number | null },
): Promise<boolean> {
  const cost = amount.cost ?? 0;
  if (amount.tokens > most.tokens || (most.cost !== null && cost > most.cost)) return false;
  const { rows } = await sql`
    insert into model_usage as u (person_id, day, held_tokens, held_cost)
    values (${personId}, ${day}::date, ${amount.tokens}, ${cost})
    on conflict (person_id, day) do update
      set held_tokens = u.held_tokens + excluded.held_tokens, held_cost = u.held_cost + excluded.held_cost
      where u.input_tokens + u.output_tokens + u.held_tokens + excluded.held_tokens <= ${most.tokens}
        and (${most.cost}::double precision is null
             or coalesce(u.cost, 0) + u.held_cost + excluded.held_cost <= ${most.cost}::double precision)
    returning person_id`.execute(db);
  return rows.length > 0;
}

/** Gives back what was set aside and adds what it took. */
export async function settleUsage(
  db: Kysely<Schema>,
  { personId, day }: UsageAccount,
  held: UsageAmount,
  spent: {
    readonly calls: number;
    readonly inputTokens: number;
    readonly cachedTokens: number;
    readonly outputTokens: number;
    readonly cost: number | null;
  },
): Promise<void> {
  await sql`
    update model_usage set
      calls = calls + ${spent.calls},
      input_tokens = input_tokens + ${spent.inputTokens},
      cached_tokens = cached_tokens + ${spent.cachedTokens},
      output_tokens = output_tokens + ${spent.outputTokens},
      cost = case when ${spent.cost}::double precision is null then cost
                  else coalesce(cost, 0) + ${spent.cost}::double precision end,
      held_tokens = greatest(0, held_tokens - ${held.tokens}),
      held_cost = greatest(0, held_cost - ${held.cost ?? 0})
    where person_id = ${personId} and day = ${day}::date`.execute(db);
}
