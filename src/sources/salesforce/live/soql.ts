import type { WindowCursor } from './stream-cursor.ts';

export interface Selection {
  readonly object: string;
  /** Names as the org writes them, `Id` and the column of changes among them. */
  readonly fields: readonly string[];
  /** Column of the time of a change, for example `SystemModstamp`. */
  readonly changedAt: string;
}

/**
 * Rows of a window after the last one that was read. Many rows can have one stamp (a data load stamps thousands in a
 * second), so the place is the pair of stamp and id, and the first condition alone lets Salesforce use its index.
 */
export function windowQuery({ object, fields, changedAt }: Selection, window: WindowCursor): string {
  const { from, until, after } = window;
  const conditions = [
    ...(from === null || after !== null ? [] : [`${changedAt} >= ${from}`]),
    ...(after === null
      ? []
      : [`${changedAt} >= ${after.at}`, `(${changedAt} > ${after.at} OR Id > '${after.id}')`]),
    `${changedAt} < ${until}`,
  ];
  return `SELECT ${fields.join(', ')} FROM ${object} WHERE ${conditions.join(' AND ')} ORDER BY ${changedAt}, Id`;
}

/** Without an order: sorting would keep Salesforce from splitting the job by ids. */
export const bulkQuery = ({ object, fields, changedAt }: Selection, until: string): string =>
  `SELECT ${fields.join(', ')} FROM ${object} WHERE ${changedAt} < ${until}`;

export const countQuery = ({ object, changedAt }: Selection, until: string): string =>
  `SELECT COUNT() FROM ${object} WHERE ${changedAt} < ${until}`;

/** Ids of one query: each takes 27 characters of an address that may have 16,384 (REST API Developer Guide, URI limit). */
const IDS_OF_A_QUERY = 300;

/** Queries for the rows that belong to these parents, all fields of them. */
export function childQueries(
  selection: Selection,
  column: string,
  ids: readonly string[],
): readonly string[] {
  const checked = [...new Set(ids)].filter((id) => /^[A-Za-z0-9]{15,18}$/.test(id));
  const queries: string[] = [];
  for (let start = 0; start < checked.length; start += IDS_OF_A_QUERY) {
    const list = checked.slice(start, start + IDS_OF_A_QUERY).map((id) => `'${id}'`);
    queries.push(
      `SELECT ${selection.fields.join(', ')} FROM ${selection.object} WHERE ${column} IN (${list.join(',')}) ORDER BY Id`,
    );
  }
  return queries;
}
