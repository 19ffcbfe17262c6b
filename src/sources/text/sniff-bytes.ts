/** What the first bytes of a file say that it is, when that is nothing to read as text. */
export interface ForeignFile {
  /** Continues "looks like …". */
  readonly what: string;
  readonly advice: string;
}

interface Signature extends ForeignFile {
  readonly bytes: readonly number[];
}

const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

const unpack = 'unpack it and import the file inside';
const saveAsCsv = 'open it there and save it as "CSV UTF-8"';
const exportAgain = 'export the table again as CSV or JSON';

const signatures: readonly Signature[] = [
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', advice: unpack },
  { bytes: ascii('BZh'), what: 'a bzip2 archive', advice: unpack },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], what: 'a zstd archive', advice: unpack },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], what: 'a 7-Zip archive', advice: unpack },
  { bytes: ascii('Rar!'), what: 'a RAR archive', advice: unpack },
  {
    bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    what: 'a workbook of old Excel (.xls)',
    advice: saveAsCsv,
  },
  { bytes: ascii('%PDF'), what: 'a PDF document', advice: exportAgain },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture (PNG)', advice: exportAgain },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture (JPEG)', advice: exportAgain },
  { bytes: ascii('GIF8'), what: 'a picture (GIF)', advice: exportAgain },
  { bytes: ascii('SQLite format 3\0'), what: 'an SQLite database', advice: exportAgain },
  { bytes: ascii('PAR1'), what: 'a Parquet file', advice: exportAgain },
  { bytes: [0x7f, 0x45, 0x4c, 0x46], what: 'a program', advice: exportAgain },
];

/** How many bytes `foreignFile` and `utf16WithoutMark` want to see. */
export const SNIFFED_BYTES = 4_096;

/** @returns null for what may be text */
export function foreignFile(head: Uint8Array): ForeignFile | null {
  if (startsWith(head, ascii('PK\u0003\u0004'))) return zipOf(head);
  const found = signatures.find(({ bytes }) => startsWith(head, bytes));
  if (found !== undefined) return found;
  const text = Buffer.from(head.subarray(0, 512)).toString('latin1').trimStart().toLowerCase();
  if (/^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype html|html|head|body)\b/.test(text)) {
    return {
      what: 'a web page',
      advice: 'the export probably sent its login page; sign in there and export again',
    };
  }
  return null;
}

/** Office writes its documents as ZIP; the names of the first entries tell them apart. */
function zipOf(head: Uint8Array): ForeignFile {
  const names = Buffer.from(head).toString('latin1');
  if (names.includes('xl/')) return { what: 'an Excel workbook (.xlsx)', advice: saveAsCsv };
  if (names.includes('word/')) return { what: 'a Word document', advice: exportAgain };
  if (names.includes('opendocument.spreadsheet'))
    return { what: 'a spreadsheet of LibreOffice (.ods)', advice: saveAsCsv };
  if (names.includes('[Content_Types].xml'))
    return { what: 'an Office document, probably an Excel workbook (.xlsx)', advice: saveAsCsv };
  return { what: 'a ZIP archive', advice: unpack };
}

/**
 * Latin text in UTF-16 has a zero in every other byte; without its mark it would pass as UTF-8 full of NUL.
 *
 * @returns the encoding's label, or null
 */
export function utf16WithoutMark(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (head.length < 4) return null;
  let even = 0;
  let odd = 0;
  for (const [index, byte] of head.entries()) {
    if (byte !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = head.length / 2;
  if (odd > half * 0.4 && even < half * 0.05) return 'utf-16le';
  if (even > half * 0.4 && odd < half * 0.05) return 'utf-16be';
  return null;
}

/** Three in ten bytes are control characters that no text has. */
export function isMostlyControl(head: Uint8Array): boolean {
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32)) controls += 1;
  return head.length >= 256 && controls * 10 > head.length * 3;
}

function startsWith(head: Uint8Array, bytes: readonly number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}
