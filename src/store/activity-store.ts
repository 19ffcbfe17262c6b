import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

/** Which records are looked at for the feed. */
export interface FeedSpan {
  /** Events before this are not kept. */
  readonly from: Date;
  readonly until: Date;
  /** Records stored before this were seen, by the database's clock; null: look at all. */
  readonly changedSince: Date | null;
  readonly zone: string;
}

/** One kind of event of a record: when, in which words, and for whom. Expressions over `r` and `account`. */
interface EventSource {
  readonly kind: string;
  readonly at: RawBuilder<Date>;
  readonly when: RawBuilder<boolean>;
  readonly headline: RawBuilder<string>;
}

interface RecordSource {
  readonly table: 'customer_escalation' | 'opportunity' | 'incident' | 'intervention';
  /** Whose work it is, whose customer or deal, and whose supervisor sees it. */
  readonly owner: RawBuilder<unknown>;
  readonly rep: RawBuilder<unknown>;
  readonly lead: RawBuilder<unknown>;
  readonly events: readonly EventSource[];
}

const none = sql`null::uuid`;
const yes = sql<boolean>`true`;
const ofAccount = sql`coalesce(' of ' || account.name, '')`;

const sources = (zone: string): readonly RecordSource[] => [
  {
    table: 'customer_escalation',
    owner: sql`r.owner_id`,
    rep: sql`account.owner_id`,
    lead: sql`r.owner_id`,
    events: [
      {
        kind: 'escalation-opened',
        at: sql`r.opened_at`,
        when: yes,
        headline: sql`'Customer escalation ' || r.ce_number || ${ofAccount} || ' was opened'`,
      },
      {
        kind: 'escalation-resolved',
        at: sql`r.resolved_at`,
        when: sql`r.status in ('resolved', 'closed')`,
        headline: sql`'Customer escalation ' || r.ce_number || ${ofAccount} || ' was resolved'`,
      },
    ],
  },
  {
    table: 'opportunity',
    owner: none,
    rep: sql`r.owner_id`,
    lead: sql`r.owner_id`,
    events: [
      {
        kind: 'deal-won',
        at: sql`(r.close_date::timestamp at time zone ${zone})`,
        when: sql`r.is_closed and r.is_won`,
        headline: sql`'Deal ' || r.name || ${ofAccount} || ' was won'`,
      },
      {
        kind: 'deal-lost',
        at: sql`(r.close_date::timestamp at time zone ${zone})`,
        when: sql`r.is_closed and not r.is_won`,
        headline: sql`'Deal ' || r.name || ${ofAccount} || ' was lost'`,
      },
    ],
  },
  {
    table: 'incident',
    owner: none,
    rep: sql`account.owner_id`,
    lead: sql`account.owner_id`,
    events: [
      {
        kind: 'incident-started',
        at: sql`r.started_at`,
        when: yes,
        headline: sql`'Incident' || ${ofAccount} || ' began' || coalesce(': ' || r.title, '')`,
      },
      {
        kind: 'incident-resolved',
        at: sql`r.resolved_at`,
        when: yes,
        headline: sql`'Incident' || ${ofAccount} || ' was resolved' || coalesce(': ' || r.title, '')`,
      },
    ],
  },
  {
    table: 'intervention',
    owner: sql`r.owner_id`,
    rep: sql`account.owner_id`,
    lead: sql`r.owner_id`,
    events: [
      {
        kind: 'intervention-planned',
        at: sql`r.created_at`,
        when: yes,
        headline: sql`'Intervention was planned for ' || coalesce(account.name, 'a customer') || ': ' || coalesce(r.title, r.kind)`,
      },
      {
        kind: 'intervention-closed',
        at: sql`r.closed_at`,
        when: sql`r.status in ('done', 'cancelled')`,
        headline: sql`'Intervention for ' || coalesce(account.name, 'a customer') || ' was ' || case when r.status = 'done' then 'done' else 'cancelled' end || ': ' || coalesce(r.title, r.kind)`,
      },
    ],
  },
];

/**
 * Writes the events of records that were stored since, in place of those that were known of them: a corrected date
 * moves its event, a deleted record takes its events along.
 *
 * @returns how many events were written
 */
