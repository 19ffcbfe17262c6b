import type { Form } from '../../../messages/form.ts';
import { type ExportFormat, exportFormats } from './export-answer.ts';

/** Name of the form that asks for the kind of file. */
export const exportForm = 'export-answer';

const labels: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV: a table for any program',
  xlsx: 'XLSX: Excel',
  json: 'JSON: rows with how they were computed',
  png: 'PNG: the chart',
};

/** The dialog behind "Export". */
export function buildExportForm(answerId: string, { hasWorkbook }: { readonly hasWorkbook: boolean }): Form {
  const offered = exportFormats.filter((format) => format !== 'xlsx' || hasWorkbook);
  return {
    form: exportForm,
    title: 'Export this answer',
    submit: 'Export',
    intro: [
      'The answer is computed again with your rights, up to 10,000 rows. The file comes into this thread, or to you alone where not everybody may see the rows.',
    ],
    fields: [
      {
        kind: 'choice',
        id: 'format',
        label: 'Kind of file',
        initial: 'csv',
        options: offered.map((value) => ({ value, label: labels[value] })),
      },
    ],
    state: answerId,
  };
}

export function readExportFormat(word: string | undefined): ExportFormat | null {
  return exportFormats.find((format) => format === word?.toLowerCase()) ?? null;
}
