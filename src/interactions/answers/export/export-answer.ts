import type { Asker } from '../../../access/asker.ts';
import { audit } from '../../../access/audit.ts';
import { filterCatalogue } from '../../../catalogue/filter-catalogue.ts';
import type { ChartSpec } from '../../../domain/chart-data.ts';
import { shortAnswerId } from '../../../messages/answer-actions.ts';
import { buildAnswerChart } from '../../../messages/answer-chart.ts';
import { buildHeadline } from '../../../messages/answer-headline.ts';
import type { Message } from '../../../messages/message.ts';
import { buildNotice } from '../../../messages/notice-message.ts';
import type { AnswerData } from '../../../query/answer-data.ts';
import { dataVersionOf } from '../../../query/data-version.ts';
import type { QueryPlan } from '../../../query/metric-query.ts';
import { runQuery } from '../../../query/run-query.ts';
import { exhaustive } from '../../../toolkit/exhaustive.ts';
import type { AnswerDeps, Surface } from '../../answer-deps.ts';
import { answerViewOf } from '../../answer-view-of.ts';
import { queryContext } from '../../query-context.ts';
import { type FoundAnswer, findAnswer } from '../find-answer.ts';
import { type ExportTable, exportTable, mostExportedRows } from './export-table.ts';
import { writeCsv } from './write-csv.ts';

