import { z } from 'zod';
import { rowOfObject, type SalesforceRow } from '../salesforce-row.ts';
import type { Caller, SalesforceClient } from './client.ts';
import { RefusedRequest } from './errors.ts';
import { parseJson } from './read-answer.ts';

const resultBody = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().optional(),
  records: z.array(z.record(z.string(), z.unknown())),
});

export interface QueryPage {
  readonly rows: readonly SalesforceRow[];
  readonly total: number;
  /** Path of the next page; null at the end. */
  readonly next: string | null;
}

/** A page of a query. The token goes with every request, so a page may only be on the same host below the API's root. */
export function isPagePath(path: string, root: string): boolean {
  return path.startsWith(`${root}/query`) && /^[A-Za-z0-9/._-]+$/.test(path) && !path.includes('..');
}

/** @param target the SOQL of a new query, or the path of a further page */
export async function fetchPage(
  client: SalesforceClient,
  target: { readonly soql: string } | { readonly path: string },
  pageRows: number,
  caller: Caller,
): Promise<QueryPage> {
  // `queryAll` shows what lies in the recycle bin, and archived tasks; `query` would hide both.
  const path =
    'path' in target ? target.path : `${client.root}/queryAll?q=${encodeURIComponent(target.soql)}`;
  const headers = { 'Sforce-Query-Options': `batchSize=${pageRows}` };
  const answer = await client.send({ method: 'GET', path, headers }, caller);
  const parsed = resultBody.safeParse(parseJson(answer.body));
  if (!parsed.success) throw new RefusedRequest('UNREADABLE', 'the answer to a query could not be read');
  const { totalSize, done, nextRecordsUrl, records } = parsed.data;
  const next = done ? null : (nextRecordsUrl ?? null);
  if (next !== null && !isPagePath(next, client.root)) {
    throw new RefusedRequest('UNREADABLE', 'the next page of a query lies outside the API');
  }
  return { rows: records.map((record) => rowOfObject(record, 0)), total: totalSize, next };
}

export const isExpiredLocator = (error: unknown): boolean =>
  error instanceof RefusedRequest && error.code === 'INVALID_QUERY_LOCATOR';

const RESTARTS = 3;

/** All rows of a small query; begins again when Salesforce forgets where it was. */
export async function fetchAll(
  client: SalesforceClient,
  soql: string,
  pageRows: number,
  caller: Caller,
): Promise<readonly SalesforceRow[]> {
  for (let restart = 0; ; restart += 1) {
    try {
      const rows: SalesforceRow[] = [];
      let target: Parameters<typeof fetchPage>[1] | null = { soql };
      while (target !== null) {
        const page: QueryPage = await fetchPage(client, target, pageRows, caller);
        rows.push(...page.rows);
        target = page.next === null ? null : { path: page.next };
      }
      return rows;
    } catch (error) {
      if (!isExpiredLocator(error) || restart === RESTARTS) throw error;
    }
  }
}
