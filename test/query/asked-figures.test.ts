import { beforeAll, describe, expect, it } from 'vitest';
import { simpleParts } from '../../src/catalogue/lookup.ts';
import { type Store, sql } from '../../src/store/database.ts';
import { openTestStore } from '../support/store.ts';
import { seedAnalysed } from './support/analysed-world.ts';
import { asking, metricPlan, theCatalogue } from './support/ask.ts';
import { seedPipelineWorld } from './support/pipeline-world.ts';
import { seedTextWorld } from './support/text-world.ts';
import { seedWiderWorld } from './support/wider-world.ts';
import { now, seedWorld } from './support/world.ts';

/** Figures that people ask for in other words than the first ones, each against a statement written by hand. */
const catalogue = theCatalogue();
let store: Store;

beforeAll(async () => {
  store = await openTestStore();
  await seedWorld(store);
  await seedWiderWorld(store);
  await seedTextWorld(store);
  await seedPipelineWorld(store);
  await seedAnalysed(store);
  await sql`update lead set campaign_id = (select min(id::text)::uuid from campaign where deleted_at is null) where converted_at is not null`.execute(
    store.db,
  );
  await sql`update conversation set message_count = 4 + length(source_id)`.execute(store.db);
  await sql`update conversation set status = 'open', agent_id = null, first_response_seconds = null where id = (select min(id::text)::uuid from conversation where status = 'open' and deleted_at is null)`.execute(
    store.db,
  );
});

const at = `timestamptz '${now.toISOString()}'`;
/** Support is sold for the seats of the plan beside it. */
const isSupport = `exists (select 1 from product p where p.id = product_id and p.category = 'Support' and p.deleted_at is null)`;
const seated = `where status in ('active', 'past_due') and deleted_at is null and not ${isSupport}`;
const everDecided = 'opportunity where is_won and deleted_at is null';

/** Currency (or null) and value of each row, ordered. */
async function inSql(text: string): Promise<readonly (readonly [string | null, number | null])[]> {
  const { rows } = await sql<{
    c: string | null;
    n: number | null;
  }>`select c, n::float8 as n from (${sql.raw(text)}) as t order by c`.execute(store.db);
  return rows.map(({ c, n }) => [c, n]);
}