export const exportFormats = ['csv', 'xlsx', 'json', 'png'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Writes a workbook of one sheet; absent where no writer for it is installed. */
export type WriteWorkbook = (table: ExportTable) => Promise<Uint8Array>;

export interface ExportDeps extends AnswerDeps {
  readonly writeWorkbook?: WriteWorkbook;
}

export interface ExportRequest {
  readonly asker: Asker;
  readonly surface: Surface;
  /** Whole or short; null: the newest answer of the asker. */
  readonly answerId: string | null;
  readonly format: ExportFormat;
}

export type Exported =
  | {
      readonly kind: 'file';
      readonly fileName: string;
      readonly content: Uint8Array;
      /** What the file holds, in a sentence or two. */
      readonly words: string;
      readonly question: string;
    }
  | { readonly kind: 'chart'; readonly spec: ChartSpec; readonly words: string; readonly question: string }
  | { readonly kind: 'refused'; readonly message: Message };

/** A file may take longer than an answer. */
const limitMs = 20_000;

/**
 * Runs the plan of a kept answer again, under the rights of whoever asks for the file and with more rows than a message
 * shows, and writes it down. Audited, whoever gets it.
 */
export async function exportAnswer(deps: ExportDeps, request: ExportRequest): Promise<Exported> {
  const { asker, format } = request;
  const found = await findAnswer(deps, asker, request.answerId);
  if (!found.ok) return { kind: 'refused', message: found.message };
  if (format === 'xlsx' && deps.writeWorkbook === undefined) return { kind: 'refused', message: noWorkbook };
  const { plan } = found.value;
  // A picture shows what the message showed.
  const wider: QueryPlan = format === 'png' ? plan : { ...plan, limit: mostExportedRows };
  const result = await runQuery({ ...queryContext(deps, asker), limitMs }, wider);
  if (!result.ok)
    return { kind: 'refused', message: buildNotice(result.issues.map(({ message }) => message).join(' ')) };
  const table = exportTable(filterCatalogue(deps.catalogue, asker.role), asker.role, result.value);
  const exported = await write(deps, request, found.value, result.value, table);
  if (exported.kind !== 'refused') await note(deps, request, found.value, table);
  return exported;
}

async function write(
  deps: ExportDeps,
  { asker, format }: ExportRequest,
  found: FoundAnswer,
  data: AnswerData,
  table: ExportTable,
): Promise<Exported> {
  const { question } = found.kept;
  const file = (content: Uint8Array): Exported => ({
    kind: 'file',
    fileName: `${fileNameOf(question)}-${shortAnswerId(found.kept.id)}.${format}`,
    content,
    words: wordsOf(data, table),
    question,
  });
  switch (format) {
    case 'csv':
      return file(Buffer.from(writeCsv(table)));
    case 'json':
      return file(Buffer.from(writeJson(found, data, table)));
    case 'xlsx':
      return deps.writeWorkbook === undefined
        ? { kind: 'refused', message: noWorkbook }
        : file(await deps.writeWorkbook(table));
    case 'png': {
      const spec = chartOf(deps, asker, found, data, table);
      return spec === null
        ? { kind: 'refused', message: noChart }
        : { kind: 'chart', spec, words: wordsOf(data, table), question };
    }
    default:
      return exhaustive(format);
  }
}

/** What was asked and how it was computed goes with the rows; the statement stays in the store. */
function writeJson({ kept, plan }: FoundAnswer, data: AnswerData, table: ExportTable): string {
  const { provenance } = data;
  const { time, comparedTime, filters, scope, rowsRead, freshness, catalogueVersion, metrics } = provenance;
  return `${JSON.stringify(
    {
      answer: kept.id,
      question: kept.question,
      plan,
      provenance: {
        metrics,
        time,
        comparedTime,
        filters,
        scope,
        rowsRead,
        freshness,
        catalogueVersion,
        dataVersion: dataVersionOf(provenance),
      },
      truncated: data.truncated,
      maskedColumns: table.masked,
      columns: table.columns,
      rows: table.rows,
    },
    null,
    2,
  )}\n`;
}

function chartOf(
  deps: ExportDeps,
  asker: Asker,
  { kept, plan }: FoundAnswer,
  data: AnswerData,
  table: ExportTable,
): ChartSpec | null {
  const shown: AnswerData = table.masked.length === 0 ? data : { ...data, rows: table.rows };
  const view = answerViewOf(filterCatalogue(deps.catalogue, asker.role), shown, {
    question: kept.question,
    plan: plan.kind === 'metric' ? { ...plan, chart: 'auto' } : plan,
    planner: 'an export',
    notes: [],
    answerId: kept.id,
    zone: asker.zone,
  });
  return buildAnswerChart(view, buildHeadline(view).text);
}

function wordsOf(data: AnswerData, { rows, masked }: ExportTable): string {
  const count = `${rows.length.toLocaleString('en-US')} ${rows.length === 1 ? 'row' : 'rows'}.`;
  const cut = data.truncated
    ? ` There are more: a file holds at most ${mostExportedRows.toLocaleString('en-US')}, so filter the answer to get the rest.`
    : '';
  const hidden =
    masked.length === 0 ? '' : ` Personal data is masked for your role in: ${masked.join(', ')}.`;
  return `${count}${cut}${hidden} Computed just now, with your rights: ${data.provenance.scope}.`;
}

/** Safe on every file system. */
function fileNameOf(question: string): string {
  const name = question
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replaceAll(/^-+|-+$/g, '');
  return name === '' ? 'answer' : name;
}

async function note(
  deps: ExportDeps,
  { asker, format, surface }: ExportRequest,
  { kept }: FoundAnswer,
  table: ExportTable,
): Promise<void> {
  await deps.store.transaction((trx) =>
    audit(trx, {
      at: deps.clock.now(),
      actorId: asker.personId,
      action: 'export',
      subject: kept.id,
      detail: {
        format,
        rows: table.rows.length,
        columns: table.columns.map(({ id }) => id),
        maskedColumns: table.masked,
        platform: surface.platform,
        conversation: surface.conversation,
      },
    }),
  );
}

const noWorkbook = buildNotice(
  'Excel files cannot be written by this installation: the part that writes them is not installed. Take CSV; Excel opens it.',
);
const noChart = buildNotice(
  'There is no chart for this answer: it is one number, a list, or has too many groups. Take CSV or JSON.',
);
