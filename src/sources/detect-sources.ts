import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import { planCustomers } from './customers-text/read-customers.ts';
import { planEscalations } from './escalation-text/read-escalations.ts';
import { planSalesforce } from './salesforce/read-salesforce.ts';
import { objectOfColumns, objectOfFile } from './salesforce/recognise.ts';
import type { PlannedFile, SourcePlan } from './source-plan.ts';

export interface DetectedSources {
  /** In the order in which they should be imported. */
  readonly plans: readonly SourcePlan[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}

type Kind = 'salesforce' | 'customers' | 'escalation';

/**
 * Recognises what lies in a folder (customers.txt, CE*.txt, Salesforce's CSV and JSON, at any depth of two) or a single
 * file. Real systems come first, so that lists and texts find their customers in them.
 *
 * @returns an issue when nothing of it is known
 */
export async function detectSources(path: string): Promise<Result<DetectedSources>> {
  const files = listFiles(path);
  if (!files.ok) return files;
  const found: Record<Kind, PlannedFile[]> = { salesforce: [], customers: [], escalation: [] };
  const ignored: { file: string; reason: string }[] = [];
  for (const file of files.value) {
    const kind = kindOf(file);
    if (typeof kind === 'string') found[kind].push(file);
    else if (kind !== null) ignored.push({ file: file.name, reason: kind.reason });
  }
  const plans = [
    ...(found.salesforce.length > 0 ? [planSalesforce(found.salesforce)] : []),
    ...found.customers.map(planCustomers),
    ...(found.escalation.length > 0 ? [planEscalations(found.escalation)] : []),
  ];
  if (plans.length > 0) return ok({ plans, ignored });
  return fail({
    code: 'nothing-to-import',
    path: basename(path),
    message:
      'holds nothing that is recognised: customers.txt, CE*.txt, or exports of Salesforce (User, Account, Contact, Opportunity, OpportunityHistory, Case, CaseHistory as CSV or JSON). For other files give a mapping: --mapping file.yml',
  });
}

/** Null: not worth a word (hidden files, documentation). */
function kindOf(file: PlannedFile): Kind | { readonly reason: string } | null {
  const name = basename(file.name).toLowerCase();
  if (name.startsWith('.') || /\.(md|ya?ml|log)$/.test(name)) return null;
  if (/^ce[-_ ]?\d*.*\.(txt|md)$/.test(name)) return 'escalation';
  if (/^customers?(_list)?\.txt$/.test(name)) return 'customers';
  if (/\.(csv|json|ndjson|jsonl)$/.test(name)) {
    if (objectOfFile(name) !== null || looksLikeSalesforce(file.path)) return 'salesforce';
    return { reason: 'its columns belong to no adapter; give a mapping' };
  }
  return { reason: 'no adapter knows this kind of file' };
}

const headBytes = 65_536;

/** Looks at the first bytes only. */
function looksLikeSalesforce(path: string): boolean {
  const head = readHead(path);
  if (
    /"attributes"\s*:\s*\{\s*"type"\s*:\s*"(User|Account|Contact|Opportunity|OpportunityHistory|Case|CaseHistory)"/.test(
      head,
    )
  )
    return true;
  const columns = (head.split(/[\r\n]/, 1)[0] ?? '')
    .replace(/^\uFEFF/, '')
    .split(',')
    .map((column) => column.replace(/^"|"$/g, ''));
  return objectOfColumns(columns) !== null;
}

function readHead(path: string): string {
  const buffer = Buffer.alloc(headBytes);
  const descriptor = openSync(path, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(descriptor, buffer, 0, headBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

function listFiles(path: string): Result<readonly PlannedFile[]> {
  try {
    if (!statSync(path).isDirectory()) return ok([{ path, name: basename(path) }]);
    const files = readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => ({ path: file, name: relative(path, file) }))
      .filter(({ name }) => name.split(/[/\\]/).length <= 2)
      .sort((a, b) => a.name.localeCompare(b.name));
    return ok(files);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail({ code: 'file-unreadable', path: basename(path), message: `cannot be read: ${why}` });
  }
}
