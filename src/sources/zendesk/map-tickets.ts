import type { AnyRecord, RecordOf } from '../../domain/records.ts';
import type { JsonObject } from './client.ts';
import { baseOf, type Mapped, refTo, zendeskId, zendeskSource } from './map-people.ts';
import { instantOf, keyOf, listOf, numberOf, objectOf, textOf, wordOf } from './values.ts';

const statuses = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
const priorities = ['urgent', 'high', 'normal', 'low'] as const;

/** What rows are read with beside themselves. */
export interface Lookups {
  /** Titles of the account's own ticket fields, lower case, by field id. */
  readonly titles: ReadonlyMap<string, string>;
  /** Ids of agents and administrators; everybody else is a customer. */
  readonly agents: ReadonlySet<string>;
}

/** Titles under which accounts keep what a ticket is about. */
const categoryTitles: ReadonlySet<string> = new Set([
  'category',
  'topic',
  'issue type',
  'problem type',
  'area',
]);

/** A ticket with its times; Zendesk puts deleted ones into the export with the status `deleted`. */
export function mapTicket(row: JsonObject, { titles, agents }: Lookups): Mapped {
  const key = keyOf(row['id']);
  const openedAt = instantOf(row['created_at']);
  if (key === null) return { problem: 'has no id' };
  if (openedAt === null) return { problem: 'has no created_at' };
  const isDeleted = row['status'] === 'deleted';
  const status = isDeleted ? 'closed' : wordOf(row['status'], statuses);
  if (status === null)
    return { problem: `has the status "${String(row['status'])}", which is none of Zendesk's` };
  const base = baseOf('ticket', key, row);
  const times = objectOf(row['metric_set']);
  const replyMinutes = numberOf(objectOf(times['reply_time_in_minutes'])['calendar']);
  const record: RecordOf<'ticket'> = {
    ...base,
    number: key,
    subject: textOf(row['subject']) ?? textOf(row['raw_subject']),
    accountId: refTo('account', row['organization_id']),
    // An agent who asks is no contact.
    contactId: agents.has(keyOf(row['requester_id']) ?? '') ? null : refTo('contact', row['requester_id']),
    assigneeId: refTo('person', row['assignee_id']),
    teamId: refTo('team', row['group_id']),
    status,
    priority: wordOf(row['priority'], priorities),
    sourceStatus: textOf(row['status']),
    sourcePriority: textOf(row['priority']),
    type: textOf(row['type']),
    channel: textOf(objectOf(row['via'])['channel']),
    category: categoryOf(row, titles),
    tags: Array.isArray(row['tags']) ? row['tags'].filter((tag) => typeof tag === 'string') : [],
    openedAt,
    closedAt: row['status'] === 'closed' ? base.updatedAt : null,
    ...(Object.keys(times).length === 0
      ? {}
      : {
          firstRepliedAt: replyMinutes === null ? null : new Date(openedAt.getTime() + replyMinutes * 60_000),
          solvedAt: instantOf(times['solved_at']),
          reopens: numberOf(times['reopens']),
          replies: numberOf(times['replies']),
        }),
    deletedAt: isDeleted ? base.updatedAt : null,
  };
  const records: AnyRecord[] = [record];
  const metric = metricOf(key, times);
  if (metric !== null) records.push(metric);
  return { records };
}

function categoryOf(row: JsonObject, titles: Lookups['titles']): string | null {
  for (const field of listOf(row['custom_fields'])) {
    const title = titles.get(keyOf(field['id']) ?? '');
    const value = textOf(field['value']);
    // Drop-down values are tags: words joined by underscores.
    if (title !== undefined && categoryTitles.has(title) && value !== null) return value.replaceAll('_', ' ');
  }
  return null;
}

function metricOf(ticket: string, times: JsonObject): RecordOf<'ticket_metric'> | null {
  if (Object.keys(times).length === 0) return null;
  const minutes = (name: string, kind: 'calendar' | 'business'): number | null =>
    numberOf(objectOf(times[`${name}_in_minutes`])[kind]);
  return {
    entity: 'ticket_metric',
    id: zendeskId('ticket_metric', ticket),
    source: zendeskSource,
    sourceId: ticket,
    updatedAt: instantOf(times['updated_at']),
    ticketId: zendeskId('ticket', ticket),
    replyMinutes: minutes('reply_time', 'calendar'),
    replyBusinessMinutes: minutes('reply_time', 'business'),
    firstResolutionMinutes: minutes('first_resolution_time', 'calendar'),
    firstResolutionBusinessMinutes: minutes('first_resolution_time', 'business'),
    fullResolutionMinutes: minutes('full_resolution_time', 'calendar'),
    fullResolutionBusinessMinutes: minutes('full_resolution_time', 'business'),
    agentWaitMinutes: minutes('agent_wait_time', 'calendar'),
    agentWaitBusinessMinutes: minutes('agent_wait_time', 'business'),
    requesterWaitMinutes: minutes('requester_wait_time', 'calendar'),
    requesterWaitBusinessMinutes: minutes('requester_wait_time', 'business'),
    onHoldMinutes: minutes('on_hold_time', 'calendar'),
    onHoldBusinessMinutes: minutes('on_hold_time', 'business'),
    reopens: numberOf(times['reopens']),
    replies: numberOf(times['replies']),
    measuredAt: instantOf(times['updated_at']),
  };
}

