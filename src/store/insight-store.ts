import { type Kysely, sql, type Transaction } from 'kysely';
import type { FactValue, FindingEvidence, FindingKind } from '../domain/finding.ts';
import { stableId } from '../toolkit/ids.ts';
import { toJson } from './json.ts';
import type { Schema } from './schema.ts';

/** What an insight says, as it is stored. */
export interface InsightRow {
  readonly kind: string;
  readonly ruleId: string;
  readonly subject: { readonly kind: string; readonly id: string; readonly label: string };
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  readonly title: string;
  readonly sentence: string;
  readonly importance: number;
  readonly value: number;
  readonly evidence: FindingEvidence;
}

/**
 * Makes these the insights that last: one that lasted already keeps its row and the time it was first seen, one that is
 * not among them ends. Ended ones older than `forgetBefore` go.
 */
export async function replaceInsights(
  trx: Transaction<Schema>,
  insights: readonly InsightRow[],
  asOf: Date,
  forgetBefore: Date,
): Promise<void> {
  const lasting = await trx
    .selectFrom('insight')
    .select(['id', 'kind', 'subject_id as subjectId'])
    .where('ended_at', 'is', null)
    .execute();
  const known = new Map(lasting.map(({ id, kind, subjectId }) => [`${kind}/${subjectId}`, id]));
  const ids: string[] = [];
  for (const insight of insights) {
    const key = `${insight.kind}/${insight.subject.id}`;
    const id = known.get(key) ?? stableId('insight', insight.kind, insight.subject.id, asOf.toISOString());
    ids.push(id);
    const row = {
      rule_id: insight.ruleId,
      subject_label: insight.subject.label,
      account_id: insight.accountId,
      owner_id: insight.ownerId,
      team_id: insight.teamId,
      title: insight.title,
      sentence: insight.sentence,
      importance: insight.importance,
      value: insight.value,
      evidence: toJson(insight.evidence),
      last_seen_at: asOf,
      ended_at: null,
    };
    await trx
      .insertInto('insight')
      .values({
        id,
        kind: insight.kind,
        subject_kind: insight.subject.kind,
        subject_id: insight.subject.id,
        first_seen_at: asOf,
        ...row,
      })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
  }
  await trx
    .updateTable('insight')
    .set({ ended_at: asOf })
    .where('ended_at', 'is', null)
    .where(sql<boolean>`not (id = any(${ids}::uuid[]))`)
    .execute();
  await trx.deleteFrom('insight').where('ended_at', '<', forgetBefore).execute();
}

export interface FindingOrder {
  readonly kind: FindingKind;
  /** Name of a fact that is a number, or `value`. */
  readonly by: string;
  readonly direction: 'largest' | 'smallest' | 'most extreme';
  readonly limit: number;
  /** Only findings whose value is below this. */
  readonly valueBelow?: number;
}

/** The first findings of a kind by one of their numbers; those without the number are left out. */
export async function listTopFindings(db: Kysely<Schema>, order: FindingOrder) {
  const number = order.by === 'value' ? sql<number>`value` : sql<number>`(facts ->> ${order.by})::float8`;
  const ranked = {
    largest: sql`${number} desc`,
    smallest: sql`${number} asc`,
    'most extreme': sql`abs(${number}) desc`,
  }[order.direction];
  const limit = order.valueBelow === undefined ? sql`` : sql` and value < ${order.valueBelow}`;
  const { rows } = await sql<{
    subjectId: string;
    label: string;
    accountId: string | null;
    ownerId: string | null;
    teamId: string | null;
    value: number;
    facts: Record<string, FactValue>;
    evidence: FindingEvidence;
  }>`
    select subject_id as "subjectId", subject_label as label, account_id as "accountId", owner_id as "ownerId",
           team_id as "teamId", value, facts, evidence
      from finding where kind = ${order.kind} and ${number} is not null${limit}
     order by ${ranked}, subject_id limit ${order.limit}`.execute(db);
  return rows;
}

/** A money fact of the findings of a kind, summed by its currency; findings without an amount count with 0. */
export async function sumFindings(
  db: Kysely<Schema>,
  kind: FindingKind,
  fact: string,
  valueBelow: number | null = null,
) {
  const limit = valueBelow === null ? sql`` : sql` and value < ${valueBelow}`;
  const { rows } = await sql<{ currency: string | null; count: number; amount: number }>`
    select facts ->> 'currency' as currency, count(*)::int as count,
           coalesce(sum((facts ->> ${fact})::float8), 0) as amount
      from finding where kind = ${kind}${limit} group by 1 order by 1`.execute(db);
  return rows;
}

/** SLA clocks decided and breached in a span, by the category of their ticket. */
export async function countBreachesByCategory(db: Kysely<Schema>, from: Date, to: Date) {
  const { rows } = await sql<{ category: string; breaches: number; decided: number }>`
    select ticket.category, count(c.breached_at)::int as breaches, count(*)::int as decided
      from sla_clock c join ticket on ticket.id = c.ticket_id and ticket.deleted_at is null
     where ticket.category is not null
       and coalesce(c.breached_at, c.stopped_at) >= ${from} and coalesce(c.breached_at, c.stopped_at) < ${to}
       and (c.state = 'met' or c.breached_at is not null)
     group by 1 order by 2 desc, 1 limit 50`.execute(db);
  return rows;
}

/** SLA clocks decided and breached in a span, by account. */
export async function countBreachesByAccount(db: Kysely<Schema>, from: Date, to: Date) {
  const { rows } = await sql<{
    accountId: string;
    account: string;
    ownerId: string | null;
    breaches: number;
    decided: number;
  }>`
    select account.id as "accountId", account.name as account, account.owner_id as "ownerId",
           count(c.breached_at)::int as breaches, count(*)::int as decided
      from sla_clock c join account on account.id = c.account_id and account.deleted_at is null
     where coalesce(c.breached_at, c.stopped_at) >= ${from} and coalesce(c.breached_at, c.stopped_at) < ${to}
       and (c.state = 'met' or c.breached_at is not null)
     group by 1, 2, 3`.execute(db);
  return rows;
}

/** Kept values by local day of metrics, all rows together. */
export async function listDailyValues(
  db: Kysely<Schema>,
  metrics: readonly string[],
  zone: string,
  from: string,
) {
  if (metrics.length === 0) return [];
  const { rows } = await sql<{ metric: string; day: string; value: number }>`
    select metric, to_char((bucket_start at time zone ${zone})::date, 'YYYY-MM-DD') as day, sum(value)::float8 as value
      from metric_history
     where metric = any(${[...metrics]}::text[]) and segment = '' and grain = 'day' and currency is null
       and bucket_start >= (${from}::date)::timestamp at time zone ${zone}
     group by 1, 2`.execute(db);
  return rows;
}
