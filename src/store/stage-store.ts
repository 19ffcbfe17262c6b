import { type Kysely, sql, type Transaction } from 'kysely';
import { type DealView, dealsOn } from './pipeline-store.ts';
import type { Schema } from './schema.ts';

/** What tells the order of stages: how likely deals in them are said to be won, and how many stages they saw before. */
export async function listStageOrder(db: Kysely<Schema>) {
  const { rows } = await sql<{
    readonly stage: string;
    readonly probability: number | null;
    readonly place: number;
  }>`
    with entry as (
      select opportunity_id, to_stage as stage, min(at) as at from opportunity_stage_event
      where deleted_at is null group by opportunity_id, to_stage),
    placed as (
      select stage, row_number() over (partition by opportunity_id order by at) as place from entry),
    said as (
      select stage, avg(probability) as probability from (
        select stage, probability from opportunity where deleted_at is null and not is_closed
        union all
        select to_stage, probability from opportunity_stage_event where deleted_at is null) one
      group by stage)
    select placed.stage, avg(placed.place)::float8 as place, min(said.probability)::float8 as probability
    from placed left join said on said.stage = placed.stage
    group by placed.stage
    union all
    select said.stage, 0, said.probability from said
    where said.stage not in (select stage from placed)
      and said.stage in (select stage from opportunity where deleted_at is null and not is_closed)`.execute(
    db,
  );
  return rows;
}

