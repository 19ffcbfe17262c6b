/**
 * Reads a Zendesk account. In: settings, and where each stream was left. Out: pages of records with the place to go on
 * from. It only reads, keeps to the rates that Zendesk allows, and asks no other host than the one it was given.
 */
import { systemClock } from '../../toolkit/clock.ts';
import type { Connector, ConnectorPage, ConnectorRead, Cursor, ZendeskSettings } from '../connector.ts';
import { rejected, type SourceEvent } from '../source-event.ts';
import { type Call, type JsonObject, ZendeskClient, type ZendeskOptions } from './client.ts';
import { type Mapped, mapGroup, mapOrganization, mapUser, zendeskSource } from './map-people.ts';
import { type Lookups, mapMetricEvent, mapRating, mapTicket, mapTicketEvent } from './map-tickets.ts';
import { keyOf, listOf, numberOf, objectOf, textOf } from './values.ts';

interface Stream {
  readonly name: string;
  /** Name of the list in the answer. */
  readonly list: string;
  /**
   * `cursor`: incremental export by cursor; `time`: incremental export by time, which repeats rows at its borders;
   * `list`: everything, page by page; `since`: everything since a time, page by page.
   */
  readonly way: 'cursor' | 'time' | 'list' | 'since';
  readonly path: string;
  /** Further parameters. */
  readonly query?: string;
  readonly map: (row: JsonObject, lookups: Lookups) => Mapped;
}

const streams: readonly Stream[] = [
  {
    name: 'organizations',
    list: 'organizations',
    way: 'time',
    path: '/api/v2/incremental/organizations.json',
    map: mapOrganization,
  },
  { name: 'groups', list: 'groups', way: 'list', path: '/api/v2/groups.json', map: mapGroup },
  {
    name: 'users',
    list: 'users',
    way: 'cursor',
    path: '/api/v2/incremental/users/cursor.json',
    map: mapUser,
  },
  {
    name: 'tickets',
    list: 'tickets',
    way: 'cursor',
    path: '/api/v2/incremental/tickets/cursor.json',
    query: 'include=metric_sets',
    map: mapTicket,
  },
  {
    name: 'ticket_events',
    list: 'ticket_events',
    way: 'time',
    path: '/api/v2/incremental/ticket_events.json',
    query: 'include=comment_events',
    map: mapTicketEvent,
  },
  {
    name: 'ticket_metric_events',
    list: 'ticket_metric_events',
    way: 'time',
    path: '/api/v2/incremental/ticket_metric_events.json',
    map: mapMetricEvent,
  },
  {
    name: 'satisfaction_ratings',
    list: 'satisfaction_ratings',
    way: 'since',
    path: '/api/v2/satisfaction_ratings.json',
    map: mapRating,
  },
];

/** Zendesk refuses a start time of the last minute. */
const SETTLE_SECONDS = 61;
const PAGE_SIZE = 100;
const RATING_OVERLAP_SECONDS = 30 * 86_400;

/** Where a stream goes on: from a time, and within a page-by-page read after a cursor. */
interface Place {
  /** Unix seconds; what was changed before it is stored. */
  readonly since: number;
  readonly after: string | null;
  /** Seconds at which the read that is going on began; the next one begins there. */
  readonly begun: number | null;
}

const placeOf = (cursor: Cursor): Place => {
  const given = objectOf(cursor);
  return {
    since: numberOf(given['since']) ?? 0,
    after: textOf(given['after']),
    begun: numberOf(given['begun']),
  };
};

export function createZendeskConnector(settings: ZendeskSettings, options: ZendeskOptions = {}): Connector {
  const clock = options.clock ?? systemClock;
  const client = new ZendeskClient(settings, clock, options);
  const nowSeconds = (): number => Math.floor(clock.now().getTime() / 1000);
  return {
    source: zendeskSource,
    streams: streams.map(({ name }) => name),
    async *read(request) {
      const stream = streams.find(({ name }) => name === request.stream);
      if (stream === undefined) throw new Error(`Zendesk has no stream ${request.stream}`);
      const lookups = await readLookups(client, stream, request);
      let place = placeOf(request.cursor);
      for (;;) {
        request.signal.throwIfAborted();
        const next = await readPage(client, stream, place, request, nowSeconds(), lookups);
        if (next.kind === 'expired') {
          request.onEvent({ kind: 'cursor-expired', stream: stream.name });
          place = { since: place.since, after: null, begun: null };
          continue;
        }
        yield next.page;
        if (next.page.isLast) return;
        place = placeOf(next.page.cursor);
      }
    },
  };
}

type NextPage = { readonly kind: 'page'; readonly page: ConnectorPage } | { readonly kind: 'expired' };

