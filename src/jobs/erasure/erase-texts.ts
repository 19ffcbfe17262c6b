import { z } from 'zod';
import type { Matcher } from '../../access/privacy/build-matcher.ts';
import type { ColumnRule, TableRule } from '../../access/privacy/column-rule.ts';
import { privacyRules, searchedColumns } from '../../access/privacy/privacy-rules.ts';
import { type PrivacySubject, recordIds } from '../../access/privacy/subject.ts';
import { toJson } from '../../store/json.ts';
import { reviseMessage } from '../../store/privacy-records.ts';
import {
  countMentions,
  type FoundRow,
  findRows,
  findWindowEnd,
  loadWordColumns,
  type RowSearch,
  type RowWindow,
  updateRow,
} from '../../store/privacy-rows.ts';
import {
  done,
  type ErasureStep,
  type StepContext,
  type StepResult,
  type Transaction,
  type TransactionContext,
} from './erasure-step.ts';

const progressSchema = z.object({
  /** Place in the list of tables, and how far within that table. */
  table: z.number(),
  after: z.string().nullable(),
  pass: z.number(),
});

/** Rows of a table that one transaction looks at. */
const WINDOW_ROWS = 20_000;
/** What was written while the erasure went over the tables is caught by another round. */
const MOST_PASSES = 3;

type WordColumns = ReadonlyMap<string, ReadonlyMap<string, 'text' | 'jsonb'>>;

/** Every table that can hold words, in the order in which they are searched. */
export const searchedTables: readonly string[] = Object.entries(privacyRules)
  .filter(([, rule]) => searchedColumns(rule).length > 0)
  .map(([table]) => table)
  .sort();

/** Goes over every column that can hold words, window by window. */
export const eraseTexts: ErasureStep = {
  kind: 'transaction',
  name: 'texts',
  run: async (context) => {
    const parsed = progressSchema.safeParse(context.erasure.progress);
    const place = parsed.success ? parsed.data : { table: 0, after: null, pass: 1 };
    const types = await wordColumns(context.deps.store, context.trx);
    const table = searchedTables[place.table];
    if (table === undefined) return endPass(context, types, place.pass);
    const next: StepResult = { kind: 'again', progress: { ...place, table: place.table + 1, after: null } };
    const search = searchOf(table, context.subject, context.matcher, types);
    if (search === null) return next;
    context.deps.onProgress?.({ step: 'texts', detail: table });
    if (!isWindowed(table)) {
      await eraseRows(context, search, types, undefined);
      return next;
    }
    const upTo = await findWindowEnd(context.trx, table, place.after, WINDOW_ROWS);
    await eraseRows(context, search, types, { after: place.after, upTo });
    return upTo === null ? next : { kind: 'again', progress: { ...place, after: upTo } };
  },
};

const known = new WeakMap<object, WordColumns>();

/** Asked once per store: the schema does not change while a process runs. */
async function wordColumns(store: object, trx: Transaction): Promise<WordColumns> {
  const types = known.get(store) ?? (await loadWordColumns(trx));
  known.set(store, types);
  return types;
}

async function endPass(context: TransactionContext, types: WordColumns, pass: number): Promise<StepResult> {
  if (pass >= MOST_PASSES) return done;
  let left = 0;
  for (const table of searchedTables) {
    const search = searchOf(table, context.subject, context.matcher, types);
    if (search !== null) left += await countMentions(context.trx, search);
  }
  // The patterns of the database know no word boundaries, so a few may be left that are no mentions.
  return left === 0 ? done : { kind: 'again', progress: { table: 0, after: null, pass: pass + 1 } };
}

/** What to look for in a table; null when the database has none of its columns. */
export function searchOf(
  table: string,
  subject: PrivacySubject,
  { sqlPatterns }: Matcher,
  types: WordColumns,
): RowSearch | null {
  const rule = privacyRules[table];
  const present = types.get(table);
  if (rule === undefined || present === undefined) return null;
  const columns = searchedColumns(rule).filter((column) => present.has(column));
  const { key, belongsBy } = rule;
  // Before and after the records got new ids.
  const ids = [...recordIds(subject), ...subject.records.map(({ newId }) => newId)];
  return { table, key, columns, belongsBy, ids, patterns: sqlPatterns };
}

