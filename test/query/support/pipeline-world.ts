import type { Store } from '../../../src/store/database.ts';
import { idOf, now } from './world.ts';

const ago = (days: number): Date => new Date(now.getTime() - days * 86_400_000);
const day = (days: number): string => ago(days).toISOString().slice(0, 10);
const computed = { computed_at: now };
const deal = (name: string) => idOf('opportunity', name);

/** A row of everything that the analyser says of deals and partners, so that each of it can be asked. */
export async function seedPipelineWorld(store: Store): Promise<void> {
  const { db } = store;
  const rita = idOf('person', 'Rita Rep');
  const account = idOf('account', 'Acme Corp');
  const forecast = {
    currency: 'USD',
    starts_on: '2026-10-01',
    ends_on: '2026-12-31',
    method: 'run rate',
    won_so_far: 100,
    expected: 300,
    low: 250,
    high: 350,
    backtests: 3,
    mean_error: 0.05,
    pipeline_expected: 280,
    open_deals: 4,
    stale_deals: 1,
    note: 'run rate',
    ...computed,
  };
  await db
    .insertInto('pipeline_forecast')
    .values([
      { ...forecast, id: idOf('forecast', 'quarter'), period_kind: 'quarter' },
      { ...forecast, id: idOf('forecast', 'month'), period_kind: 'month' },
      { ...forecast, id: idOf('forecast', 'next'), period_kind: 'quarter', starts_on: '2027-01-01' },
    ])
    .execute();
  await db
    .insertInto('deal_signal')
    .values({
      opportunity_id: deal('Deal 1'),
      account_id: account,
      owner_id: rita,
      amount: 500,
      currency: 'USD',
      day: day(0),
      age_days: 200,
      stage_days: 90,
      stale_after_days: 120,
      is_stale: true,
      win_chance: 0,
      touches_30d: 0,
      last_touch_at: ago(60),
      contacts_engaged: 1,
      is_untouched: true,
      ...computed,
    })
    .execute();
  await db
    .insertInto('opportunity_stage_event')
    .values({
      id: idOf('opportunity_stage_event', 'E1'),
      source: 'test',
      source_id: 'E1',
      opportunity_id: deal('Deal 1'),
      from_stage: 'Prospecting',
      to_stage: 'Engaging',
      at: ago(20),
    })
    .execute();
  // Not a move but an amount that was cut and a date that slipped, then the other way round, less far.
  const stay = {
    source: 'test',
    opportunity_id: deal('Deal 1'),
    from_stage: 'Engaging',
    to_stage: 'Engaging',
  };
  await db
    .insertInto('opportunity_stage_event')
    .values([
      {
        ...{ ...stay, id: idOf('opportunity_stage_event', 'E2'), source_id: 'E2', at: ago(10) },
        ...{ prev_amount: 500, amount: 300, prev_close_date: '2026-11-01', close_date: '2026-12-15' },
      },
      {
        ...{ ...stay, id: idOf('opportunity_stage_event', 'E3'), source_id: 'E3', at: ago(5) },
        ...{ prev_amount: 300, amount: 400, prev_close_date: '2026-12-15', close_date: '2026-12-01' },
      },
    ])
    .execute();
  await db
    .insertInto('stage_snapshot')
    .values({
      id: idOf('stage_snapshot', 'S1'),
      day: day(150),
      stage: 'Engaging',
      owner_id: rita,
      currency: 'USD',
      deals: 4,
      amount: 900,
      judged: 4,
      advanced: 2,
      won: 1,
      lost: 1,
      ...computed,
    })
    .execute();
  await seedPerformance(store);
  await seedPartners(store);
}

async function seedPerformance({ db }: Store): Promise<void> {
  for (const kind of ['all', 'rep', 'product', 'source'] as const) {
    const segment = {
      segment_kind: kind,
      segment: kind,
      person_id: kind === 'rep' ? idOf('person', 'Rita Rep') : null,
      product_id: kind === 'product' ? idOf('product', 'GTX Pro') : null,
      won_deals: 6,
      estimated_win_rate: 0.6,
      ...computed,
    };
    const rate = { id: idOf('win_rate_estimate', kind), decided_deals: 10, win_rate: 0.6 };
    await db
      .insertInto('win_rate_estimate')
      .values({ ...segment, ...rate })
      .execute();
    const speed = {
      id: idOf('sales_velocity', kind),
      currency: 'USD',
      open_deals: 5,
      open_amount: 1000,
      won_amount: 600,
      average_won: 100,
      cycle_days: 30,
      velocity_per_day: 10,
      quota: kind === 'rep' ? 1000 : null,
      quota_won: kind === 'rep' ? 600 : null,
      quota_starts_on: kind === 'rep' ? '2026-01-01' : null,
    };
    await db
      .insertInto('sales_velocity')
      .values({ ...segment, ...speed })
      .execute();
  }
}

async function seedPartners({ db }: Store): Promise<void> {
  const partner = idOf('partner', 'N1');
  const parts = [
    ['Deal 1', 'sourced', true],
    ['Deal 2', 'influenced', true],
    ['Deal 3', 'co_sell', true],
    ['Deal 4', 'co_sell', false],
  ] as const;
  await db
    .insertInto('partner_result')
    .values(
      parts.map(([name, part, isWon]) => ({
        partner_id: partner,
        opportunity_id: deal(name),
        account_id: idOf('account', 'Acme Corp'),
        owner_id: idOf('person', 'Rita Rep'),
        part,
        amount: 100,
        currency: 'USD',
        is_closed: isWon,
        is_won: isWon,
        close_date: '2026-11-02',
        last_activity_at: ago(5),
        ...computed,
      })),
    )
    .execute();
  await db
    .insertInto('partner_health')
    .values({
      partner_id: partner,
      manager_id: idOf('person', 'Rita Rep'),
      score: 50,
      band: 'steady',
      coverage: 1,
      results_score: 50,
      pipeline_score: 50,
      activity_score: 50,
      enablement_score: 50,
      won_deals: 1,
      open_deals: 1,
      joint_accounts: 1,
      activities_90d: 2,
      last_activity_at: ago(5),
      certification_days_left: -3,
      enablement_stale: true,
      ...computed,
    })
    .execute();
}
