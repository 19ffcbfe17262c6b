import type { FindingKind } from './finding.ts';
import { serviceLevels } from './workload-settings.ts';

/** How a fact is compared and written. `money` takes its currency from the fact `currency`; `share` is 0-1. */
export type FactType = 'text' | 'number' | 'share' | 'seconds' | 'instant' | 'date' | 'money' | 'boolean';

export interface FactDefinition {
  readonly type: FactType;
  /** What people call it, at the start of a field. */
  readonly label: string;
  /** Closed vocabulary, where there is one. */
  readonly values?: readonly string[];
  /** Stands in a sentence where the fact is not known. */
  readonly absent?: string;
}

export interface FindingKindDefinition {
  readonly label: string;
  /** The finding's own number. */
  readonly value: FactDefinition;
  readonly facts: Readonly<Record<string, FactDefinition>>;
  /** Facts whose names the analyser derives; any name with this prefix is known. */
  readonly prefix?: { readonly starts: string; readonly fact: FactDefinition };
}

const text = (label: string, values?: readonly string[]): FactDefinition =>
  values === undefined ? { type: 'text', label } : { type: 'text', label, values };
const fact = (type: FactType, label: string): FactDefinition => ({ type, label });

const riskWords = ['low', 'medium', 'high', 'critical'];
/** Of findings that tell themselves. */
const told = {
  headline: text('Headline'),
  sentence: text('Sentence'),
  over: text('When over'),
} as const;
/** Facts of a deal that nobody moves. */
const neglectedDeal: Readonly<Record<string, FactDefinition>> = {
  headline: text('Headline'),
  sentence: text('Sentence'),
  over: text('When over'),
  name: text('Deal'),
  account: { ...text('Account'), absent: 'the customer' },
  owner: text('Owner'),
  amount: fact('money', 'Amount'),
  currency: text('Currency'),
  stage: text('Stage'),
  close_date: fact('date', 'Close date'),
};

const priorityWords = ['urgent', 'high', 'normal', 'low'];

const anomalyFacts: Readonly<Record<string, FactDefinition>> = {
  series: text('Series'),
  metric: { ...text('Metric'), absent: 'the series' },
  segment: { ...text('Segment'), absent: 'all customers' },
  bucket_start: fact('instant', 'Bucket'),
  grain: text('Grain', ['hour', 'day', 'week']),
  observed: fact('number', 'Observed'),
  observed_text: text('Observed'),
  expected: fact('number', 'Expected'),
  lower: fact('number', 'Expected at least'),
  upper: fact('number', 'Expected at most'),
  direction: text('Direction', ['above', 'below']),
  band: text('Usual'),
  pattern: text('Pattern', ['single', 'sustained']),
  standing_out: { ...text('Standing out'), absent: 'no part of it' },
};

/**
 * Which facts each kind of finding carries (see `FindingKind`): what alert rules may compare, what their texts may
 * name and how a value is written. Rules are linted against this table.
 */
