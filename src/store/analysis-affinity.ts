import { type Kysely, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Baskets with more products than this are wholesale lists: they pair everything with everything. */
const LARGEST_BASKET = 50;
const CHUNK = 2_000;

export interface ProductPairRow {
  readonly productId: string;
  readonly otherId: string;
  readonly baskets: number;
  readonly otherBaskets: number;
  readonly pairBaskets: number;
  readonly allBaskets: number;
  readonly confidence: number;
  readonly lift: number;
}

/** Whether a sale or a product was stored since a moment of the database's clock. */
export async function hasSalesChangedSince(db: Kysely<Schema>, since: Date): Promise<boolean> {
  const { rows } = await sql<{ changed: boolean }>`
    select exists (select 1 from sales_transaction where synced_at >= ${since})
        or exists (select 1 from product where synced_at >= ${since}) as changed`.execute(db);
  return rows[0]?.changed ?? true;
}

/**
 * How many baskets hold each product and each two of them. A basket is an order; lines without an order number are one
 * basket per customer and day.
 *
 * @param least pairs in fewer baskets are left out
 */
export async function countBaskets(
  db: Kysely<Schema>,
  span: { readonly since: Date; readonly asOf: Date; readonly zone: string },
  least: (allBaskets: number) => number,
): Promise<{
  readonly allBaskets: number;
  readonly baskets: ReadonlyMap<string, number>;
  readonly pairs: readonly { productId: string; otherId: string; pairBaskets: number }[];
}> {
  const lines = sql`
    select distinct basket, product_id from (
      select product_id, coalesce(source || '/' || order_number,
               account_id::text || '/' || (sold_at at time zone ${span.zone})::date::text, id::text) as basket
        from sales_transaction
       where deleted_at is null and product_id is not null and sold_at >= ${span.since} and sold_at <= ${span.asOf}
    ) line`;
  const counts = await sql<{ product_id: string | null; baskets: number }>`
    with line as (${lines})
    select product_id, count(distinct basket)::int as baskets from line group by grouping sets ((product_id), ())
  `.execute(db);
  const allBaskets = counts.rows.find((row) => row.product_id === null)?.baskets ?? 0;
  const pairs = await sql<{ productId: string; otherId: string; pairBaskets: number }>`
    with line as (${lines}),
    basket as (select basket from line group by basket having count(*) between 2 and ${LARGEST_BASKET}),
    small as (select line.* from line join basket using (basket))
    select a.product_id as "productId", b.product_id as "otherId", count(*)::int as "pairBaskets"
      from small a join small b on b.basket = a.basket and b.product_id > a.product_id
     group by 1, 2 having count(*) >= ${least(allBaskets)}::int
  `.execute(db);
  return {
    allBaskets,
    baskets: new Map(counts.rows.flatMap((row) => (row.product_id ? [[row.product_id, row.baskets]] : []))),
    pairs: pairs.rows,
  };
}

/** Makes `pairs` the only ones. */
export async function replaceProductPairs(
  trx: Transaction<Schema>,
  pairs: readonly ProductPairRow[],
  { since, asOf }: { readonly since: Date; readonly asOf: Date },
): Promise<void> {
  await trx.deleteFrom('product_pair').execute();
  for (let from = 0; from < pairs.length; from += CHUNK) {
    const rows = pairs.slice(from, from + CHUNK).map((pair) => ({
      product_id: pair.productId,
      other_id: pair.otherId,
      baskets: pair.baskets,
      other_baskets: pair.otherBaskets,
      pair_baskets: pair.pairBaskets,
      all_baskets: pair.allBaskets,
      confidence: pair.confidence,
      lift: pair.lift,
      since: since.toISOString().slice(0, 10),
      as_of: asOf,
    }));
    await trx.insertInto('product_pair').values(rows).execute();
  }
}

/**
 * Writes what goes with what each customer has and has not: the sum of the confidences per candidate, as
 * `suggestProducts` does it for one customer, here for all at once.
 *
 * @returns how many suggestions there are
 */
export async function replaceCrossSell(
  trx: Transaction<Schema>,
  span: { readonly since: Date; readonly asOf: Date; readonly atMost: number },
): Promise<number> {
  await trx.deleteFrom('cross_sell').execute();
  const { numAffectedRows } = await sql`
    with owned as (
      select distinct account_id, product_id from sales_transaction
       where deleted_at is null and account_id is not null and product_id is not null
         and sold_at >= ${span.since} and sold_at <= ${span.asOf}
      union
      select account_id, product_id from subscription
       where deleted_at is null and product_id is not null and status in ('active', 'past_due')
    ),
    candidate as (
      select o.account_id, p.other_id as product_id, sum(p.confidence) as score,
             (array_agg(p.product_id order by p.confidence desc, p.product_id))[1] as because_id,
             max(p.confidence) as confidence,
             (array_agg(p.pair_baskets order by p.confidence desc, p.product_id))[1] as pair_baskets
        from owned o
        join account on account.id = o.account_id and account.deleted_at is null
             and lower(coalesce(account.lifecycle_stage, '')) not in ('churned', 'former customer')
        join product_pair p on p.product_id = o.product_id
        join product on product.id = p.other_id and product.deleted_at is null and product.active
       where not exists (
         select 1 from owned x where x.account_id = o.account_id and x.product_id = p.other_id)
       group by 1, 2
    ),
    ranked as (
      select candidate.*, row_number() over (partition by account_id order by score desc, product_id) as position
        from candidate
    )
    insert into cross_sell (account_id, product_id, because_id, confidence, pair_baskets, score, position, as_of)
    select account_id, product_id, because_id, confidence, pair_baskets, score, position, ${span.asOf}
      from ranked where position <= ${span.atMost}
  `.execute(trx);
  return Number(numAffectedRows ?? 0);
}
