import {
  boolean,
  count,
  date,
  instant,
  integer,
  json,
  money,
  number,
  required,
  text,
  to,
  withFallback,
  word,
} from './field.ts';

/** Customers, the people there, and what tells how they are: usage, incidents, answers to surveys. */
export const customerFields = {
  account: {
    name: required(text),
    domain: text,
    industry: text,
    region: text,
    segment: text,
    tier: text,
    ownerId: to('person'),
    lifecycleStage: text,
    /** Annual recurring revenue in `currency`. */
    arr: money,
    /** The customer's own yearly revenue in `currency`. */
    revenue: money,
    employees: integer,
    currency: text,
    parentId: to('account'),
  },
  contact: {
    accountId: to('account'),
    name: required(text),
    email: text,
    phone: text,
    role: text,
    optedOut: withFallback(boolean, false),
    /** IANA name. */
    timeZone: text,
  },
  usage_daily: {
    accountId: required(to('account')),
    day: required(date),
    apiCalls: required(count),
    logins: required(integer),
    activeUsers: integer,
    seatsEntitled: integer,
    featuresUsed: integer,
    featuresAvailable: integer,
    /** Uses of each feature on that day. */
    featureCounts: json<Readonly<Record<string, number>>>(),
  },
  incident: {
    accountId: to('account'),
    severity: required(word('critical', 'high', 'medium', 'low')),
    status: required(word('open', 'resolved')),
    title: text,
    impact: text,
    startedAt: required(instant),
    resolvedAt: instant,
  },
  survey_response: {
    accountId: to('account'),
    contactId: to('contact'),
    ticketId: to('ticket'),
    conversationId: to('conversation'),
    /** csat 1-5, nps 0-10, ces 1-7. */
    kind: required(word('csat', 'nps', 'ces')),
    score: required(number),
    comment: text,
    respondedAt: required(instant),
  },
  /** What another system says about a customer's risk; Heed's own scores are findings, never mixed with these. */
  account_assessment: {
    accountId: required(to('account')),
    assessedAt: required(instant),
    /** 0-100. */
    healthScore: number,
    /** 0-1. */
    churnProbability: number,
    priority: word('critical', 'high', 'medium', 'low'),
    lifecycleStage: text,
    riskFactors: json<readonly string[]>(),
  },
  /** A task for somebody to keep a customer. */
  intervention: {
    accountId: required(to('account')),
    ownerId: to('person'),
    opportunityId: to('opportunity'),
    kind: required(text),
    title: text,
    priority: word('critical', 'high', 'medium', 'low'),
    status: required(word('open', 'in_progress', 'done', 'cancelled')),
    outcome: text,
    dueAt: instant,
    closedAt: instant,
  },
} as const;