/** Fields of a change that are worth an event of their own. */
const watched = { status: 'status', priority: 'priority', assignee_id: 'assignee' } as const;

/**
 * One update of a ticket: its changes and comments, each an event. A reply is a public comment of an agent after the
 * opening: the customer's own words, and what an agent writes while opening a ticket for somebody, answer nothing.
 */
export function mapTicketEvent(row: JsonObject, { agents }: Lookups): Mapped {
  const ticket = keyOf(row['ticket_id']);
  const at = instantOf(row['timestamp']) ?? instantOf(row['created_at']);
  if (ticket === null || at === null) return { problem: 'has no ticket_id or no timestamp' };
  const children = listOf(row['child_events']);
  const isOpening = children.some((child) => child['event_type'] === 'Create');
  const records = children.flatMap((child) => {
    const key = keyOf(child['id']);
    if (key === null) return [];
    const author = keyOf(child['author_id'] ?? row['updater_id']);
    const isAgent = author !== null && agents.has(author);
    const event = childEvent(child, isAgent && !isOpening);
    if (event === null) return [];
    const record: RecordOf<'ticket_event'> = {
      entity: 'ticket_event',
      id: zendeskId('ticket_event', key),
      source: zendeskSource,
      sourceId: key,
      ticketId: zendeskId('ticket', ticket),
      actorId: isAgent ? refTo('person', author) : null,
      at,
      ...event,
    };
    return [record];
  });
  return { records };
}

type EventPart = Omit<
  RecordOf<'ticket_event'>,
  'entity' | 'id' | 'source' | 'sourceId' | 'ticketId' | 'actorId' | 'at'
>;

function childEvent(child: JsonObject, mayReply: boolean): EventPart | null {
  const type = child['event_type'];
  if (type === 'Comment') {
    const isPublic = child['public'] !== false && child['comment_public'] !== false;
    const body = textOf(child['body']) ?? textOf(child['plain_body']);
    return { kind: isPublic && mayReply ? 'reply' : 'comment', public: isPublic, body };
  }
  if (type === 'Create' && 'status' in child) return { kind: 'created', newValue: textOf(child['status']) };
  if (type !== 'Change') return null;
  for (const [field, kind] of Object.entries(watched)) {
    if (!(field in child)) continue;
    const oldValue = keyOf(child['previous_value']);
    const newValue = keyOf(child[field]);
    const isReopened = field === 'status' && oldValue === 'solved' && newValue !== 'closed';
    return { kind: isReopened ? 'reopened' : kind, field, oldValue, newValue };
  }
  return null;
}

/** What Zendesk's own SLA clocks did. */
export function mapMetricEvent(row: JsonObject): Mapped {
  const key = keyOf(row['id']);
  const ticket = keyOf(row['ticket_id']);
  const at = instantOf(row['time']);
  if (key === null || ticket === null || at === null) return { problem: 'has no id, ticket_id or time' };
  const record: RecordOf<'ticket_event'> = {
    entity: 'ticket_event',
    // Ids of metric events and of changes are numbers of two series.
    id: zendeskId('ticket_event', `metric-${key}`),
    source: zendeskSource,
    sourceId: `metric-${key}`,
    ticketId: zendeskId('ticket', ticket),
    kind: 'sla',
    field: textOf(row['metric']),
    newValue: textOf(row['type']),
    at,
  };
  return { records: [record] };
}

/** Good is 5 of 5 and bad 1: Zendesk asks for nothing in between. Ratings that were only offered are no answers. */
export function mapRating(row: JsonObject): Mapped {
  const key = keyOf(row['id']);
  const respondedAt = instantOf(row['updated_at']) ?? instantOf(row['created_at']);
  if (key === null || respondedAt === null) return { problem: 'has no id or no time' };
  const word = textOf(row['score']) ?? '';
  const score = word.startsWith('good') ? 5 : word.startsWith('bad') ? 1 : null;
  if (score === null) return { records: [] };
  const record: RecordOf<'survey_response'> = {
    ...baseOf('survey_response', key, row),
    kind: 'csat',
    score,
    ticketId: refTo('ticket', row['ticket_id']),
    contactId: refTo('contact', row['requester_id']),
    comment: textOf(row['comment']),
    respondedAt,
    raw: { score: word, ...(textOf(row['reason']) === null ? {} : { reason: row['reason'] }) },
  };
  return { records: [record] };
}