describe('figures in other words', () => {
  it.each([
    [
      'open_ticket_age_average',
      `select null as c, avg(extract(epoch from ${at} - opened_at)) as n from ticket where status in ('new', 'open', 'pending', 'hold') and deleted_at is null`,
    ],
    [
      'escalation_age_average',
      `select null as c, avg(extract(epoch from ${at} - opened_at)) as n from customer_escalation where status not in ('resolved', 'closed') and deleted_at is null`,
    ],
    [
      'escalation_resolution_time_average',
      `select null as c, avg(extract(epoch from resolved_at - opened_at)) as n from customer_escalation where resolved_at < ${at} and deleted_at is null`,
    ],
    [
      'median_won_deal',
      `select currency as c, percentile_cont(0.5) within group (order by amount) as n from ${everDecided} group by currency`,
    ],
    [
      'average_open_deal',
      'select currency as c, avg(amount) as n from opportunity where not is_closed and deleted_at is null group by currency',
    ],
    [
      'days_to_close_average',
      `select null as c, avg(close_date - opened_on) as n from ${everDecided} and opened_on is not null`,
    ],
    ['open_deal_age_average', 'select null as c, avg(age_days) as n from deal_signal'],
    [
      'open_deal_age_median',
      'select null as c, percentile_cont(0.5) within group (order by age_days) as n from deal_signal',
    ],
    [
      'orders',
      `select null as c, count(distinct order_number) as n from sales_transaction where deleted_at is null and sold_at < ${at}`,
    ],
    [
      'average_order_value',
      `select currency as c, sum(amount) / count(distinct order_number) as n from sales_transaction where deleted_at is null and sold_at < ${at} group by currency`,
    ],
    [
      'subscriptions_renewing',
      `select null as c, count(*) as n from subscription where status in ('active', 'past_due') and renews_on is not null and deleted_at is null`,
    ],
    [
      'lead_cohort_conversions',
      'select null as c, count(*) as n from lead where converted_at is not null and deleted_at is null',
    ],
    [
      'lead_conversion_rate',
      'select null as c, count(converted_at)::float8 / count(*) as n from lead where deleted_at is null',
    ],
    [
      'unassigned_conversations',
      `select null as c, count(*) as n from conversation where status in ('open', 'pending') and agent_id is null and deleted_at is null`,
    ],
    [
      'unanswered_conversations',
      `select null as c, count(*) as n from conversation where status in ('open', 'pending') and first_response_seconds is null and deleted_at is null`,
    ],
    [
      'messages_per_conversation',
      'select null as c, avg(message_count) as n from conversation where deleted_at is null',
    ],
    [
      'auto_reply_rate',
      `select null as c, avg((outcome = 'auto_replied')::int) as n from bot_event where deleted_at is null`,
    ],
    [
      'bot_request_handover_rate',
      `select null as c, count(distinct conversation_id) filter (where outcome = 'handed_over')::float8 / count(distinct conversation_id) as n from bot_event where deleted_at is null`,
    ],
    [
      'sla_breach_rate',
      `select null as c, count(*) filter (where c.state = 'breached')::float8 / count(*) as n from sla_clock c join ticket t on t.id = c.ticket_id where c.state in ('met', 'breached') and t.deleted_at is null`,
    ],
    [
      'tickets_needing_answer',
      `select null as c, count(*) as n from ticket where status in ('new', 'open') and deleted_at is null`,
    ],
    [
      'nps_passives',
      `select null as c, count(*) as n from survey_response where kind = 'nps' and score in (7, 8) and deleted_at is null`,
    ],
    [
      'mrr_renewing',
      `select currency as c, sum(mrr) as n from subscription where status in ('active', 'past_due') and renews_on is not null and deleted_at is null group by currency`,
    ],
    [
      'mrr_per_seat',
      `select currency as c, sum(mrr) / sum(seats) filter (where not ${isSupport}) as n from subscription where status in ('active', 'past_due') and deleted_at is null group by currency`,
    ],
    [
      'discount_rate',
      'select currency as c, 1 - sum(amount) / sum(coalesce(quantity * unit_price, amount)) as n from sales_transaction where deleted_at is null group by currency',
    ],
    [
      'average_unit_price',
      'select currency as c, sum(amount) / sum(quantity) as n from sales_transaction where deleted_at is null group by currency',
    ],
    [
      'active_users_per_day',
      'select null as c, avg(users) as n from (select day, sum(active_users) as users from usage_daily where deleted_at is null group by day) as days',
    ],
    [
      'features_used_average',
      'select null as c, avg(features_used) as n from usage_daily where deleted_at is null',
    ],
    [
      'feature_adoption',
      'select null as c, sum(features_used)::float8 / sum(features_available) as n from usage_daily where features_available > 0 and deleted_at is null',
    ],
    [
      'interventions_closed',
      'select null as c, count(*) as n from intervention where closed_at is not null and deleted_at is null',
    ],
    [
      'interventions_done',
      `select null as c, count(*) as n from intervention where status = 'done' and closed_at is not null and deleted_at is null`,
    ],
    ['activity_time', 'select null as c, sum(duration_seconds) as n from activity where deleted_at is null'],
    [
      'activity_length_average',
      'select null as c, avg(duration_seconds) as n from activity where deleted_at is null',
    ],
    ['products_on_sale', 'select null as c, count(*) as n from product where active and deleted_at is null'],
    [
      'stage_moves',
      'select null as c, count(*) as n from opportunity_stage_event where from_stage is distinct from to_stage and deleted_at is null',
    ],
    [
      'close_dates_pushed',
      'select null as c, count(*) as n from opportunity_stage_event where close_date > prev_close_date and deleted_at is null',
    ],
    [
      'close_dates_pulled',
      'select null as c, count(*) as n from opportunity_stage_event where close_date < prev_close_date and deleted_at is null',
    ],
    [
      'amounts_cut',
      'select null as c, count(*) as n from opportunity_stage_event where amount < prev_amount and deleted_at is null',
    ],
    [
      'amounts_raised',
      'select null as c, count(*) as n from opportunity_stage_event where amount > prev_amount and deleted_at is null',
    ],
    [
      'conversations_resolved',
      'select null as c, count(*) as n from conversation where resolved_at is not null and deleted_at is null',
    ],
    [
      'nps_promoters',
      `select null as c, count(*) as n from survey_response where kind = 'nps' and score >= 9 and deleted_at is null`,
    ],
    [
      'nps_detractors',
      `select null as c, count(*) as n from survey_response where kind = 'nps' and score <= 6 and deleted_at is null`,
    ],
    [
      'overdue_interventions',
      `select null as c, count(*) as n from intervention where status in ('open', 'in_progress') and due_at < ${at} and deleted_at is null`,
    ],
    [
      'joint_deals_won',
      'select null as c, count(distinct opportunity_id) as n from partner_result where is_won',
    ],
    [
      'campaign_cost_per_response',
      'select currency as c, sum(cost) / sum(responded) as n from campaign where deleted_at is null group by currency',
    ],
    [
      'campaign_cost_per_conversion',
      'select currency as c, sum(cost) / sum(converted) as n from campaign where deleted_at is null group by currency',
    ],
    [
      'campaign_converted_leads',
      'select null as c, count(*) as n from lead where campaign_id is not null and converted_at is not null and deleted_at is null',
    ],
    [
      'campaign_cost_per_lead',
      'select currency as c, sum(cost) / (select count(*) from lead where campaign_id is not null and converted_at is not null and lead.deleted_at is null) as n from campaign where deleted_at is null group by currency',
    ],
    [
      'deals_changing_stage',
      'select null as c, count(distinct opportunity_id) as n from opportunity_stage_event where from_stage is not null and to_stage is distinct from from_stage',
    ],
    [
      'campaign_cost_per_message',
      'select currency as c, sum(cost) / sum(sent) as n from campaign where deleted_at is null group by currency',
    ],
    [
      'campaign_cost_average',
      'select currency as c, avg(cost) as n from campaign where deleted_at is null group by currency',
    ],
    [
      'lead_disqualification_rate',
      `select null as c, avg((status = 'unqualified')::int) as n from lead where deleted_at is null`,
    ],
    [
      'lead_conversion_time_average',
      'select null as c, avg(extract(epoch from converted_at - opened_at)) as n from lead where converted_at is not null and deleted_at is null',
    ],
    [
      'lead_conversion_time_median',
      'select null as c, percentile_cont(0.5) within group (order by extract(epoch from converted_at - opened_at)) as n from lead where converted_at is not null and deleted_at is null',
    ],
    [
      'message_read_rate',
      `select null as c, avg((coalesce(delivery_status, '') = 'read')::int) as n from message where direction = 'out' and deleted_at is null`,
    ],
    [
      'broadcast_read_rate',
      `select null as c, avg((coalesce(delivery_status, '') = 'read')::int) as n from message where direction = 'out' and broadcast_id is not null and deleted_at is null`,
    ],
    [
      'handovers',
      `select null as c, count(*) as n from bot_event where outcome = 'handed_over' and deleted_at is null`,
    ],
    [
      'bot_containment_rate',
      'select null as c, avg((escalated_to_human is not true)::int) as n from conversation where handled_by_bot and deleted_at is null',
    ],
    [
      'discounted_line_share',
      'select null as c, avg((coalesce(discount, 0) > 0)::int) as n from sales_transaction where deleted_at is null',
    ],
    [
      'discount_amount',
      'select currency as c, sum(discount) as n from sales_transaction where discount is not null and deleted_at is null group by currency',
    ],
    [
      'line_amount_average',
      'select currency as c, avg(amount) as n from sales_transaction where deleted_at is null group by currency',
    ],
    ['subscription_seats', `select null as c, sum(seats) as n from subscription ${seated}`],
    ['seats_per_subscription', `select null as c, avg(seats) as n from subscription ${seated}`],
    [
      'mrr_per_subscription',
      `select currency as c, avg(mrr) as n from subscription where status in ('active', 'past_due') and deleted_at is null group by currency`,
    ],
    [
      'seat_use_rate',
      'select null as c, sum(active_users)::float8 / sum(seats_entitled) as n from usage_daily where seats_entitled > 0 and deleted_at is null',
    ],
    [
      'active_users_average',
      'select null as c, avg(active_users) as n from usage_daily where deleted_at is null',
    ],
    [
      'resolution_time_highest',
      'select null as c, max(extract(epoch from solved_at - opened_at)) as n from ticket where solved_at is not null and deleted_at is null',
    ],
    [
      'first_response_time_highest',
      'select null as c, max(extract(epoch from first_replied_at - opened_at)) as n from ticket where first_replied_at is not null and deleted_at is null',
    ],
    [
      'incident_duration_highest',
      'select null as c, max(extract(epoch from resolved_at - started_at)) as n from incident where resolved_at is not null and deleted_at is null',
    ],
    [
      'escalation_resolution_time_highest',
      `select null as c, max(extract(epoch from resolved_at - opened_at)) as n from customer_escalation where resolved_at < ${at} and deleted_at is null`,
    ],
    [
      'open_deal_amount_highest',
      'select currency as c, max(amount) as n from opportunity where not is_closed and deleted_at is null group by currency',
    ],
    [
      'won_deal_amount_lowest',
      `select currency as c, min(amount) as n from ${everDecided} group by currency`,
    ],
    [
      'average_lost_deal',
      'select currency as c, avg(amount) as n from opportunity where is_closed and not is_won and deleted_at is null group by currency',
    ],
    [
      'highest_arr',
      'select currency as c, max(arr) as n from account where deleted_at is null group by currency',
    ],
    [
      'campaign_responses_average',
      'select null as c, avg(responded) as n from campaign where deleted_at is null',
    ],
    [
      'discount_average',
      'select currency as c, avg(discount) as n from sales_transaction where discount > 0 and deleted_at is null group by currency',
    ],
    [
      'quota_gap',
      `select currency as c, sum(quota) - sum(quota_won) as n from sales_velocity where segment_kind = 'rep' group by currency`,
    ],
  ] as const)('gives %s', async (id, statement) => {
    const metric = catalogue.metrics.get(id)!;
    const isTimed = simpleParts(catalogue, metric).some((part) => part.timeDimension !== null);
    const data = await asking(store, catalogue).answer(
      metricPlan(id, {
        limit: 50,
        time: isTimed ? { kind: 'all' } : null,
      }),
    );
    const given = data.rows
      .map((row): readonly [string | null, number] => [
        row.length > 1 ? String(row[0]) : null,
        Number(row.at(-1)),
      ])
      .toSorted((left, right) => String(left[0]).localeCompare(String(right[0])));
    const expected = await inSql(statement);
    // One currency alone is said in the column's head.
    if (given.length > 1)
      expect(given.map(([currency]) => currency)).toEqual(expected.map(([currency]) => currency));
    expect(given).toHaveLength(expected.length);
    for (const [index, [, value]] of expected.entries()) expect(given[index]?.[1]).toBeCloseTo(value ?? 0, 4);
  });

  it.each([
    ['net_revenue_retention', 'opening + expansion + contraction + churn'],
    ['gross_revenue_retention', 'opening + contraction + churn'],
  ])('gives %s of the newest whole month', async (id, kept) => {
    const data = await asking(store, catalogue).answer(metricPlan(id, { limit: 50 }));
    const expected = await inSql(
      `select currency as c, sum(${kept}) / nullif(sum(opening), 0) as n from mrr_month where month = (select max(month) from mrr_month) group by currency`,
    );
    const [alone] = expected;
    const shares = new Map(
      data.rows.map((row) => [String(row.length > 1 ? row[0] : alone?.[0]), Number(row.at(-1))]),
    );
    for (const [currency, share] of expected)
      if (share !== null) expect(shares.get(String(currency))).toBeCloseTo(share, 6);
  });
});
