import type { AnyRecord, Entity, RecordBase } from './records.ts';

/**
 * What each field of each record holds. Importers check values against it, mappings are validated by it and the store
 * derives column names (snake case) and SQL types from it; migrations are compared with it by a test.
 */
export type FieldKind =
  | { readonly kind: 'text' }
  | { readonly kind: 'word'; readonly words: readonly string[] }
  /** 32-bit. */
  | { readonly kind: 'integer' }
  /** Up to 2^53 - 1. */
  | { readonly kind: 'count' }
  /** Two decimals, below 9 * 10^13 so that a double holds every cent. */
  | { readonly kind: 'money' }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /** `YYYY-MM-DD`. */
  | { readonly kind: 'date' }
  | { readonly kind: 'instant' }
  | { readonly kind: 'json' }
  | { readonly kind: 'reference'; readonly to: Entity };

export type FieldDefinition = FieldKind & { readonly required: boolean };

type FieldName<E extends Entity> = Exclude<
  keyof Extract<AnyRecord, { entity: E }>,
  keyof RecordBase | 'entity'
>;

const text = { kind: 'text', required: false } as const;
const integer = { kind: 'integer', required: false } as const;
const money = { kind: 'money', required: false } as const;
const number = { kind: 'number', required: false } as const;
const boolean = { kind: 'boolean', required: false } as const;
const date = { kind: 'date', required: false } as const;
const instant = { kind: 'instant', required: false } as const;
const json = { kind: 'json', required: false } as const;
const word = (...words: readonly string[]) => ({ kind: 'word', words, required: false }) as const;
const to = (entity: Entity) => ({ kind: 'reference', to: entity, required: false }) as const;
const required = <T extends FieldKind>(field: T) => ({ ...field, required: true }) as const;

const priority = word('urgent', 'high', 'normal', 'low');

/** Fields that every record may carry. */
export const commonFields = {
  createdAt: instant,
  updatedAt: instant,
  deletedAt: instant,
  raw: json,
} as const;

export const recordFields: { readonly [E in Entity]: Readonly<Record<FieldName<E>, FieldDefinition>> } = {
  team: { name: required(text), region: text, managerId: to('person'), channel: text },
  person: {
    name: required(text),
    email: text,
    role: word('agent', 'rep', 'supervisor', 'manager', 'executive', 'admin'),
    teamId: to('team'),
    managerId: to('person'),
    region: text,
    title: text,
    active: boolean,
    quota: money,
    currency: text,
    timeZone: text,
  },
  account: {
    name: required(text),
    domain: text,
    industry: text,
    region: text,
    segment: text,
    tier: text,
    ownerId: to('person'),
    lifecycleStage: text,
    arr: money,
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
    optedOut: boolean,
  },
  product: {
    sku: text,
    name: required(text),
    category: text,
    listPrice: money,
    unitCost: money,
    currency: text,
    active: boolean,
  },
  opportunity: {
    accountId: to('account'),
    ownerId: to('person'),
    productId: to('product'),
    name: required(text),
    stage: required(text),
    amount: money,
    currency: text,
    probability: number,
    forecastCategory: text,
    openedOn: date,
    closeDate: date,
    isClosed: boolean,
    isWon: boolean,
    type: text,
    leadSource: text,
    nextStep: text,
    dbRequirements: text,
  },
  opportunity_stage_event: {
    opportunityId: required(to('opportunity')),
    fromStage: text,
    toStage: required(text),
    amount: money,
    prevAmount: money,
    closeDate: date,
    prevCloseDate: date,
    at: required(instant),
  },
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
    openedAt: required(instant),
    firstRepliedAt: instant,
    solvedAt: instant,
    closedAt: instant,
    reopens: integer,
    replies: integer,
    sentimentScore: number,
    escalated: boolean,
    sourceSlaMet: boolean,
  },
  ticket_event: {
    ticketId: required(to('ticket')),
    actorId: to('person'),
    kind: required(
      word('created', 'status', 'priority', 'assignee', 'reply', 'comment', 'reopened', 'updated'),
    ),
    field: text,
    oldValue: text,
    newValue: text,
    public: boolean,
    at: required(instant),
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
    hotShard: json,
  },
  usage_daily: {
    accountId: required(to('account')),
    day: required(date),
    apiCalls: required({ kind: 'count' }),
    logins: required(integer),
    activeUsers: integer,
    seatsEntitled: integer,
    featuresUsed: integer,
    featuresAvailable: integer,
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
    kind: required(word('csat', 'nps', 'ces')),
    score: required(number),
    comment: text,
    respondedAt: required(instant),
  },
};

/** Fields of an entity by name, common fields included. */
export function fieldsOf(entity: Entity): Readonly<Record<string, FieldDefinition>> {
  return { ...recordFields[entity], ...commonFields };
}
