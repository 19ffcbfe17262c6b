import type { CellValue } from '../../../query/answer-data.ts';
import type { ExportTable } from './export-table.ts';

/** Without it Excel reads UTF-8 as the code page of the machine. */
const byteOrderMark = '\uFEFF';

/**
 * A table as CSV (RFC 4180, CRLF). Numbers are written plainly; a text that a spreadsheet would take for a formula gets
 * an apostrophe in front (OWASP, CSV injection: `= + - @`, tab and carriage return at the start of a cell, also after
 * blanks and in their full-width forms).
 */
export function writeCsv({ columns, rows }: ExportTable): string {
  const lines = [columns.map(({ label }) => label), ...rows].map((row) => row.map(writeCell).join(','));
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`;
}

function writeCell(cell: CellValue): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = isFormula(cell) ? `'${cell}` : cell;
  return /[",\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether a spreadsheet may evaluate a text instead of showing it. */
function isFormula(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n|%]/u.test(text);
}
