import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../src/toolkit/clock.ts';
import { FakeOrg, type QueryResult, type Value } from './salesforce/org.ts';
import { SoqlError } from './salesforce/soql.ts';

/** What happens to the next request instead of an answer. */
export type Fault =
  | 'rate-limit'
  | 'unavailable'
  | 'concurrent'
  | 'no-calls'
  | 'session'
  | 'locators'
  | 'jobs'
  | 'reset'
  | 'cut'
  | 'hang'
  | 'redirect'
  | 'html'
  | null;

interface Job {
  state: 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed';
  pollsLeft: number;
  readonly result: QueryResult;
  readonly lines: readonly string[];
  readonly header: string;
}

export interface SalesforceServer {
  readonly url: string;
  readonly org: FakeOrg;
  readonly requests: readonly { readonly method: string; readonly path: string }[];
  /** One for each request to come, logins left out; then all is well. */
  faults: Fault[];
  /** API calls of the org in 24 hours: those of others and those that it may have. */
  calls: { others: number; limit: number };
  /** Tokens that were given out or are known. */
  acceptToken(token: string): void;
  jobOutcome: 'JobComplete' | 'Failed';
  /** `null`: logins are fine; else the OAuth error. */
  loginError: { readonly status: number; readonly error: string; readonly description: string } | null;
  /** Objects that the bulk API does not take. */
  readonly notInBulk: Set<string>;
  /** Objects that the run-as user may not see. */
  readonly hidden: Set<string>;
  /** Called before a query's page is sent, so that data can change meanwhile. */
  onPage: () => void;
  close(): Promise<void>;
}

const clientId = '3MVG9.quorum.client';
const clientSecret = 'not-a-real-secret';
export const fakeCredentials = { kind: 'client-credentials', clientId, clientSecret } as const;

const root = '/services/data/v62.0';

/**
 * Stand-in for a Salesforce org: token endpoint, describe, queryAll with locators, Bulk API 2.0 query jobs. It is strict:
 * unknown paths, methods, fields, parameters, wrong headers and tokens are refused as Salesforce does.
 */
