/**
 * Who may see which rows, written down by hand in SQL and not taken from the catalogue: the yardstick of the scope
 * tests. `:me` and `:team` are the asker's ids. A role that a table does not name sees none of its rows; managers,
 * executives and administrators see all.
 */
interface Ownership {
  readonly agent?: string;
  readonly rep?: string;
  readonly supervisor?: string;
}

const all = 'true';
const mates = '(select id from person where team_id = :team and deleted_at is null)';
const accountsOf = (owner: string) =>
  `account_id in (select id from account where ${owner} and deleted_at is null)`;
const myAccounts = accountsOf('owner_id = :me');
const teamAccounts = accountsOf(`owner_id in ${mates}`);
const ticketsOf = (owner: string) =>
  `ticket_id in (select id from ticket where ${owner} and deleted_at is null)`;
const dealsOf = (owner: string) =>
  `opportunity_id in (select id from opportunity where ${owner} and deleted_at is null)`;
const talksOf = (owner: string) =>
  `conversation_id in (select id from conversation where ${owner} and deleted_at is null)`;
const mine = (column: string) => `${column} = :me`;
const ofMates = (column: string) => `${column} in ${mates}`;

const ofAccounts: Ownership = { rep: myAccounts, supervisor: teamAccounts };
const desk: Ownership = {
  agent: mine('assignee_id'),
  rep: myAccounts,
  supervisor: `(team_id = :team or ${ofMates('assignee_id')} or ${teamAccounts})`,
};
/** Whoever leads reps sees what these see of their accounts. */
const ofOwnersAndAccounts: Ownership = {
  agent: mine('owner_id'),
  rep: myAccounts,
  supervisor: `(${ofMates('owner_id')} or ${teamAccounts})`,
};
const ofSeller = (column: string): Ownership => ({ rep: mine(column), supervisor: ofMates(column) });
const ofWorker: Ownership = { agent: mine('person_id'), supervisor: ofMates('person_id') };
const ofDeals: Ownership = {
  rep: dealsOf('owner_id = :me'),
  supervisor: dealsOf(`owner_id in ${mates}`),
};
const throughTickets: Ownership = {
  agent: ticketsOf('assignee_id = :me'),
  supervisor: ticketsOf(`(team_id = :team or assignee_id in ${mates})`),
};

export const ownership: Readonly<Record<string, Ownership>> = {
  ticket: desk,
  sla_clock: desk,
  ticket_time: desk,
  customer_escalation: ofOwnersAndAccounts,
  intervention: ofOwnersAndAccounts,
  text_score: {
    agent: mine('owner_id'),
    rep: myAccounts,
    supervisor: `(team_id = :team or ${ofMates('owner_id')} or ${teamAccounts})`,
  },
  activity_event: {
    agent: mine('owner_id'),
    rep: mine('rep_id'),
    supervisor: `(team_id = :team or ${ofMates('lead_id')} or ${ofMates('rep_id')})`,
  },
  account: ofSeller('owner_id'),
  opportunity: ofSeller('owner_id'),
  deal_signal: ofSeller('owner_id'),
  partner_result: ofSeller('owner_id'),
  stage_snapshot: ofSeller('owner_id'),
  lead: ofSeller('owner_id'),
  win_rate_estimate: ofSeller('person_id'),
  sales_velocity: ofSeller('person_id'),
  partner_deal: ofDeals,
  opportunity_stage_event: ofDeals,
  health_score: ofAccounts,
  usage_daily: ofAccounts,
  incident: ofAccounts,
  share_outlier: ofAccounts,
  churn_score: ofAccounts,
  churned_customer: ofAccounts,
  account_value: ofAccounts,
  insight: ofAccounts,
  contact: ofAccounts,
  cross_sell: ofAccounts,
  sales_transaction: ofAccounts,
  subscription: ofAccounts,
  mrr_movement: ofAccounts,
  account_assessment: ofAccounts,
  customer_first_contact: { rep: myAccounts },
  survey_response: {
    ...throughTickets,
    rep: myAccounts,
    supervisor: `(${throughTickets.supervisor ?? 'false'} or ${teamAccounts})`,
  },
  ticket_metric: {
    ...throughTickets,
    rep: ticketsOf('account_id in (select id from account where owner_id = :me and deleted_at is null)'),
    supervisor: ticketsOf(`(team_id = :team or assignee_id in ${mates} or ${teamAccounts})`),
  },
  hot_shard: {
    agent: 'id in (select id from customer_escalation where owner_id = :me and deleted_at is null)',
    rep: `id in (select id from customer_escalation where deleted_at is null and ${myAccounts})`,
    supervisor: `id in (select id from customer_escalation where deleted_at is null and (owner_id in ${mates} or ${teamAccounts}))`,
  },
  conversation: {
    agent: mine('agent_id'),
    rep: myAccounts,
    supervisor: `(${ofMates('agent_id')} or ${teamAccounts})`,
  },
  message: {
    agent: talksOf('agent_id = :me'),
    rep: myAccounts,
    supervisor: `(${talksOf(`agent_id in ${mates}`)} or ${teamAccounts})`,
  },
  bot_event: { agent: talksOf('agent_id = :me'), supervisor: talksOf(`agent_id in ${mates}`) },
  person: { agent: mine('id'), rep: mine('id'), supervisor: `(team_id = :team or (id in ${mates}))` },
  activity: { agent: mine('person_id'), rep: mine('person_id'), supervisor: ofMates('person_id') },
  agent_status: ofWorker,
  agent_workload: ofWorker,
  agent_day: ofWorker,
  team: { supervisor: 'id = :team' },
  product: { agent: all, rep: all, supervisor: all },
  product_pair: { agent: all, rep: all, supervisor: all },
  messaging_session: { agent: all, supervisor: all },
  queue_sample: { agent: all, supervisor: all },
  partner: { rep: all, supervisor: all },
  partner_health: { rep: all, supervisor: all },
  campaign: { rep: all, supervisor: all },
  stage_time: { rep: all, supervisor: all },
  campaign_member: { supervisor: all },
  churn_month: { supervisor: all },
  pipeline_forecast: { supervisor: all },
  service_hour: { supervisor: all },
  trend: { supervisor: all },
  anomaly: {},
  unit_economics: {},
  mrr_month: {},
  product_month: {},
  buyer_cohort: {},
  escalation_pattern: {},
  metric_snapshot: {},
  repeat_customer: {},
  faq_candidate: {},
};

/** The rows of a table that somebody may see, as a condition. Somebody without a team has no team's rows. */
export function visibleTo(
  table: string,
  {
    role,
    personId,
    teamId,
  }: { readonly role: string; readonly personId: string; readonly teamId: string | null },
): string {
  if (role !== 'agent' && role !== 'rep' && role !== 'supervisor') return 'true';
  const condition = ownership[table]?.[role] ?? 'false';
  return condition
    .replaceAll(':me', `'${personId}'`)
    .replaceAll(':team', teamId === null ? 'null' : `'${teamId}'`);
}