export async function writeRecordEvents(trx: Transaction<Schema>, span: FeedSpan): Promise<number> {
  let written = 0;
  for (const source of sources(span.zone)) {
    const { table, owner, rep, lead, events } = source;
    const changed = changedSince(sql`r`, span.changedSince, true);
    // Everything anew: what is not among the records any more goes as well.
    await (span.changedSince === null
      ? sql`delete from activity_event where subject_kind = ${table}`
      : sql`delete from activity_event where subject_kind = ${table}
              and (subject_id in (select r.id from ${sql.table(table)} as r where ${changed})
                   or not exists (select 1 from ${sql.table(table)} as r where r.id = activity_event.subject_id))`
    ).execute(trx);
    for (const { kind, at, when, headline } of events) {
      const result = await sql`
        insert into activity_event (id, kind, at, subject_kind, subject_id, headline, account_id, owner_id, rep_id, lead_id, team_id)
        select md5('activity/' || ${kind}::text || '/' || r.id::text)::uuid, ${kind}::text, ${at}, ${table}::text, r.id,
               ${headline}, r.account_id, ${owner}, ${rep}, ${lead}, null::uuid
          from ${sql.table(table)} as r
          left join account on account.id = r.account_id and account.deleted_at is null
         where r.deleted_at is null and ${when} and ${at} >= ${span.from} and ${at} <= ${span.until} and ${changed}
        on conflict (id) do update set at = excluded.at, headline = excluded.headline, account_id = excluded.account_id,
          owner_id = excluded.owner_id, rep_id = excluded.rep_id, lead_id = excluded.lead_id`.execute(trx);
      written += Number(result.numAffectedRows ?? 0n);
    }
  }
  return written;
}

/** Stored since, or belongs to an account that was: its name or owner may be another. */
function changedSince(
  alias: RawBuilder<unknown>,
  since: Date | null,
  hasAccount: boolean,
): RawBuilder<boolean> {
  if (since === null) return yes;
  const ofChanged = hasAccount
    ? sql` or ${alias}.account_id in (select id from account where synced_at >= ${since})`
    : sql``;
  return sql<boolean>`(${alias}.synced_at >= ${since}${ofChanged})`;
}

/** Writes what happened to alerts; their history is never changed, so what is known stays. */
export async function writeAlertEvents(trx: Transaction<Schema>, span: FeedSpan): Promise<number> {
  const words = sql`case e.kind when 'fired' then 'Alert fired: ' when 'resolved' then 'Alert resolved: '
    when 'acknowledged' then 'Alert acknowledged: ' when 'assigned' then 'Alert assigned: ' else 'Alert snoozed: ' end`;
  const result = await sql`
    insert into activity_event (id, kind, at, subject_kind, subject_id, headline, account_id, owner_id, rep_id, lead_id, team_id)
    select e.id, 'alert-' || e.kind, e.at, 'alert', a.id, ${words} || a.subject_label, a.account_id, a.owner_id,
           coalesce(account.owner_id, a.owner_id), a.owner_id, a.team_id
      from alert_event e join alert a on a.id = e.alert_id left join account on account.id = a.account_id
     where e.kind in ('fired', 'resolved', 'acknowledged', 'assigned', 'snoozed')
       and e.at > greatest(${span.from}::timestamptz, (select max(at) - interval '1 day' from activity_event where subject_kind = 'alert'))
       and e.at <= ${span.until}
    on conflict (id) do nothing`.execute(trx);
  await sql`delete from activity_event where subject_kind = 'alert'
    and not exists (select 1 from alert where alert.id = activity_event.subject_id)`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Notes changes of accounts' lifecycle stages since they were last seen; the first sight of an account is no change. */
export async function writeStageChanges(trx: Transaction<Schema>, span: FeedSpan): Promise<number> {
  const changed = changedSince(sql`r`, span.changedSince, false);
  const result = await sql`
    insert into activity_event (id, kind, at, subject_kind, subject_id, headline, account_id, owner_id, rep_id, lead_id, team_id)
    select md5('activity/stage/' || r.id::text || '/' || extract(epoch from ${span.until}::timestamptz)::text)::uuid,
           'stage-changed', ${span.until}::timestamptz, 'account', r.id,
           r.name || ' moved from ' || s.stage || ' to ' || r.lifecycle_stage, r.id, null::uuid, r.owner_id, r.owner_id, null::uuid
      from account as r join account_stage s on s.account_id = r.id
     where r.deleted_at is null and r.lifecycle_stage is not null and s.stage <> r.lifecycle_stage and ${changed}
    on conflict (id) do nothing`.execute(trx);
  await sql`
    insert into account_stage (account_id, stage, seen_at)
    select r.id, r.lifecycle_stage, ${span.until}::timestamptz
      from account as r left join account_stage s on s.account_id = r.id
     where r.deleted_at is null and r.lifecycle_stage is not null and s.stage is distinct from r.lifecycle_stage
       and ${changed}
    on conflict (account_id) do update set stage = excluded.stage, seen_at = excluded.seen_at`.execute(trx);
  return Number(result.numAffectedRows ?? 0n);
}

/** Stage changes keep who may see them in step with their accounts. */
export async function followAccounts(trx: Transaction<Schema>, since: Date | null): Promise<void> {
  if (since === null) return;
  await sql`update activity_event as e set rep_id = account.owner_id,
      lead_id = case when e.subject_kind = 'account' then account.owner_id else e.lead_id end
    from account where account.id = e.account_id and account.synced_at >= ${since}
      and e.subject_kind in ('account', 'alert')`.execute(trx);
}

export async function forgetEvents(trx: Transaction<Schema>, before: Date): Promise<void> {
  await trx.deleteFrom('activity_event').where('at', '<', before).execute();
}