export async function startSalesforceServer(clock: Clock): Promise<SalesforceServer> {
  const org = new FakeOrg(clock);
  const tokens = new Set<string>();
  const locators = new Map<string, { readonly result: QueryResult; readonly size: number }>();
  const jobs = new Map<string, Job>();
  const requests: { method: string; path: string }[] = [];
  let serial = 0;
  const fake: Omit<SalesforceServer, 'url' | 'close'> = {
    org,
    requests,
    faults: [],
    calls: { others: 0, limit: 100_000 },
    acceptToken: (token) => tokens.add(token),
    jobOutcome: 'JobComplete',
    loginError: null,
    notInBulk: new Set(),
    hidden: new Set(),
    onPage: () => undefined,
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      response.sendDate = false;
      response.setHeader('date', clock.now().toUTCString());
      const body = Buffer.concat(chunks).toString('utf8');
      const url = new URL(request.url ?? '/', 'http://org');
      requests.push({ method: request.method ?? '', path: `${url.pathname}${url.search}` });
      const reply = answer(request, response, url, body);
      if (reply !== null) response.writeHead(reply.status, reply.headers).end(reply.body);
    });
  });

  function answer(request: IncomingMessage, response: ServerResponse, url: URL, body: string): Reply | null {
    try {
      if (url.pathname === '/services/oauth2/token') return login(request, body);
      const instead = fault(response, fake.faults.shift() ?? null);
      if (instead !== 'none') return instead;
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!tokens.has(token)) return refuse(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      const used = fake.calls.others + requests.length;
      response.setHeader('sforce-limit-info', `api-usage=${used}/${fake.calls.limit}`);
      if (used > fake.calls.limit) return noCalls();
      return route(request, url, body);
    } catch (error) {
      if (!(error instanceof SoqlError)) throw error;
      return refuse(400, error.code, error.message);
    }
  }

  function login(request: IncomingMessage, body: string): Reply {
    const sent = new URLSearchParams(body);
    const oauth = (status: number, error: string, description: string): Reply =>
      json(status, { error, error_description: description });
    if (fake.loginError !== null) {
      const { status, error, description } = fake.loginError;
      return oauth(status, error, description);
    }
    const isForm = request.headers['content-type'] === 'application/x-www-form-urlencoded';
    if (request.method !== 'POST' || !isForm) return oauth(400, 'invalid_request', 'must use HTTP POST');
    if (sent.get('grant_type') !== 'client_credentials') {
      return oauth(400, 'unsupported_grant_type', 'grant type not supported');
    }
    if (sent.get('client_id') !== clientId)
      return oauth(400, 'invalid_client_id', 'client identifier invalid');
    if (sent.get('client_secret') !== clientSecret)
      return oauth(400, 'invalid_client', 'invalid client credentials');
    serial += 1;
    const token = `00DHs000000Token!${serial}`;
    tokens.add(token);
    return json(200, {
      access_token: token,
      instance_url: `http://${request.headers.host}`,
      id: 'https://login.salesforce.com/id/00DHs0000001gERMAY/005Hs00000A1aaa',
      token_type: 'Bearer',
      issued_at: String(clock.now().getTime()),
      signature: 'c2lnbmF0dXJl',
    });
  }

  /** @returns what is answered instead; null: nothing more; `none`: all is well */
  function fault(response: ServerResponse, kind: Fault): Reply | null | 'none' {
    switch (kind) {
      case null:
        return 'none';
      case 'session':
        tokens.clear();
        return 'none';
      case 'locators':
        locators.clear();
        return 'none';
      case 'jobs':
        jobs.clear();
        return 'none';
      case 'rate-limit':
        response.setHeader('retry-after', '7');
        return refuse(429, 'TOO_MANY_REQUESTS', 'slow down');
      case 'unavailable':
        return refuse(503, 'SERVER_UNAVAILABLE', 'Server is too busy');
      case 'concurrent':
        return refuse(
          403,
          'REQUEST_LIMIT_EXCEEDED',
          'ConcurrentRequests (Concurrent API Requests) Limit exceeded.',
        );
      case 'no-calls':
        return noCalls();
      case 'reset':
        response.destroy();
        return null;
      case 'cut':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
        response.write('{"totalSize":3,"done":tr', () => response.destroy());
        return null;
      case 'hang':
        return null;
      case 'redirect':
        return { status: 302, headers: { location: 'https://evil.example/steal' }, body: '' };
      case 'html':
        return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>No such page</html>' };
    }
  }

  function route(request: IncomingMessage, url: URL, body: string): Reply {
    const { pathname } = url;
    const method = request.method ?? '';
    const described = new RegExp(`^${root}/sobjects/(\\w+)/describe$`).exec(pathname)?.[1];
    const located = new RegExp(`^${root}/query/(\\w+)-(\\d+)$`).exec(pathname);
    const job = new RegExp(`^${root}/jobs/query/(\\w+)(/results)?$`).exec(pathname);
    if (method === 'GET' && pathname === `${root}/sobjects`) {
      const visible = org.objects.filter((name) => !fake.hidden.has(name));
      const sobjects = visible.map((name) => ({ name, queryable: true, label: name }));
      return json(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects });
    }
    if (method === 'GET' && described !== undefined) return describe(described);
    if (method === 'GET' && pathname === `${root}/queryAll`) {
      const size = batchSize(request);
      return page(org.run(url.searchParams.get('q') ?? ''), 0, size);
    }
    if (method === 'GET' && located) {
      const known = locators.get(located[1]!);
      if (!known) return refuse(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      return page(known.result, Number(located[2]), known.size);
    }
    if (method === 'POST' && pathname === `${root}/jobs/query`) return createJob(body);
    if (method === 'GET' && job) {
      const known = jobs.get(job[1]!);
      if (!known) return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
      return job[2] === undefined ? poll(job[1]!, known) : results(request, url, known);
    }
    return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
  }

  function describe(object: string): Reply {
    if (!org.objects.includes(object)) {
      return refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
    }
    const fields = org.describe(object).map(({ name, relationshipName, referenceTo }) => ({
      name,
      label: name,
      filterable: true,
      sortable: true,
      relationshipName: relationshipName === '' ? null : relationshipName,
      referenceTo,
    }));
    return json(200, { name: object, queryable: true, fields });
  }

  function page(result: QueryResult, start: number, size: number): Reply {
    fake.onPage();
    if (result.fields === 'count') {
      return json(200, { totalSize: result.ids.length, done: true, records: [] });
    }
    const end = Math.min(result.ids.length, start + size);
    const records = org
      .cells(result, result.ids.slice(start, end))
      .map((cells) => recordOf(result.object, cells));
    const base = { totalSize: result.ids.length, records };
    if (end >= result.ids.length) return json(200, { ...base, done: true });
    serial += 1;
    const locator = `01gHs${String(serial).padStart(13, '0')}`;
    locators.set(locator, { result, size });
    return json(200, { ...base, done: false, nextRecordsUrl: `${root}/query/${locator}-${end}` });
  }

  function createJob(body: string): Reply {
    const sent = JSON.parse(body) as Readonly<Record<string, string>>;
    const isFine =
      sent['operation'] === 'queryAll' &&
      sent['contentType'] === 'CSV' &&
      sent['columnDelimiter'] === 'COMMA' &&
      sent['lineEnding'] === 'LF';
    if (!isFine) return refuse(400, 'INVALIDJOB', 'a field of the job is not allowed');
    const result = org.run(sent['query'] ?? '');
    if (fake.notInBulk.has(result.object)) {
      return refuse(400, 'INVALIDENTITY', `Entity '${result.object}' is not supported by the Bulk API.`);
    }
    serial += 1;
    const id = `750Hs${String(serial).padStart(13, '0')}`;
    const header = (result.fields as readonly string[]).map(quoted).join(',');
    const lines = org
      .cells(result, result.ids)
      .map((cells) => cells.map(([, value]) => quoted(value)).join(','));
    jobs.set(id, { state: 'UploadComplete', pollsLeft: 2, result, lines, header });
    return json(200, { id, operation: 'queryAll', object: result.object, state: 'UploadComplete' });
  }

  function poll(id: string, job: Job): Reply {
    job.pollsLeft -= 1;
    job.state = job.pollsLeft > 0 ? 'InProgress' : fake.jobOutcome;
    const error = job.state === 'Failed' ? { errorMessage: 'InvalidBatch : the query timed out' } : {};
    return json(200, { id, operation: 'queryAll', state: job.state, ...error });
  }

  function results(request: IncomingMessage, url: URL, job: Job): Reply {
    if (job.state !== 'JobComplete') return refuse(400, 'INVALIDJOBSTATE', 'the job is not complete');
    if (request.headers.accept !== 'text/csv') return refuse(406, 'NOT_ACCEPTABLE', 'only text/csv');
    const most = Number(url.searchParams.get('maxRecords'));
    const locator = url.searchParams.get('locator');
    const start = locator === null ? 0 : Number(Buffer.from(locator, 'base64url').toString());
    if (!Number.isInteger(most) || most < 1 || !Number.isInteger(start)) {
      return refuse(400, 'INVALIDREQUEST', 'maxRecords or locator');
    }
    const end = Math.min(job.lines.length, start + most);
    const next = end < job.lines.length ? Buffer.from(String(end)).toString('base64url') : 'null';
    const lines = job.lines.slice(start, end);
    const headers = {
      'content-type': 'text/csv',
      'sforce-locator': next,
      'sforce-numberofrecords': String(lines.length),
    };
    return { status: 200, headers, body: [job.header, ...lines, ''].join('\n') };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(fake, {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

function batchSize(request: IncomingMessage): number {
  const size = Number(/^batchSize=(\d+)$/.exec(String(request.headers['sforce-query-options']))?.[1]);
  // Salesforce takes 200 to 2,000; small pages keep tests small.
  if (!(size >= 1 && size <= 2000)) throw new SoqlError('INVALID_BATCH_SIZE', 'batchSize');
  return size;
}

function recordOf(object: string, cells: readonly (readonly [string, Value])[]): unknown {
  const record: Record<string, unknown> = { attributes: { type: object, url: `${root}/sobjects/${object}` } };
  for (const [path, value] of cells) {
    const [relation = '', name] = path.split('.');
    if (name === undefined) record[path] = written(value);
    else record[relation] = { ...(record[relation] as object | undefined), [name]: written(value) };
  }
  return record;
}

/** The REST API writes instants with an offset, the Bulk API with a Z. */
const written = (value: Value): Value =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*Z$/.test(value) ? value.replace('Z', '+0000') : value;

const quoted = (value: Value): string => `"${value === null ? '' : String(value).replaceAll('"', '""')}"`;

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const json = (status: number, body: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json;charset=UTF-8' },
  body: JSON.stringify(body),
});

const refuse = (status: number, errorCode: string, message: string): Reply =>
  json(status, [{ message, errorCode }]);

const noCalls = (): Reply => refuse(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
