/**
 * Everything that Heed holds about a person. In: whom. Out: their records and every row that belongs to them or
 * mentions them, table by table, and the log lines. It changes nothing and leaves nothing out: what it finds is what an
 * erasure would touch.
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { buildMatcher } from '../access/privacy/build-matcher.ts';
import type { PrivacySubject } from '../access/privacy/subject.ts';
import type { Store } from '../store/database.ts';
import { exportRows, findWindowEnd, loadWordColumns } from '../store/privacy-rows.ts';
import { listLogs } from './erasure/erase-files.ts';
import { isWindowed, searchedTables, searchOf } from './erasure/erase-texts.ts';

export interface PersonExport {
  readonly subject: Pick<PrivacySubject, 'kind' | 'label' | 'records'>;
  readonly exportedAt: Date;
  /** Rows as the database has them, by table; tables without any are left out. */
  readonly tables: Readonly<Record<string, readonly unknown[]>>;
  readonly logLines: readonly string[];
}

export interface ExportDeps {
  readonly store: Store;
  /** HEED_HOME: the log is there. */
  readonly home: string;
  readonly now: Date;
}

const WINDOW_ROWS = 50_000;

export async function exportPerson(deps: ExportDeps, subject: PrivacySubject): Promise<PersonExport> {
  const { db } = deps.store;
  const matcher = buildMatcher(subject.identities);
  const types = await loadWordColumns(db);
  const tables: Record<string, readonly unknown[]> = {};
  for (const table of [...searchedTables, 'sla_clock', 'ticket_time', 'agent_status']) {
    const search = searchOf(table, subject, matcher, types);
    if (search === null || tables[table] !== undefined) continue;
    const rows = isWindowed(table) ? await allWindows() : await exportRows(db, search);
    if (rows.length > 0) tables[table] = rows;

    async function allWindows(): Promise<readonly unknown[]> {
      const found: unknown[] = [];
      let after: string | null = null;
      for (;;) {
        const upTo: string | null = await findWindowEnd(db, table, after, WINDOW_ROWS);
        if (search !== null) found.push(...(await exportRows(db, search, { after, upTo })));
        if (upTo === null) return found;
        after = upTo;
      }
    }
  }
  const logLines: string[] = [];
  for (const file of listLogs(deps.home)) {
    for await (const line of createInterface({ input: createReadStream(file) }))
      if (matcher.scrubText(line, false) !== line) logLines.push(line);
  }
  const { kind, label, records } = subject;
  return { subject: { kind, label, records }, exportedAt: deps.now, tables, logLines };
}

/** What the folder holds, for somebody who never saw Heed. */
export function describeExport({ subject, exportedAt, tables, logLines }: PersonExport): string {
  const width = Math.max(...Object.keys(tables).map((name) => name.length), 10);
  const lines = Object.entries(tables).map(([table, rows]) =>
    `  ${table.padEnd(width)}  ${String(rows.length).padStart(7)}  ${explained[table] ?? ''}`.trimEnd(),
  );
  return [
    `Everything that Heed holds about ${subject.label}`,
    `as of ${exportedAt.toISOString()}`,
    '',
    'One file of JSON per table; each entry is a row as it is stored.',
    '',
    ...lines,
    ...(logLines.length > 0
      ? [`  ${'log lines'.padEnd(width)}  ${String(logLines.length).padStart(7)}  log-lines.txt`]
      : []),
    '',
    'Rows may name other people too: read them before you hand this folder to anybody.',
    'Backups of the database and what other systems hold are not part of it.',
    '',
  ].join('\n');
}

const explained: Readonly<Record<string, string>> = {
  contact: 'the record of a person at a customer',
  person: 'the record of a colleague',
  lead: 'the record of a possible customer',
  chat_identity: 'links to chat platforms',
  ticket: 'tickets they opened, were assigned or are named in',
  ticket_event: 'what happened in those tickets',
  conversation: 'live conversations they took part in',
  message: 'messages of those conversations, or that name them',
  opportunity: 'deals they look after or are named in',
  account: 'customers they look after or that name them',
  activity: 'calls, mails and meetings',
  survey_response: 'answers to surveys',
  agent_status: 'when they were there',
  answer: 'questions they asked, and answers that name them',
  alert: 'alerts that they own, handled or are named in',
  alert_event: 'what they did with alerts',
  outbox: 'messages that Heed wrote about those alerts or that name them',
  inbox: 'what they sent to Heed',
  audit_log: 'entries of the audit trail',
  finding: 'what the analyser says of what they look after',
  sync_reject: 'rows that could not be imported and name them',
  sla_clock: 'clocks of tickets assigned to them',
  ticket_time: 'times of tickets assigned to them',
};
