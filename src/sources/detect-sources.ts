import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { exhaustive } from '../toolkit/exhaustive.ts';
import { fail, ok, type Result } from '../toolkit/issue.ts';
import { headerKey, looseHeaderKey } from './csv/check-header.ts';
import { readCsv } from './csv/read-csv.ts';
import { planCustomers } from './customers-text/read-customers.ts';
import { planEscalations } from './escalation-text/read-escalations.ts';
import { emptyDirectory } from './identity.ts';
import { readJson } from './json/read-json.ts';
import type { MappedFile, Mapping } from './mapping/mapping-schema.ts';
import { type MappedInput, patternOf, planMappedFiles } from './mapping/plan-mapped.ts';
import { fitsColumns } from './mapping/read-mapped.ts';
import { planSalesforce, type SalesforceFile } from './salesforce/read-salesforce.ts';
import { objectNamed, recogniseTable, type SalesforceTable } from './salesforce/recognise.ts';
import { rowsOfJson } from './salesforce/salesforce-row.ts';
import type { PlannedFile, SourcePlan } from './source-plan.ts';
import { fileInput, unreadable } from './text/input-file.ts';

export interface DetectedSources {
  /** In the order in which they should be imported. */
  readonly plans: readonly SourcePlan[];
  readonly ignored: readonly { readonly file: string; readonly reason: string }[];
}

/**
 * Recognises what lies in a folder (customers.txt, CE*.txt, Salesforce's CSV and JSON, tables that a built-in mapping
 * knows; the folder and one level below) or in a single file. Real systems come first, so that lists and texts find
 * their customers in them.
 *
 * @param builtIn mappings that are shipped; a table is theirs when its name and its columns fit
 * @returns an issue when nothing of it is known
 */
export async function detectSources(
  path: string,
  builtIn: readonly Mapping[] = [],
): Promise<Result<DetectedSources>> {
  const files = listFiles(path);
  if (!files.ok) return files;
  const found = new Found();
  const ignored = [...files.value.ignored];
  for (const file of files.value.files) {
    const kind = await kindOf(file, builtIn);
    if (kind?.kind === 'ignored') ignored.push({ file: file.name, reason: kind.reason });
    else if (kind !== null) found.add(file, kind);
  }
  const plans = found.plans(builtIn);
  if (plans.length > 0) return ok({ plans, ignored });
  const reasons = ignored.slice(0, 3).map(({ file, reason }) => `${file}: ${reason}`);
  return fail({
    code: 'nothing-to-import',
    path: basename(path),
    message:
      `holds nothing that is recognised: customers.txt, CE*.txt, exports of Salesforce as CSV or JSON, or tables named customers, products, sales_transactions and support_tickets. For other files give a mapping: --mapping file.yml. ${reasons.join('; ')}`.trim(),
  });
}

class Found {
  private readonly salesforce: SalesforceFile[] = [];
  private readonly mapped = new Map<Mapping, MappedInput[]>();
  private readonly customers: PlannedFile[] = [];
  private readonly escalations: PlannedFile[] = [];

  add(file: PlannedFile, kind: Exclude<Kind, { kind: 'ignored' }>): void {
    switch (kind.kind) {
      case 'salesforce':
        this.salesforce.push({ file, table: kind.table });
        break;
      case 'mapped':
        this.mapped.set(kind.mapping, [...(this.mapped.get(kind.mapping) ?? []), { file, spec: kind.spec }]);
        break;
      case 'customers':
        this.customers.push(file);
        break;
      case 'escalation':
        this.escalations.push(file);
        break;
      default:
        exhaustive(kind);
    }
  }

  plans(builtIn: readonly Mapping[]): readonly SourcePlan[] {
    const mapped = builtIn.flatMap((mapping) => {
      // In the mapping's order: what others refer to comes first.
      const inputs = this.mapped.get(mapping) ?? [];
      const order = ({ spec }: MappedInput): number => mapping.files.indexOf(spec);
      const ordered = [...inputs].sort((a, b) => order(a) - order(b));
      return inputs.length === 0 ? [] : [planMappedFiles(mapping, ordered)];
    });
    return [
      ...(this.salesforce.length > 0 ? [planSalesforce(this.salesforce)] : []),
      ...mapped,
      ...(this.customers.length > 0 ? [planCustomers(this.customers)] : []),
      ...(this.escalations.length > 0 ? [planEscalations(this.escalations)] : []),
    ];
  }
}

type Kind =
  | { readonly kind: 'salesforce'; readonly table: SalesforceTable }
  | { readonly kind: 'mapped'; readonly mapping: Mapping; readonly spec: MappedFile }
  | { readonly kind: 'customers' }
  | { readonly kind: 'escalation' }
  | { readonly kind: 'ignored'; readonly reason: string };

/** Null: not worth a word (hidden files, documentation). */
async function kindOf(file: PlannedFile, builtIn: readonly Mapping[]): Promise<Kind | null> {
  const name = basename(file.name).toLowerCase();
  if (name.startsWith('.') || /^(readme|license|changelog)\b/.test(name) || /\.(ya?ml|log)$/.test(name))
    return null;
  if (/^ce[-_ ]?\d*.*\.(txt|md)$/.test(name)) return { kind: 'escalation' };
  if (name.endsWith('.md')) return null;
  if (/^customers?([-_ ]?list)?\.txt$/.test(name)) return { kind: 'customers' };
  if (/\.(csv|json|ndjson|jsonl)$/.test(name)) return tableOf(file, builtIn);
  return { kind: 'ignored', reason: 'no adapter knows this kind of file' };
}

