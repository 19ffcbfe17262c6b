import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/toolkit/clock.ts';

export const zendeskAgent = { email: 'heed@quorumdata.example', apiToken: 'token-of-the-stand-in' } as const;

type Row = Readonly<Record<string, unknown>> & { readonly id: number };
export type ZendeskFault = 'rate-limit' | 'unavailable' | 'hang-up' | 'expired' | null;

/** Where each list of an account lives. */
const lists = [
  'organizations',
  'groups',
  'users',
  'tickets',
  'ticket_events',
  'ticket_metric_events',
  'satisfaction_ratings',
  'ticket_fields',
] as const;
type List = (typeof lists)[number];

export interface ZendeskServer {
  readonly url: string;
  readonly requests: string[];
  /** One for each request to come; then all is well. */
  faults: ZendeskFault[];
  /** Rows of a page. */
  pageRows: number;
  /** Lists that the account does not have. */
  readonly absent: Set<List>;
  /** Adds a row or a newer version of it; `at` is when it changed. */
  put(list: List, row: Row, at: Date): void;
  close(): Promise<void>;
}

interface Version {
  readonly row: Row;
  readonly at: number;
}

/**
 * Stand-in for a Zendesk account: incremental exports by cursor and by time, lists by cursor. It is strict about the
 * credentials, start times of the last minute, unknown paths, parameters and cursors, and repeats rows at the borders
 * of time-based pages as Zendesk does.
 */
export async function startZendeskServer(clock: Clock): Promise<ZendeskServer> {
  const rows = new Map<List, Map<number, Version>>(lists.map((list) => [list, new Map()]));
  const cursors = new Map<string, { readonly at: number; readonly id: number }>();
  const requests: string[] = [];
  const state = { faults: [] as ZendeskFault[], pageRows: 3, absent: new Set<List>() };
  const authorization = `Basic ${Buffer.from(`${zendeskAgent.email}/token:${zendeskAgent.apiToken}`).toString('base64')}`;

  const ordered = (list: List): Version[] =>
    [...(rows.get(list)?.values() ?? [])].sort((a, b) => a.at - b.at || a.row.id - b.row.id);

  function answer(url: URL): { status: number; body: unknown } {
    const incremental = /^\/api\/v2\/incremental\/(\w+)(\/cursor)?\.json$/.exec(url.pathname);
    const plain = /^\/api\/v2\/(\w+)\.json$/.exec(url.pathname);
    const list = (incremental?.[1] ?? plain?.[1]) as List | undefined;
    if (list === undefined || !rows.has(list) || state.absent.has(list))
      return { status: 404, body: { error: 'InvalidEndpoint', description: 'Not found' } };
    const start = url.searchParams.get('start_time');
    if (start !== null && Number(start) > clock.now().getTime() / 1000 - 60)
      return { status: 422, body: { error: 'StartTimeTooRecent', description: 'Too recent start_time' } };
    if (incremental?.[2] !== undefined) return byCursor(list, url);
    if (incremental) return byTime(list, Number(start));
    return page(list, url);
  }

  function byCursor(list: List, url: URL) {
    const given = url.searchParams.get('cursor');
    const from =
      given === null ? { at: Number(url.searchParams.get('start_time')), id: 0 } : cursors.get(given);
    if (from === undefined) return { status: 400, body: { error: 'InvalidPaginationParameter' } };
    const newer = ordered(list).filter(({ at, row }) => at > from.at || (at === from.at && row.id > from.id));
    const found = newer.slice(0, state.pageRows);
    const last = found.at(-1);
    const place = last === undefined ? from : { at: last.at, id: last.row.id };
    const after = Buffer.from(`${list}:${place.at}:${place.id}`).toString('base64');
    cursors.set(after, place);
    return {
      status: 200,
      body: {
        [list]: found.map(({ row }) => row),
        after_cursor: after,
        end_of_stream: newer.length <= state.pageRows,
      },
    };
  }

  function byTime(list: List, start: number) {
    const newer = ordered(list).filter(({ at }) => at >= start);
    // A page ends with a whole second, so that going on from `end_time` repeats that second and loses nothing.
    let count = Math.min(state.pageRows, newer.length);
    while (count < newer.length && newer[count]?.at === newer[count - 1]?.at) count += 1;
    const found = newer.slice(0, count);
    const end = found.at(-1)?.at ?? start;
    return {
      status: 200,
      body: {
        [list]: found.map(({ row }) => row),
        end_time: end,
        count: found.length,
        next_page: `https://elsewhere.example/api/v2/incremental/${list}.json?start_time=${end}`,
        end_of_stream: count === newer.length,
      },
    };
  }

  function page(list: List, url: URL) {
    if (!url.searchParams.has('page[size]'))
      return { status: 400, body: { error: 'InvalidPaginationParameter' } };
    const since = Number(url.searchParams.get('start_time') ?? 0);
    const from = Number(url.searchParams.get('page[after]') ?? 0);
    const roles = url.searchParams.getAll('role[]');
    const all = ordered(list).filter(
      ({ at, row }) => at >= since && (roles.length === 0 || roles.includes(String(row['role']))),
    );
    const found = all.slice(from, from + state.pageRows);
    const next = from + found.length;
    return {
      status: 200,
      body: {
        [list]: found.map(({ row }) => row),
        meta: { has_more: next < all.length, after_cursor: String(next) },
        links: { next: null },
      },
    };
  }

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in');
    requests.push(`${url.pathname}${url.search}`);
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    };
    if (request.headers.authorization !== authorization) {
      send(401, { error: "Couldn't authenticate you" });
      return;
    }
    switch (state.faults.shift() ?? null) {
      case 'rate-limit':
        send(429, { error: 'TooManyRequests' }, { 'retry-after': '17' });
        return;
      case 'unavailable':
        send(503, { error: 'unavailable' });
        return;
      case 'hang-up':
        request.socket.destroy();
        return;
      case 'expired':
        cursors.clear();
        break;
      case null:
        break;
    }
    const { status, body } = answer(url);
    send(status, body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(state, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    put(list: List, row: Row, at: Date) {
      rows.get(list)?.set(row.id, { row, at: Math.floor(at.getTime() / 1000) });
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
