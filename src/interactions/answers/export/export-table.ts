import type { Catalogue } from '../../../catalogue/catalogue.ts';
import type { Role } from '../../../domain/records.ts';
import type { AnswerData, CellValue } from '../../../query/answer-data.ts';

/** The rows of an answer as a file holds them: values, not words for people. */
export interface ExportTable {
  readonly columns: readonly {
    readonly id: string;
    readonly label: string;
    readonly type: AnswerData['columns'][number]['type'];
  }[];
  readonly rows: readonly (readonly CellValue[])[];
  /** Labels of the columns whose personal data is masked for this role. */
  readonly masked: readonly string[];
}

/** Rows of a file, at most; more are told and cut. */
export const mostExportedRows = 10_000;

/** Who gets names, addresses and numbers of people in full: a file leaves Heed's sight. */
const seesPersonalData: readonly Role[] = ['manager', 'admin'];

/** Labels in place of stored words, and personal data masked for everybody but managers and administrators. */
export function exportTable(catalogue: Catalogue, role: Role, data: AnswerData): ExportTable {
  const mayMask = !seesPersonalData.includes(role);
  const isMasked = data.columns.map(
    ({ id, role: columnRole }) =>
      mayMask && columnRole === 'dimension' && catalogue.dimensions.get(id)?.pii === true,
  );
  return {
    columns: data.columns.map(({ id, label, type }) => ({ id, label, type })),
    rows: data.rows.slice(0, mostExportedRows).map((row) =>
      row.map((cell, index) => {
        if (typeof cell !== 'string') return cell;
        if (isMasked[index] === true) return maskPersonal(cell);
        const labels = data.columns[index]?.valueLabels;
        return labels !== undefined && Object.hasOwn(labels, cell) ? (labels[cell] ?? cell) : cell;
      }),
    ),
    masked: data.columns.flatMap(({ label }, index) => (isMasked[index] === true ? [label] : [])),
  };
}

/** `m…@example.com`, `…78`, `M…`: enough to tell two apart, too little to reach anybody. */
export function maskPersonal(text: string): string {
  const [, first, host] = /^\s*(\S)[^@\s]*@(\S+)$/.exec(text) ?? [];
  if (first !== undefined && host !== undefined) return `${first}…@${host}`;
  const digits = text.replaceAll(/\D/g, '');
  if (digits.length >= 6 && /^[\d\s()+./-]+$/.test(text)) return `…${digits.slice(-2)}`;
  const [start = ''] = text.trim();
  return `${start}…`;
}