export const findingKinds: Readonly<Record<FindingKind, FindingKindDefinition>> = {
  'sla-clock': {
    label: 'SLA clock',
    value: fact('share', 'Target used'),
    facts: {
      metric: text('Target', ['first_response', 'next_response', 'update', 'resolution']),
      cycle: fact('number', 'Cycle'),
      state: text('Clock', ['running', 'paused', 'breached']),
      priority: text('Priority', priorityWords),
      policy: text('SLA policy'),
      target_seconds: fact('seconds', 'Target'),
      used_seconds: fact('seconds', 'Used'),
      remaining_seconds: fact('seconds', 'Time left'),
      due_at: fact('instant', 'Due'),
      number: text('Ticket'),
      subject: text('Subject'),
      account: { ...text('Account'), absent: 'the customer' },
      assignee: text('Assignee'),
      category: text('Category'),
    },
  },
  'customer-escalation': {
    label: 'customer escalation',
    value: fact('number', 'Rank of priority'),
    facts: {
      ce_number: text('Customer escalation'),
      account: { ...text('Account'), absent: 'the customer' },
      priority: text('Priority', priorityWords),
      category: text('Category'),
      status: text('Status', ['open', 'investigating', 'mitigated', 'monitoring', 'resolved', 'closed']),
      age_seconds: fact('seconds', 'Open for'),
      sentiment: text('Customer sentiment'),
      impact: text('Impact'),
      root_cause: text('Root cause'),
      next_step: text('Next step'),
      next_step_rule: text('Rule of the next step'),
    },
  },
  'account-health': {
    label: 'account health',
    value: fact('number', 'Health score'),
    facts: {
      profile: text('Health profile'),
      band: text('Band'),
      previous_score: fact('number', 'Score 7 days before'),
      change_7d: fact('number', 'Change in 7 days'),
      coverage: fact('share', 'Data coverage'),
      account: { ...text('Account'), absent: 'the customer' },
      arr: fact('money', 'ARR'),
      currency: text('Currency'),
      top_driver: { ...text('Top driver'), absent: 'what they need' },
    },
    prefix: { starts: 'component_', fact: fact('number', 'Component') },
  },
  'churn-risk': {
    label: 'churn risk',
    value: fact('share', 'Churn probability'),
    facts: {
      probability: fact('share', 'Churn probability'),
      risk_index: fact('share', 'Risk index'),
      risk_band: text('Risk band', riskWords),
      priority: text('Intervention priority', riskWords),
      state: text('Calibration'),
      health: fact('number', 'Health score'),
      change_30d: fact('share', 'Change in 30 days'),
      top_driver: { ...text('Top driver'), absent: 'what they need' },
      second_driver: text('Second driver'),
      third_driver: text('Third driver'),
      support_risk: fact('share', 'Risk by support alone'),
      tenure_months: fact('number', 'Months as a customer'),
      account: { ...text('Account'), absent: 'the customer' },
      arr: fact('money', 'ARR'),
      currency: text('Currency'),
      lifecycle_stage: text('Lifecycle stage'),
    },
  },
  'volume-anomaly': {
    label: 'volume anomaly',
    value: fact('number', 'Robust z-score'),
    facts: anomalyFacts,
  },
  'metric-anomaly': {
    label: 'metric anomaly',
    value: fact('number', 'Robust z-score'),
    facts: anomalyFacts,
  },
  'share-outlier': {
    label: 'share outlier',
    value: fact('share', 'Share'),
    facts: {
      measure: text('Measure', ['negative_tickets', 'sla_breaches']),
      account: { ...text('Account'), absent: 'the customer' },
      cases: fact('number', 'Cases'),
      hits: fact('number', 'Of them bad'),
      lower_bound: fact('share', 'At least'),
      portfolio_share: fact('share', 'Share of all accounts'),
      times: fact('number', 'Times the share of all accounts'),
      p_value: fact('number', 'p'),
      q_value: fact('number', 'False discovery rate'),
      sentence: text('In words'),
    },
  },
  'deal-slipped': {
    label: 'slipped deal',
    value: fact('number', 'Days slipped'),
    facts: {
      name: text('Deal'),
      account: { ...text('Account'), absent: 'the customer' },
      owner: text('Owner'),
      amount: fact('money', 'Amount'),
      currency: text('Currency'),
      stage: text('Stage'),
      close_date: fact('date', 'Close date'),
      previous_close_date: fact('date', 'Close date before'),
      days_slipped: fact('number', 'Days slipped'),
      is_overdue: fact('boolean', 'Overdue'),
    },
  },
  'agent-workload': {
    label: 'workload of an agent',
    value: fact('number', 'Work over the median of the team'),
    facts: {
      ...told,
      agent: { ...text('Agent'), absent: 'the agent' },
      team: { ...text('Team'), absent: 'the team' },
      state: text('State', ['overloaded', 'underutilised']),
      weighted_work: fact('number', 'Open work, weighted'),
      team_median: fact('number', 'Median of the team'),
      open_tickets: fact('number', 'Open tickets'),
      open_conversations: fact('number', 'Open conversations'),
      relief: { ...text('Has least to do'), absent: 'a colleague' },
      relief_work: fact('number', 'Open work of that colleague'),
    },
  },
  'agents-away': {
    label: 'team without an agent',
    value: fact('number', 'Minutes without an agent'),
    facts: {
      ...told,
      team: { ...text('Team'), absent: 'the team' },
      agents: fact('number', 'Agents of the team'),
      away_seconds: fact('seconds', 'Nobody there for'),
      last_agent: { ...text('Last one there'), absent: 'an agent' },
      last_status: text('Status since', ['away', 'offline', 'online', 'busy']),
      open_conversations: fact('number', 'Open conversations'),
    },
  },
  'session-down': {
    label: 'messaging session',
    value: fact('number', 'Minutes since last seen'),
    facts: {
      ...told,
      name: { ...text('Session'), absent: 'the session' },
      channel: text('Channel'),
      state: text('Connection', ['disconnected', 'reconnecting']),
      last_seen_at: fact('instant', 'Last seen'),
      down_seconds: fact('seconds', 'Not seen for'),
    },
  },
  'queue-pressure': {
    label: 'message queue',
    value: fact('number', 'Minutes to work it off'),
    facts: {
      ...told,
      name: { ...text('Queue'), absent: 'the queue' },
      channel: text('Channel'),
      depth: fact('number', 'Waiting'),
      rate_per_minute: fact('number', 'Processed a minute'),
      usual_rate_per_minute: fact('number', 'Usual rate'),
      drain_seconds: fact('seconds', 'Time to work it off'),
      sampled_at: fact('instant', 'Sampled'),
    },
  },
  'service-level': {
    label: 'service level',
    value: fact('number', 'Level'),
    facts: {
      ...told,
      level: text('Level', serviceLevels),
      label: text('What'),
      state: text('State', ['good', 'warning', 'critical']),
      measured: text('Measured'),
      warning_from: text('Warning from'),
      critical_from: text('Critical from'),
      cases: fact('number', 'Cases'),
      window_hours: fact('number', 'Hours looked at'),
    },
  },
  'trend-change': {
    label: 'trend',
    value: fact('number', 'Standard errors'),
    facts: {
      headline: text('Headline'),
      sentence: text('Sentence'),
      over: text('When over'),
      series: text('Count'),
      product: text('Product'),
      comparison: text('Compared', ['month_to_date', 'full_month']),
      direction: text('Direction', ['up', 'down']),
      meaning: text('Meaning', ['good', 'bad', 'neither']),
      change: fact('share', 'Change'),
      count: fact('number', 'Now'),
      expected: fact('number', 'Before, same days'),
      dispersion: fact('number', 'Unrest of the weeks before'),
      amount: fact('money', 'Amount now'),
      amount_before: fact('money', 'Amount before'),
      currency: text('Currency'),
    },
  },
  'faq-candidate': {
    label: 'repeated question',
    value: fact('number', 'Tickets'),
    facts: {
      headline: text('Headline'),
      sentence: text('Sentence'),
      question: text('Question'),
      topic: text('Topic'),
      tickets: fact('number', 'Tickets'),
      accounts: fact('number', 'Customers'),
      answered_share: fact('share', 'Answered and solved'),
      last_asked_at: fact('instant', 'Last asked'),
      answered_ticket: text('Newest answered ticket'),
    },
  },
  'escalation-pattern': {
    label: 'pattern of customer escalations',
    value: fact('number', 'Times the expected'),
    facts: {
      headline: text('Headline'),
      sentence: text('Sentence'),
      dimension: text('By', ['account', 'category', 'weekday']),
      group: text('Where'),
      account: { ...text('Account'), absent: 'the customer' },
      escalations: fact('number', 'Escalations'),
      expected: fact('number', 'Expected'),
      chance: fact('share', 'Chance of so many by accident'),
      days: fact('number', 'Days looked at'),
      next_step: text('Next step'),
      next_step_rule: text('Rule of the next step'),
    },
  },
  'deal-stale': {
    label: 'stale deal',
    value: fact('number', 'Days open'),
    facts: {
      ...neglectedDeal,
      age_days: fact('number', 'Days open'),
      stage_days: fact('number', 'Days in this stage'),
      stale_after_days: fact('number', 'Stale after days'),
    },
  },
  'deal-untouched': {
    label: 'untouched deal',
    value: fact('number', 'Days without a touch'),
    facts: {
      ...neglectedDeal,
      days_without_touch: fact('number', 'Days without a touch'),
      last_touch_at: { ...fact('instant', 'Last touch'), absent: 'never' },
      contacts_engaged: fact('number', 'People engaged'),
    },
  },
  'partner-certification': {
    label: 'partner certification',
    value: fact('number', 'Days left'),
    facts: {
      headline: text('Headline'),
      sentence: text('Sentence'),
      over: text('When over'),
      partner: text('Partner'),
      manager: text('Partner manager'),
      partner_type: text('Partner type'),
      tier: text('Tier'),
      certification: text('Certification'),
      expires_on: fact('date', 'Expires'),
      days_left: fact('number', 'Days left'),
      enablement: text('Enablement', ['not_started', 'in_progress', 'enabled', 'expired']),
      enablement_stale: fact('boolean', 'Enablement stale'),
      open_deals: fact('number', 'Open deals'),
    },
  },
  'analyser-step': {
    label: 'analyser step',
    value: fact('number', 'Failures in a row'),
    facts: {
      step: text('Step'),
      headline: text('Headline'),
      sentence: text('Sentence'),
      over: text('When over'),
      state: text('State', ['failing', 'late']),
      since: fact('instant', 'Since'),
      failures: fact('number', 'Failures in a row'),
      error: text('What went wrong'),
      data_as_of: { ...fact('instant', 'Data as of'), absent: 'never' },
    },
  },
};

/** Name under which conditions and texts speak of the finding's own number. */
export const valueField = 'value';

/** Definition of a fact (or of `value`), or undefined when the kind has no such fact. */
export function factOf(kind: FindingKind, field: string): FactDefinition | undefined {
  const definition = findingKinds[kind];
  if (field === valueField) return definition.value;
  if (Object.hasOwn(definition.facts, field)) return definition.facts[field];
  const { prefix } = definition;
  return prefix !== undefined && field.startsWith(prefix.starts) ? prefix.fact : undefined;
}

/** Every name a rule of this kind may use. */
export function factNames(kind: FindingKind): readonly string[] {
  return [valueField, ...Object.keys(findingKinds[kind].facts)];
}
