/**
 * Rows that are part of a customer and go with it, in the order in which they can be deleted: what depends on others
 * first. Each names the columns by which it belongs: to the account, or to a row that does.
 */
export const accountRows: readonly AccountRows[] = [
  rows('alert_event', { alert_id: 'alert' }),
  rows('alert', { account_id: 'account' }),
  rows('finding', { account_id: 'account' }),
  rows('insight', { account_id: 'account' }),
  rows('activity_event', { account_id: 'account' }),
  rows('account_stage', { account_id: 'account' }),
  rows('health_score', { account_id: 'account' }),
  rows('share_outlier', { account_id: 'account' }),
  rows('churn_score', { account_id: 'account' }),
  rows('churn_snapshot', { account_id: 'account' }),
  rows('churned_customer', { account_id: 'account' }),
  rows('customer_first_contact', { account_id: 'account' }),
  rows('account_value', { account_id: 'account' }),
  rows('deal_signal', { account_id: 'account', opportunity_id: 'opportunity' }),
  rows('partner_result', { account_id: 'account', opportunity_id: 'opportunity', partner_id: 'partner' }),
  rows('partner_health', { partner_id: 'partner' }),
  rows('text_score', { account_id: 'account', ticket_id: 'ticket' }),
  rows('faq_candidate', { ticket_id: 'ticket' }),
  rows('escalation_pattern', { account_id: 'account' }),
  rows('hot_shard', { id: 'customer_escalation' }),
  rows('cross_sell', { account_id: 'account' }),
  rows('sla_clock', { account_id: 'account', ticket_id: 'ticket' }),
  rows('ticket_time', { account_id: 'account', ticket_id: 'ticket' }),
  rows('ticket_event', { ticket_id: 'ticket' }),
  rows('ticket_metric', { ticket_id: 'ticket' }),
  rows('customer_escalation', { account_id: 'account', ticket_id: 'ticket' }),
  rows('survey_response', {
    account_id: 'account',
    contact_id: 'contact',
    ticket_id: 'ticket',
    conversation_id: 'conversation',
  }),
  rows('bot_event', { conversation_id: 'conversation' }),
  rows('message', { account_id: 'account', conversation_id: 'conversation' }),
  rows('conversation', { account_id: 'account', contact_id: 'contact' }),
  rows('ticket', { account_id: 'account', contact_id: 'contact' }),
  rows('campaign_member', { contact_id: 'contact', lead_id: 'lead' }),
  rows('activity', {
    account_id: 'account',
    contact_id: 'contact',
    opportunity_id: 'opportunity',
    partner_id: 'partner',
  }),
  rows('intervention', { account_id: 'account', opportunity_id: 'opportunity' }),
  rows('opportunity_stage_event', { opportunity_id: 'opportunity' }),
  rows('partner_deal', { opportunity_id: 'opportunity', partner_id: 'partner' }),
  rows('sales_transaction', { account_id: 'account', opportunity_id: 'opportunity' }),
  rows('mrr_movement', { account_id: 'account', subscription_id: 'subscription' }),
  rows('subscription', { account_id: 'account' }),
  rows('opportunity', { account_id: 'account' }),
  rows('usage_daily', { account_id: 'account' }),
  rows('simulation_original', { account_id: 'account' }),
  rows('simulation_step', { account_id: 'account' }),
  rows('incident', { account_id: 'account' }),
  rows('account_assessment', { account_id: 'account' }),
  rows('partner', { account_id: 'account' }),
  rows('lead', { account_id: 'account' }),
  rows('contact', { account_id: 'account' }),
];

export interface AccountRows {
  readonly table: string;
  readonly belongsBy: readonly { readonly column: string; readonly to: string }[];
}

function rows(table: string, belongsBy: Readonly<Record<string, string>>): AccountRows {
  return { table, belongsBy: Object.entries(belongsBy).map(([column, to]) => ({ column, to })) };
}