/** When the stages were counted last; null: never, or there are none. */
export async function findStagesCountedAt(db: Kysely<Schema>): Promise<Date | null> {
  const row = await db
    .selectFrom('stage_time')
    .select(({ fn }) => fn.min('computed_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Stages that only decided deals end in. */
export async function listClosingStages(db: Kysely<Schema>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ readonly stage: string }>`
    select stage from opportunity where deleted_at is null group by stage having bool_and(is_closed)`.execute(
    db,
  );
  return new Set(rows.map(({ stage }) => stage));
}

/**
 * Replaces the snapshots: on each of the days, the deals that were open then, by the stage that their history shows for
 * that day, and where they stood some days later. A deal without a history counts only while it is open today, in the
 * stage it is in.
 *
 * @param stages open stages in their order; others are left out
 * @param judgedAfter days; snapshots younger than that have no outcome yet
 */
export async function replaceStageSnapshots(
  trx: Transaction<Schema>,
  view: DealView,
  {
    days,
    stages,
    judgedAfter,
    computedAt,
  }: {
    readonly days: readonly string[];
    readonly stages: readonly string[];
    readonly judgedAfter: number;
    readonly computedAt: Date;
  },
): Promise<number> {
  const stageOn = (day: ReturnType<typeof sql>) => sql`coalesce(
    (select e.to_stage from opportunity_stage_event e
      where e.opportunity_id = d.id and e.deleted_at is null and (e.at at time zone ${view.zone})::date <= ${day}
      order by e.at desc, e.id desc limit 1),
    (select e.from_stage from opportunity_stage_event e
      where e.opportunity_id = d.id and e.deleted_at is null and (e.at at time zone ${view.zone})::date > ${day}
      order by e.at, e.id limit 1),
    case when d.closed_on is null then d.stage end)`;
  await trx.deleteFrom('stage_snapshot').execute();
  const done = await sql`
    with stage as (select name, place from unnest(${[...stages]}::text[]) with ordinality as given(name, place)),
    deal as materialized (select * from ${dealsOn(view)} d),
    standing as materialized (
      select snapshot.day, d.id, d.owner_id, d.currency, d.amount, d.is_won, d.closed_on,
        ${stageOn(sql`snapshot.day`)} as stage_then,
        case when snapshot.day + ${judgedAfter}::int <= ${view.today}::date
          and (d.closed_on is null or d.closed_on > snapshot.day + ${judgedAfter}::int)
          then ${stageOn(sql`snapshot.day + ${judgedAfter}::int`)} end as stage_later
      from unnest(${[...days]}::date[]) as snapshot(day)
      join deal d on d.opened <= snapshot.day and (d.closed_on is null or d.closed_on > snapshot.day)),
    outcome as (
      select s.*, now_stage.place as place_then, later.place as place_later,
        s.day + ${judgedAfter}::int <= ${view.today}::date as is_judged,
        s.closed_on is not null and s.closed_on <= s.day + ${judgedAfter}::int as is_decided
      from standing s join stage now_stage on now_stage.name = s.stage_then
      left join stage later on later.name = s.stage_later)
    insert into stage_snapshot (id, day, stage, owner_id, currency, deals, amount, judged, advanced, won, lost, computed_at)
    select gen_random_uuid(), day, stage_then, owner_id, nullif(currency, ''), count(*), sum(amount),
      case when bool_and(is_judged) then count(*) end,
      case when bool_and(is_judged) then count(*) filter (where is_decided and is_won or not is_decided and place_later > place_then) end,
      case when bool_and(is_judged) then count(*) filter (where is_decided and is_won) end,
      case when bool_and(is_judged) then count(*) filter (where is_decided and not is_won) end,
      ${computedAt}
    from outcome
    group by day, stage_then, owner_id, currency`.execute(trx);
  return Number(done.numAffectedRows ?? 0);
}

/**
 * Replaces how long deals stay in each stage. A stay begins with the change into the stage (or with the deal, for the
 * stage that its first change comes from) and ends with the next change or the decision. Stays that began or ended
 * since a day count; the days of those that last are not known yet and are left out of the median.
 *
 * @param stages open stages in their order
 */
export async function replaceStageTimes(
  trx: Transaction<Schema>,
  view: DealView,
  {
    stages,
    since,
    computedAt,
  }: { readonly stages: readonly string[]; readonly since: string; readonly computedAt: Date },
): Promise<number> {
  await trx.deleteFrom('stage_time').execute();
  const done = await sql`
    with stage as (select name, place from unnest(${[...stages]}::text[]) with ordinality as given(name, place)),
    deal as materialized (select * from ${dealsOn(view)} d),
    event as (
      select e.opportunity_id, e.to_stage, e.at, e.id, e.from_stage,
        lag(e.to_stage) over (partition by e.opportunity_id order by e.at, e.id) as before
      from opportunity_stage_event e join deal d on d.id = e.opportunity_id
      where e.deleted_at is null and (e.at at time zone ${view.zone})::date <= ${view.today}::date),
    entry as (
      select opportunity_id, to_stage as stage, at, id from event where before is distinct from to_stage
      union all
      -- the stage that the first known change comes from
      select event.opportunity_id, event.from_stage, d.opened::timestamp at time zone ${view.zone}, event.id
      from event join deal d on d.id = event.opportunity_id
      where event.before is null and event.from_stage is not null and event.from_stage <> event.to_stage
        and d.opened is not null and d.opened::timestamp at time zone ${view.zone} < event.at),
    stay as (
      select opportunity_id, stage, at,
        lead(at) over (partition by opportunity_id order by at, id) as next_at,
        lead(stage) over (partition by opportunity_id order by at, id) as next_stage
      from entry),
    judged as (
      select stay.stage, here.place, next.place as next_place, (stay.at at time zone ${view.zone})::date as entered_on,
        coalesce((stay.next_at at time zone ${view.zone})::date, d.closed_on) as left_on,
        extract(epoch from coalesce(stay.next_at, d.closed_on::timestamp at time zone ${view.zone}) - stay.at) / 86400 as days,
        -- a change into a closing stage, or a decision without one
        stay.next_stage is not null and next.place is null or stay.next_stage is null and d.closed_on is not null as is_last,
        d.is_won
      from stay join stage here on here.name = stay.stage join deal d on d.id = stay.opportunity_id
      left join stage next on next.name = stay.next_stage)
    insert into stage_time (stage, place, entered, left_deals, advanced, won, lost, median_days, p90_days, computed_at)
    select stage, place,
      count(*) filter (where entered_on >= ${since}::date),
      count(*) filter (where left_on >= ${since}::date),
      count(*) filter (where left_on >= ${since}::date and (next_place > place or is_last and is_won)),
      count(*) filter (where left_on >= ${since}::date and is_last and is_won),
      count(*) filter (where left_on >= ${since}::date and is_last and not is_won),
      percentile_cont(0.5) within group (order by greatest(0, days)::float8) filter (where left_on >= ${since}::date),
      percentile_cont(0.9) within group (order by greatest(0, days)::float8) filter (where left_on >= ${since}::date),
      ${computedAt}
    from judged group by stage, place`.execute(trx);
  return Number(done.numAffectedRows ?? 0);
}
