import type { HotShard } from '../records.ts';
import { boolean, instant, integer, json, number, required, text, to, withFallback, word } from './field.ts';

const priority = word('urgent', 'high', 'normal', 'low');

/** Tickets, what happened to them, how long it took, and customer escalations (the CE files). */
export const supportFields = {
  ticket: {
    number: text,
    accountId: to('account'),
    contactId: to('contact'),
    productId: to('product'),
    assigneeId: to('person'),
    teamId: to('team'),
    subject: text,
    status: required(word('new', 'open', 'pending', 'hold', 'solved', 'closed')),
    priority,
    sourceStatus: text,
    sourcePriority: text,
    type: text,
    channel: text,
    category: text,
    tags: json<readonly string[]>(),
    openedAt: required(instant),
    firstRepliedAt: instant,
    solvedAt: instant,
    closedAt: instant,
    reopens: integer,
    replies: integer,
    /** -1 (negative) to 1 (positive). */
    sentimentScore: number,
    escalated: withFallback(boolean, false),
    /** What the source says about its own SLA; ours is in `sla_clock`. */
    sourceSlaMet: boolean,
  },
  ticket_event: {
    ticketId: required(to('ticket')),
    actorId: to('person'),
    /** `sla`: the source's own SLA clock, `field` its metric, `newValue` what happened (Zendesk: ticket_metric_event). */
    kind: required(
      word('created', 'status', 'priority', 'assignee', 'reply', 'comment', 'reopened', 'updated', 'sla'),
    ),
    field: text,
    oldValue: text,
    newValue: text,
    public: boolean,
    /** The words of a reply or comment. */
    body: text,
    at: required(instant),
  },
  /** Times of a ticket as its source measured them (Zendesk: ticket_metrics), in minutes of calendar and business time. */
  ticket_metric: {
    ticketId: required(to('ticket')),
    replyMinutes: number,
    replyBusinessMinutes: number,
    firstResolutionMinutes: number,
    firstResolutionBusinessMinutes: number,
    fullResolutionMinutes: number,
    fullResolutionBusinessMinutes: number,
    agentWaitMinutes: number,
    agentWaitBusinessMinutes: number,
    requesterWaitMinutes: number,
    requesterWaitBusinessMinutes: number,
    onHoldMinutes: number,
    onHoldBusinessMinutes: number,
    reopens: integer,
    replies: integer,
    measuredAt: instant,
  },
  customer_escalation: {
    ceNumber: required(text),
    accountId: to('account'),
    ticketId: to('ticket'),
    ownerId: to('person'),
    title: required(text),
    priority,
    sourcePriority: text,
    category: text,
    status: required(word('open', 'investigating', 'mitigated', 'monitoring', 'resolved', 'closed')),
    sourceStatus: text,
    issue: text,
    rootCause: text,
    technicalDetails: text,
    impact: text,
    actionPlan: text,
    sentiment: text,
    sentimentScore: number,
    openedAt: required(instant),
    resolvedAt: instant,
    hotShard: json<HotShard>(),
  },
} as const;