/** Tables whose only key is an id are read in windows; the others are small. */
export const isWindowed = (table: string): boolean =>
  privacyRules[table]?.key.join() === 'id' && table !== 'privacy_key';

async function eraseRows(
  context: TransactionContext,
  search: RowSearch,
  types: WordColumns,
  window: RowWindow | undefined,
): Promise<void> {
  const { trx, counts } = context;
  const rule = privacyRules[search.table];
  const columnTypes = types.get(search.table);
  if (rule === undefined || columnTypes === undefined) return;
  for (const row of await findRows(trx, search, window)) {
    const changes = changesOf(context, rule, row);
    const body = search.table === 'outbox' ? changes.get('body') : undefined;
    if (body !== undefined) {
      changes.delete('body');
      await revise(context, row, body);
    }
    if (changes.size > 0) {
      const typed = [...changes].map(([column, value]) => {
        const type = columnTypes.get(column) ?? 'text';
        return [
          column,
          { type, value: type === 'jsonb' ? jsonOf(value) : (value as string | null) },
        ] as const;
      });
      await updateRow(trx, search.table, row.key, new Map(typed));
    }
    counts.changed(search.table, changes.size > 0 || body !== undefined ? 1 : 0);
  }
}

const jsonOf = (value: unknown): string | null => (value === null ? null : toJson(value));

async function revise({ trx, counts }: TransactionContext, row: FoundRow, body: unknown): Promise<void> {
  const isDrawnAnew = toJson(chartsOf(row.values['body'])) !== toJson(chartsOf(body));
  const revised = await reviseMessage(trx, String(row.key['id']), body, isDrawnAnew);
  if (revised.isPosted) counts.message(revised.id, revised.images);
}

function chartsOf(body: unknown): readonly unknown[] {
  const blocks = typeof body === 'object' && body !== null && 'blocks' in body ? body.blocks : [];
  return Array.isArray(blocks)
    ? blocks.filter((block: unknown) => typeof block === 'object' && block !== null && 'spec' in block)
    : [];
}

/** New values of the columns that change. */
function changesOf({ matcher, subject }: StepContext, rule: TableRule, row: FoundRow): Map<string, unknown> {
  const changes = new Map<string, unknown>();
  for (const [column, before] of Object.entries(row.values)) {
    const columnRule = rule.columns[column];
    if (columnRule === undefined || before === null) continue;
    const after =
      row.isOwn && columnRule.kind === 'personal' && subject.kind === 'person' && isTheirs(column, subject)
        ? personalValue(columnRule, subject, row)
        : scrub(matcher, column, before, row);
    if (after !== before) changes.set(column, after);
  }
  return changes;
}

/** Whom a message went to is a datum of the customer, not of the colleague who wrote it. */
const isTheirs = (column: string, { records }: PrivacySubject): boolean =>
  column !== 'recipient_masked' || records.some(({ entity }) => entity !== 'person');

function scrub(matcher: Matcher, column: string, before: unknown, row: FoundRow): unknown {
  if (typeof before !== 'string') return matcher.scrubJson(before, row.isOwn);
  const after = matcher.scrubText(before, row.isOwn);
  // A source's key is unique within its source.
  return after !== before && column === 'source_id' ? `erased:${String(row.key['id'])}` : after;
}

function personalValue(
  rule: Extract<ColumnRule, { kind: 'personal' }>,
  subject: PrivacySubject,
  row: FoundRow,
): string | null {
  switch (rule.becomes) {
    case 'pseudonym':
      return subject.identities[0]?.pseudonym ?? null;
    case 'row-id':
      return `erased:${String(row.key['id'])}`;
    case 'erased':
      return '[erased]';
    case 'nothing':
      return null;
  }
}