async function readPage(
  client: ZendeskClient,
  stream: Stream,
  place: Place,
  request: ConnectorRead,
  now: number,
  lookups: Lookups,
): Promise<NextPage> {
  const latest = now - SETTLE_SECONDS;
  const isFresh = place.after === null && stream.way !== 'list' && place.since > latest;
  // Nothing can be asked for yet.
  if (isFresh) return { kind: 'page', page: { events: [], cursor: { ...place }, isLast: true } };
  const answer = await client.get(callOf(stream, place, request));
  if (answer.kind === 'absent') {
    const message = `${stream.name} is not there in this account; the stream was left out`;
    const note = {
      kind: 'note',
      note: { code: 'stream-absent', file: stream.name, message, count: 1 },
    } as const;
    return { kind: 'page', page: { events: [note], cursor: { ...place }, isLast: true } };
  }
  if (answer.kind === 'refused') {
    if (place.after !== null) return { kind: 'expired' };
    // Their clock is behind ours: nothing can be asked for yet.
    if (/recent/i.test(answer.detail))
      return { kind: 'page', page: { events: [], cursor: { ...place }, isLast: true } };
    throw new Error(`Zendesk refused to export ${stream.name}: ${answer.detail}`);
  }
  const rows = answer.body[stream.list];
  if (!Array.isArray(rows)) throw new Error(`Zendesk's answer has no list of ${stream.name}`);
  const events = rows.map((row: unknown) => eventOf(stream, row, lookups));
  return { kind: 'page', page: { events, ...after(stream, place, answer.body, now) } };
}

/** Where the next page begins, and whether there is one. */
function after(
  stream: Stream,
  place: Place,
  body: JsonObject,
  now: number,
): Pick<ConnectorPage, 'cursor' | 'isLast'> {
  const begun = place.begun ?? now - SETTLE_SECONDS;
  switch (stream.way) {
    case 'cursor': {
      const isLast = body['end_of_stream'] !== false;
      const cursor = textOf(body['after_cursor']) ?? place.after;
      // The cursor is kept at the end, too: the next sync asks for what came after it. `since` is for when it expires.
      return {
        cursor: { since: isLast ? begun : place.since, after: cursor, begun: isLast ? null : begun },
        isLast,
      };
    }
    case 'time': {
      const end = numberOf(body['end_time']) ?? place.since;
      const isLast = body['end_of_stream'] !== false;
      // A page that ends in the second in which it began would be read for ever.
      const since = !isLast && end <= place.since ? place.since + 1 : end;
      return { cursor: { since, after: null, begun: null }, isLast };
    }
    case 'list':
    case 'since': {
      const meta = objectOf(body['meta']);
      const next = meta['has_more'] === true ? textOf(meta['after_cursor']) : null;
      if (next !== null) return { cursor: { since: place.since, after: next, begun }, isLast: false };
      // A rating may be changed long after it was given, and is listed by when it was given.
      const since = Math.max(begun - RATING_OVERLAP_SECONDS, 0);
      return { cursor: { since, after: null, begun: null }, isLast: true };
    }
  }
}

function callOf(stream: Stream, place: Place, { signal, onEvent }: ConnectorRead): Call {
  const query = new URLSearchParams(stream.query);
  switch (stream.way) {
    case 'cursor':
      if (place.after === null) query.set('start_time', String(place.since));
      else query.set('cursor', place.after);
      break;
    case 'time':
      query.set('start_time', String(place.since));
      break;
    case 'since':
      query.set('start_time', String(place.since));
      query.set('page[size]', String(PAGE_SIZE));
      if (place.after !== null) query.set('page[after]', place.after);
      break;
    case 'list':
      query.set('page[size]', String(PAGE_SIZE));
      if (place.after !== null) query.set('page[after]', place.after);
      break;
  }
  const isIncremental = stream.way === 'cursor' || stream.way === 'time';
  return { path: `${stream.path}?${query.toString()}`, isIncremental, signal, onEvent };
}

function eventOf(stream: Stream, given: unknown, lookups: Lookups): SourceEvent {
  const row = objectOf(given);
  const file = `${stream.name}/${keyOf(row['id']) ?? '?'}`;
  const mapped = stream.map(row, lookups);
  if ('problem' in mapped) return rejected(file, null, mapped.problem, null, JSON.stringify(row));
  return { kind: 'accepted', file: stream.name, line: null, records: mapped.records };
}

/** What the rows of a stream cannot be read without. */
async function readLookups(
  client: ZendeskClient,
  { name }: Stream,
  request: ConnectorRead,
): Promise<Lookups> {
  const needsAgents = name === 'tickets' || name === 'ticket_events';
  const fields = name === 'tickets' ? await readAll(client, 'ticket_fields', '', request) : [];
  const agents = needsAgents ? await readAll(client, 'users', 'role[]=agent&role[]=admin&', request) : [];
  // Custom fields carry only their ids; their titles tell which one is the category.
  const titles = fields.flatMap((field): (readonly [string, string])[] => {
    const key = keyOf(field['id']);
    const title = textOf(field['title']);
    return key === null || title === null ? [] : [[key, title.toLowerCase()]];
  });
  return { titles: new Map(titles), agents: new Set(agents.map(({ id }) => keyOf(id) ?? '')) };
}

async function readAll(
  client: ZendeskClient,
  list: string,
  query: string,
  { signal, onEvent }: ConnectorRead,
): Promise<readonly JsonObject[]> {
  const rows: JsonObject[] = [];
  let after: string | null = null;
  do {
    const place: string = after === null ? '' : `&page[after]=${encodeURIComponent(after)}`;
    const path = `/api/v2/${list}.json?${query}page[size]=${PAGE_SIZE}${place}`;
    const answer = await client.get({ path, isIncremental: false, signal, onEvent });
    if (answer.kind !== 'body') throw new Error(`Zendesk refused to list ${list}`);
    rows.push(...listOf(answer.body[list]));
    const meta = objectOf(answer.body['meta']);
    after = meta['has_more'] === true ? textOf(meta['after_cursor']) : null;
  } while (after !== null);
  return rows;
}
