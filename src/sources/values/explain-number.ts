import { type DecimalStyle, readNumber } from './number-format.ts';

/** Why a cell does not fit, and what to do about it. */
export interface Explanation {
  readonly reason: string;
  readonly fix: string;
}

const nothings: ReadonlySet<string> = new Set([
  'n/a',
  'na',
  'n.a.',
  'null',
  'nil',
  'none',
  'nan',
  '-',
  '--',
  '\u2013',
  '\u2014',
  '?',
  'unknown',
  'undefined',
  'tbd',
  'k.a.',
  '#n/a',
]);

/** What people write where they know nothing. */
export const isNothing = (text: string): boolean => nothings.has(text.trim().toLowerCase());

/** Explains every cell that is not fit to be read, whatever its field; null when nothing general can be said. */
export function explainCell(text: string): Explanation | null {
  if (isNothing(text)) {
    const fix = `add nulls: [${JSON.stringify(text)}] to the mapping if it means that nothing is known`;
    return { reason: 'is a word for nothing', fix };
  }
  if (/^#(?:REF|VALUE|DIV\/0|NAME|NUM|NULL|SPILL|CALC)[!?]?/i.test(text))
    return { reason: 'is an error of the spreadsheet', fix: 'repair the cell there and export again' };
  if (/^#{2,}$/.test(text))
    return { reason: 'was cut by a column too narrow', fix: 'widen the column and export again' };
  if (/^(?:\[.*\]|\{.*\})$/s.test(text))
    return {
      reason: 'is a list or an object, not one value',
      fix: 'name the place inside it in the mapping, for example amount[0] or amount.value',
    };
  if (/^=/.test(text))
    return { reason: 'is a formula', fix: 'save the values instead of the formulas and export again' };
  return null;
}

/** @param decimal null when nobody declared it */
export function explainNumber(text: string, decimal: DecimalStyle | null): Explanation {
  const general = explainCell(text);
  if (general !== null) return general;
  if (/^[+\-\u2212]?(?:inf|infinity|\u221e|1\.#inf)$/i.test(text))
    return { reason: 'is infinite', fix: 'correct it in the source; often something was divided by zero' };
  if (/^[+\-\u2212]?\d+(?:\.\d*)?[eE]\+?\d{3,}$/.test(text))
    return { reason: 'is larger than any number that can be stored', fix: 'correct it in the source' };
  const read = readNumber(text);
  if (read.kind === 'ambiguous') {
    const reason = `may be ${plain(read.point)} or ${plain(read.comma)}`;
    return { reason, fix: 'say which: decimal: "." or decimal: "," in the mapping' };
  }
  if (decimal !== null && read.kind === 'number') {
    const other = decimal === '.' ? ',' : '.';
    const reason = `is not a number written with "${decimal}" for decimals`;
    return { reason, fix: `write decimal: "${other}" in the mapping if it means ${plain(read.value)}` };
  }
  if (/\d\s*[-\u2013]\s*\d/.test(text))
    return { reason: 'is a range, not a number', fix: 'write one number' };
  if (/\d\s?(?:k|m|mm|mn|bn|b|tsd|mio)\.?$/i.test(text))
    return { reason: 'is abbreviated', fix: 'write all digits, or use times: 1000000 in the mapping' };
  const style = decimal === null ? '' : ` written with "${decimal}" for decimals`;
  return { reason: `is not a number${style}`, fix: 'correct it in the source' };
}

const plain = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
