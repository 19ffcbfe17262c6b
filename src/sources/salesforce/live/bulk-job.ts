import { z } from 'zod';
import { exhaustive } from '../../../toolkit/exhaustive.ts';
import { readCsv } from '../../csv/read-csv.ts';
import { memoryInput } from '../../text/input-file.ts';
import { rowsOfCsv, type SalesforceRow } from '../salesforce-row.ts';
import type { Caller, SalesforceClient } from './client.ts';
import { RefusedRequest } from './errors.ts';
import type { Knobs } from './options.ts';
import { parseJson } from './read-answer.ts';

/** States of a query job (Bulk API 2.0 Developer Guide, "Get Information About a Query Job"). */
const jobBody = z.object({
  id: z.string().regex(/^[A-Za-z0-9]{15,18}$/),
  state: z.enum(['UploadComplete', 'InProgress', 'Aborted', 'JobComplete', 'Failed']),
  errorMessage: z.string().nullish(),
});

export interface BulkPage {
  readonly rows: readonly SalesforceRow[];
  /** Lines of the CSV that are no rows. */
  readonly broken: readonly string[];
  /** Null after the last page. */
  readonly locator: string | null;
}

/** @returns id of the job, which lives for seven days on Salesforce's side */
export async function createJob(client: SalesforceClient, soql: string, caller: Caller): Promise<string> {
  const body = JSON.stringify({
    operation: 'queryAll',
    query: soql,
    contentType: 'CSV',
    columnDelimiter: 'COMMA',
    lineEnding: 'LF',
  });
  const headers = { 'content-type': 'application/json; charset=utf-8', accept: 'application/json' };
  const answer = await client.send(
    { method: 'POST', path: `${client.root}/jobs/query`, headers, body },
    caller,
  );
  return readJob(answer.body).id;
}

/**
 * Waits until the job is done.
 *
 * @throws RefusedRequest `JOB_FAILED` when it ended otherwise, `NOT_FOUND` when it is gone
 */
export async function awaitJob(
  client: SalesforceClient,
  job: string,
  knobs: Knobs,
  caller: Caller,
): Promise<void> {
  const { bulkPollMilliseconds, sleep } = knobs;
  for (let wait = bulkPollMilliseconds; ; wait = Math.min(wait * 2, bulkPollMilliseconds * 15)) {
    const answer = await client.send({ method: 'GET', path: `${client.root}/jobs/query/${job}` }, caller);
    const { state, errorMessage } = readJob(answer.body);
    switch (state) {
      case 'JobComplete':
        return;
      case 'UploadComplete':
      case 'InProgress':
        await sleep(wait, caller.signal);
        break;
      case 'Failed':
      case 'Aborted':
        throw new RefusedRequest('JOB_FAILED', errorMessage ?? `the job is ${state.toLowerCase()}`);
      default:
        exhaustive(state);
    }
  }
}

const RETRIES = 3;

/** A page of results. Salesforce says how many rows it sent; a page that holds fewer was cut and is fetched again. */
export async function fetchResults(
  client: SalesforceClient,
  job: string,
  locator: string | null,
  rowLimit: number,
  caller: Caller,
): Promise<BulkPage> {
  const place = locator === null ? '' : `&locator=${encodeURIComponent(locator)}`;
  const path = `${client.root}/jobs/query/${job}/results?maxRecords=${rowLimit}${place}`;
  for (let retry = 0; ; retry += 1) {
    const answer = await client.send({ method: 'GET', path, headers: { accept: 'text/csv' } }, caller);
    const { rows, broken } = await rowsOf(answer.body);
    const announced = answer.headers['sforce-numberofrecords'];
    const isWhole = announced === undefined || Number(announced) === rows.length + broken.length;
    if (isWhole) {
      const next = answer.headers['sforce-locator'];
      return { rows, broken, locator: next === undefined || next === 'null' ? null : next };
    }
    if (retry === RETRIES) {
      throw new Error(
        `job ${job} sent ${rows.length} rows where it announced ${announced}; the next sync goes on here`,
      );
    }
  }
}

async function rowsOf(csv: string): Promise<{ rows: SalesforceRow[]; broken: string[] }> {
  const rows: SalesforceRow[] = [];
  const broken: string[] = [];
  if (csv.trim() === '') return { rows, broken };
  for await (const event of rowsOfCsv(readCsv(memoryInput('results.csv', csv)))) {
    if (event.kind === 'row') rows.push(event.row);
    else if (event.kind === 'rejected') broken.push(event.reject.reason);
  }
  return { rows, broken };
}

function readJob(body: string): z.infer<typeof jobBody> {
  const parsed = jobBody.safeParse(parseJson(body));
  if (!parsed.success) throw new RefusedRequest('UNREADABLE', 'the state of a bulk job could not be read');
  return parsed.data;
}
