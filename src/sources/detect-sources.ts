import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import { readCsv } from './csv/read-csv.ts';
import { planCustomers } from './customers-text/read-customers.ts';
import { planEscalations } from './escalation-text/read-escalations.ts';
import { readJson } from './json/read-json.ts';
import { planSalesforce, type SalesforceFile } from './salesforce/read-salesforce.ts';
import { objectNamed, recogniseTable, type SalesforceTable } from './salesforce/recognise.ts';
import { rowsOfJson } from './salesforce/salesforce-row.ts';
import type { PlannedFile, SourcePlan } from './source-plan.ts';
import { fileInput } from './text/input-file.ts';

export interface DetectedSources {
  /** In the order in which they should be imported. */
  readonly plans: readonly SourcePlan[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Recognises what lies in a folder (customers.txt, CE*.txt, Salesforce's CSV and JSON; the folder and one level below)
 * or in a single file. Real systems come first, so that lists and texts find their customers in them.
 *
 * @returns an issue when nothing of it is known
 */
export async function detectSources(path: string): Promise<Result<DetectedSources>> {
  const files = listFiles(path);
  if (!files.ok) return files;
  const salesforce: SalesforceFile[] = [];
  const customers: PlannedFile[] = [];
  const escalations: PlannedFile[] = [];
  const ignored: { file: string; reason: string }[] = [];
  for (const file of files.value) {
    const kind = await kindOf(file);
    if (kind === null) continue;
    if (kind.kind === 'salesforce') salesforce.push({ file, table: kind.table });
    else if (kind.kind === 'customers') customers.push(file);
    else if (kind.kind === 'escalation') escalations.push(file);
    else ignored.push({ file: file.name, reason: kind.reason });
  }
  const plans = [
    ...(salesforce.length > 0 ? [planSalesforce(salesforce)] : []),
    ...(customers.length > 0 ? [planCustomers(customers)] : []),
    ...(escalations.length > 0 ? [planEscalations(escalations)] : []),
  ];
  if (plans.length > 0) return ok({ plans, ignored });
  const reasons = ignored.slice(0, 3).map(({ file, reason }) => `${file}: ${reason}`);
  return fail({
    code: 'nothing-to-import',
    path: basename(path),
    message:
      `holds nothing that is recognised: customers.txt, CE*.txt, or exports of Salesforce as CSV or JSON. For other files give a mapping: --mapping file.yml. ${reasons.join('; ')}`.trim(),
  });
}

type Kind =
  | { readonly kind: 'salesforce'; readonly table: SalesforceTable }
  | { readonly kind: 'customers' }
  | { readonly kind: 'escalation' }
  | { readonly kind: 'ignored'; readonly reason: string };

/** Null: not worth a word (hidden files, documentation). */
async function kindOf(file: PlannedFile): Promise<Kind | null> {
  const name = basename(file.name).toLowerCase();
  if (name.startsWith('.') || /^(readme|license|changelog)\b/.test(name) || /\.(ya?ml|log)$/.test(name))
    return null;
  if (/^ce[-_ ]?\d*.*\.(txt|md)$/.test(name)) return { kind: 'escalation' };
  if (name.endsWith('.md')) return null;
  if (/^customers?([-_ ]?list)?\.txt$/.test(name)) return { kind: 'customers' };
  if (/\.(csv|json|ndjson|jsonl)$/.test(name)) return tableOf(file);
  return { kind: 'ignored', reason: 'no adapter knows this kind of file' };
}

/** Reads as far as the header, or the first record. */
async function tableOf(file: PlannedFile): Promise<Kind> {
  const input = fileInput(file.path, file.name);
  const named = objectNamed(file.name);
  const columns: string[] = [];
  let type = file.name;
  if (/\.csv$/i.test(file.name)) {
    for await (const event of readCsv(input)) {
      // A known name with a fault inside is read all the same, so that the fault is told where it stands.
      if (event.kind === 'refused' && named === null)
        return { kind: 'ignored', reason: event.issues[0]?.message ?? '' };
      if (event.kind === 'header') columns.push(...event.columns);
      break;
    }
  } else {
    for await (const event of rowsOfJson(readJson(input))) {
      if (event.kind === 'refused' && named === null)
        return { kind: 'ignored', reason: event.issues[0]?.message ?? '' };
      if (event.kind === 'rejected') continue;
      if (event.kind === 'row') {
        columns.push(...event.row.columns());
        type = event.row.type ?? type;
      }
      break;
    }
  }
  const table = recogniseTable(type, columns) ?? (columns.length === 0 ? named : null);
  return table === null
    ? { kind: 'ignored', reason: 'its columns belong to no adapter; give a mapping' }
    : { kind: 'salesforce', table };
}

/** A folder and the folders in it; deeper ones are somebody else's. */
const DEEPEST = 2;

function listFiles(path: string): Result<readonly PlannedFile[]> {
  try {
    if (!statSync(path).isDirectory()) return ok([{ path, name: basename(path) }]);
    const files = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: file, name: relative(path, file) }))
      .filter(({ name }) => name.split(/[/\\]/).length <= DEEPEST)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    return ok(files);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail({ code: 'file-unreadable', path: basename(path), message: `cannot be read: ${why}` });
  }
}