async function tableOf(file: PlannedFile, builtIn: readonly Mapping[]): Promise<Kind> {
  const named = objectNamed(file.name);
  const specs = builtIn.flatMap((mapping) =>
    mapping.files.flatMap((spec) =>
      patternOf(spec.file).test(basename(file.name)) ? [{ mapping, spec }] : [],
    ),
  );
  const peeked = await peek(file);
  const [first] = specs;
  // A known name with a fault inside is read all the same, so that the fault is told where it stands.
  if (peeked.fault !== null && named === null && first === undefined)
    return { kind: 'ignored', reason: peeked.fault };
  const { columns } = peeked;
  const fits = specs.find(({ mapping, spec }) => fitsColumns(mapping, spec, columns, emptyDirectory));
  if (fits !== undefined && !peeked.hasSalesforceId) return { kind: 'mapped', ...fits };
  const table = recogniseTable(peeked.type, columns) ?? (columns.length === 0 ? named : null);
  if (table !== null) return { kind: 'salesforce', table };
  // Without a mapping of one's own a table of this name can only be meant for the built-in one; it tells what is missing.
  if (first !== undefined && (peeked.fault !== null || isAlmost(first.spec, columns)))
    return { kind: 'mapped', ...first };
  return { kind: 'ignored', reason: 'its columns belong to no adapter; give a mapping' };
}

/** A column of the id is there: the rest is a mistake in this table rather than another table. */
function isAlmost(spec: MappedFile, columns: readonly string[]): boolean {
  const known = new Set(columns.map(looseHeaderKey));
  return spec.entities.some(({ id }) => id.every((column) => known.has(looseHeaderKey(column))));
}

interface Peeked {
  readonly columns: readonly string[];
  /** What the first record says that it is, or the file's name. */
  readonly type: string;
  readonly fault: string | null;
  readonly hasSalesforceId: boolean;
}

/** Reads as far as the first row. */
async function peek(file: PlannedFile): Promise<Peeked> {
  const input = fileInput(file.path, file.name);
  const nothing = { columns: [], type: file.name, fault: null, hasSalesforceId: false };
  if (/\.csv$/i.test(file.name)) {
    let columns: readonly string[] = [];
    for await (const event of readCsv(input)) {
      if (event.kind === 'refused') return { ...nothing, fault: event.issues[0]?.message ?? '' };
      if (event.kind === 'header') columns = event.columns;
      if (event.kind !== 'cells') continue;
      const id = columns.findIndex((name) => headerKey(name) === 'id');
      return { ...nothing, columns, hasSalesforceId: isSalesforceId(event.cells[id]) };
    }
    return { ...nothing, columns };
  }
  for await (const event of rowsOfJson(readJson(input))) {
    if (event.kind === 'refused') return { ...nothing, fault: event.issues[0]?.message ?? '' };
    if (event.kind !== 'row') continue;
    const { row } = event;
    const hasSalesforceId = isSalesforceId(row.get('id') ?? undefined);
    return { columns: [...row.columns()], type: row.type ?? file.name, fault: null, hasSalesforceId };
  }
  return nothing;
}

const isSalesforceId = (cell: string | undefined): boolean =>
  /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(cell?.trim() ?? '');

/** A folder and the folders in it; deeper ones are somebody else's. */
const DEEPEST = 2;

interface Listed {
  readonly files: readonly PlannedFile[];
  readonly ignored: DetectedSources['ignored'];
}

function listFiles(path: string): Result<Listed> {
  try {
    if (!statSync(path).isDirectory()) return ok({ files: [{ path, name: basename(path) }], ignored: [] });
    const ignored: { file: string; reason: string }[] = [];
    const files: PlannedFile[] = [];
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true })) {
      const file = join(entry.parentPath, entry.name);
      const name = relative(path, file);
      if (name.split(/[/\\]/).length > DEEPEST || entry.name.startsWith('.')) continue;
      if (entry.isFile()) files.push({ path: file, name });
      else if (entry.isDirectory() && !tableName.test(name)) continue;
      else if (entry.isSymbolicLink() && leadsToFile(file)) files.push({ path: file, name });
      else ignored.push({ file: name, reason: reasonToIgnore(entry) });
    }
    return ok({ files: files.sort((a, b) => (a.name < b.name ? -1 : 1)), ignored });
  } catch (error) {
    return fail(unreadable(basename(path), error).issue);
  }
}

const tableName = /\.(csv|json|ndjson|jsonl|txt)$/i;

function reasonToIgnore(entry: { isDirectory(): boolean; isSymbolicLink(): boolean }): string {
  if (entry.isDirectory()) return 'is a folder, although it is named like a file';
  return entry.isSymbolicLink()
    ? 'is a link that leads to no file, or back to itself'
    : 'is no ordinary file (a pipe, a socket or a device)';
}

/** Folders behind links are not entered: a link may lead back to where it stands. */
function leadsToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
