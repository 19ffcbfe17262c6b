import type { ChartSpec } from './chart-data.ts';

/**
 * A statement of the analyser about one subject, complete enough to be judged by an alert rule, shown in a message
 * and checked by a person: the value, the facts behind it, the rows it rests on and the picture.
 */
export interface Finding {
  readonly kind: FindingKind;
  readonly subject: FindingSubject;
  /** Whom it concerns; decides routing and mentions. */
  readonly accountId: string | null;
  readonly ownerId: string | null;
  readonly teamId: string | null;
  /** The number that rules compare; its meaning and unit are fixed per kind (see `FindingKind`). */
  readonly value: number;
  readonly observedAt: Date;
  /** Named facts; rules may also compare these. Instants are ISO strings, durations are in seconds and end in `_seconds`. */
  readonly facts: Readonly<Record<string, FactValue>>;
  /** The rows behind it, at most 20, ready to be shown as a table. */
  readonly evidence: FindingEvidence;
  readonly chart: ChartSpec | null;
}

export type FactValue = string | number | boolean | null;

export interface FindingSubject {
  readonly kind:
    | 'ticket'
    | 'account'
    | 'opportunity'
    | 'customer_escalation'
    | 'series'
    | 'product'
    | 'partner'
    | 'person'
    | 'team'
    | 'messaging_session'
    | 'analyser_step';
  /** Id of the record, or the series' name; with the kind it names the finding. */
  readonly id: string;
  /** What people call it, for example `#1042 Cluster unreachable` or `Acme Corp`. */
  readonly label: string;
}

export interface FindingEvidence {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * - `sla-clock`: subject ticket (id `<ticket id>/<metric>`, for next_response and update with `/<cycle>`); value = share
 *   of the target used (1 = due).
 *   facts: metric, cycle, state (running, paused, breached), priority, policy, target_seconds, used_seconds,
 *   remaining_seconds (negative when breached), due_at, number, subject, account, assignee, category
 * - `customer-escalation`: subject customer_escalation; value = rank of priority (urgent 4, high 3, normal 2, low 1).
 *   facts: ce_number, account, priority, category, status, age_seconds, sentiment, impact, root_cause, next_step,
 *   next_step_rule
 * - `account-health`: subject account; value = score 0-100.
 *   facts: profile, band, previous_score, change_7d, coverage, account, arr, currency, top_driver, component_<name>
 * - `churn-risk`: subject account; value = probability of leaving within the horizon, 0-1 (the risk index while
 *   uncalibrated). Only customers whose priority is above low.
 *   facts: probability, risk_index, risk_band, priority, state, health, change_30d, top_driver, second_driver,
 *   third_driver, support_risk, tenure_months, account, arr, currency, lifecycle_stage
 * - `volume-anomaly`: subject series; value = robust z-score (signed).
 *   facts: series, metric, segment, bucket_start, grain, observed, observed_text, expected, lower, upper, direction,
 *   band (the expected interval in words), pattern (single, or sustained: the last hours together), standing_out
 * - `metric-anomaly`: the same of any other series that is watched; observed, expected, lower and upper are in the
 *   unit of the series (a share is 0-1, a time is in seconds)
 * - `share-outlier`: subject account (id `<account id>/<measure>`); value = share of the cases that are bad, 0-1.
 *   facts: measure (negative_tickets, sla_breaches), account, cases, hits, lower_bound, portfolio_share, times (how many
 *   portfolio shares), p_value, q_value, sentence
 * - `deal-slipped`: subject opportunity; value = days past the close date (or days it was moved).
 *   facts: name, account, owner, amount, currency, stage, close_date, previous_close_date, days_slipped, is_overdue
 * - `agent-workload`: subject person; value = open weighted work over the median of the team, of agents that are
 *   overloaded or underutilised. This kind and the four below also carry headline, sentence and over.
 *   facts: agent, team, state, weighted_work, team_median, open_tickets, open_conversations, relief, relief_work
 * - `agents-away`: subject team; value = minutes since the last agent left, in business hours.
 *   facts: team, agents, away_seconds, last_agent, last_status, open_conversations
 * - `session-down`: subject messaging_session; value = minutes since it was last seen.
 *   facts: name, channel, state (disconnected, reconnecting), last_seen_at, down_seconds
 * - `queue-pressure`: subject messaging_session (or channel); value = minutes the queue needs at the present rate, at
 *   most 1440.
 *   facts: name, channel, depth, rate_per_minute, usual_rate_per_minute, drain_seconds, sampled_at
 * - `service-level`: subject series; value = the level itself, a share or seconds; one for each level with enough cases.
 *   facts: level, label, state (good, warning, critical), measured, warning_from, critical_from, cases, window_hours
 * - `trend-change`: subject series or product; value = standard errors from no change (signed).
 *   facts: headline, sentence, over, series, product, comparison (month_to_date, full_month), direction, meaning (good,
 *   bad, neither), change (share), count, expected, dispersion, amount, amount_before, currency
 * - `deal-stale`: subject opportunity; value = days since it was opened.
 *   facts: headline, sentence, over, name, account, owner, amount, currency, stage, close_date, age_days, stage_days,
 *   stale_after_days
 * - `deal-untouched`: subject opportunity; value = days since the last call, e-mail, meeting or message.
 *   facts: headline, sentence, over, name, account, owner, amount, currency, stage, close_date, days_without_touch,
 *   last_touch_at, contacts_engaged
 * - `partner-certification`: subject partner; value = days until it expires, negative when it has.
 *   facts: headline, sentence, over, partner, manager, partner_type, tier, certification, expires_on, days_left,
 *   enablement, enablement_stale, open_deals
 * - `analyser-step`: subject analyser_step; value = failures in a row, or for a late analyser its age over the limit.
 *   facts: headline, sentence, over, step, state (failing, late), since, failures, error, data_as_of
 * - `faq-candidate`: subject series (id `question/<uuid>`); value = tickets that ask it.
 *   facts: headline, sentence, question, topic, tickets, accounts, answered_share, last_asked_at, answered_ticket
 * - `escalation-pattern`: subject series (id `escalations by <dimension>/<group>`); value = escalations over what was
 *   to be expected. facts: headline, sentence, dimension, group, account, escalations, expected, chance, days,
 *   next_step, next_step_rule
 */
export type FindingKind =
  | 'faq-candidate'
  | 'escalation-pattern'
  | 'analyser-step'
  | 'deal-stale'
  | 'deal-untouched'
  | 'partner-certification'
  | 'sla-clock'
  | 'customer-escalation'
  | 'account-health'
  | 'churn-risk'
  | 'volume-anomaly'
  | 'metric-anomaly'
  | 'share-outlier'
  | 'deal-slipped'
  | 'agent-workload'
  | 'agents-away'
  | 'session-down'
  | 'queue-pressure'
  | 'service-level'
  | 'trend-change';
