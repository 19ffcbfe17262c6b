import type { FieldDefinition } from '../../domain/record-fields.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { DEPTH_LIMIT, inspectJson } from '../json/inspect-json.ts';
import { compileDateFormat, type ParsedDate, toDay, toInstant } from '../values/date-format.ts';
import { explainDate } from '../values/explain-date.ts';
import { type Explanation, explainCell, explainNumber } from '../values/explain-number.ts';
import { type DecimalStyle, parseBoolean, parseNumber, readNumber } from '../values/number-format.ts';
import { clockChangeAt } from '../values/zoned-time.ts';

/** A cell that does not fit its field. */
export class BadValue {
  readonly reason: string;
  readonly fix: string | null;
  constructor(reason: string, fix: string | null = null) {
    this.reason = reason;
    this.fix = fix;
  }
}

export type FieldValue = string | number | boolean | Date | object | null;

export interface ValueOptions {
  readonly words: Readonly<Record<string, string>> | undefined;
  readonly otherwise: string | undefined;
  readonly date: string;
  readonly instant: string;
  /** Explicit format of this field; wins over the two above. */
  readonly format: string | undefined;
  readonly zone: string;
  /** Undefined: nobody declared it, so what may be read in two ways is refused. */
  readonly decimal: DecimalStyle | undefined;
  readonly times: number | undefined;
  /** Month, 1-12; default January. */
  readonly fiscalYearStart?: number;
  /** Cuts a cell into a list. */
  readonly split?: string | undefined;
  /** Told when `otherwise` was used for a word. */
  readonly onOtherwise: (word: string) => void;
  /** Told when a clock change skips the time, or makes it occur twice. */
  readonly onClockChange?: (change: 'skipped' | 'repeated') => void;
}

type Converter = (cell: string) => FieldValue | BadValue;

/** Builds the function that turns a cell (never empty, never a null marker) into the value of a field. */
export function compileValue(field: FieldDefinition, options: ValueOptions): Converter {
  const convert = converterOf(field, options);
  if (options.words === undefined) return convert;
  const words = new Map(Object.entries(options.words).map(([from, to]) => [from.trim().toLowerCase(), to]));
  return (cell) => {
    const word = words.get(cell.toLowerCase());
    return convert(word ?? cell);
  };
}

function converterOf(field: FieldDefinition, options: ValueOptions): Converter {
  switch (field.kind) {
    case 'text':
      return (cell) => cell;
    case 'word':
      return wordConverter(field.words, options);
    case 'integer':
    case 'count':
      return numberConverter(options, true);
    case 'money':
    case 'number':
      return numberConverter(options, false);
    case 'boolean':
      return booleanConverter(options);
    case 'date':
      return dateConverter(options);
    case 'instant':
      return instantConverter(options);
    case 'json':
      return options.split === undefined ? readJsonCell : listConverter(options.split);
    case 'reference':
      return () =>
        new BadValue('cannot be read from a column alone', 'write a ref: { ref: account, column: … }');
    default:
      return exhaustive(field);
  }
}

function wordConverter(known: readonly string[], options: ValueOptions): Converter {
  return (cell) => {
    const word = cell.toLowerCase();
    if (known.includes(word)) return word;
    if (options.otherwise !== undefined) {
      options.onOtherwise(cell);
      return options.otherwise;
    }
    const general = explainCell(cell);
    if (general !== null) return bad(general);
    const fix = `say in the mapping what it means: words: { ${JSON.stringify(cell.slice(0, 40))}: … }`;
    return new BadValue(`is none of ${known.join(', ')}`, fix);
  };
}

const bad = ({ reason, fix }: Explanation): BadValue => new BadValue(reason, fix);

function numberConverter(options: ValueOptions, whole: boolean): Converter {
  const { decimal, times } = options;
  const read = (cell: string): number | null => {
    if (decimal !== undefined) return parseNumber(cell, decimal);
    const reading = readNumber(cell);
    return reading.kind === 'number' ? reading.value : null;
  };
  return (cell) => {
    const value = read(cell);
    if (value === null) return bad(explainNumber(cell, decimal ?? null));
    const scaled = times === undefined ? value : round(value * times);
    if (whole && !Number.isInteger(scaled))
      return new BadValue('is not a whole number', 'correct it in the source, or scale it with times');
    return scaled;
  };
}

/** 1100.04 million is 1,100,040,000 and not 1,100,039,999.9999999. */
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function booleanConverter(options: ValueOptions): Converter {
  return (cell) => {
    const value = parseBoolean(cell);
    if (value !== null) return value;
    if (options.otherwise !== undefined) {
      options.onOtherwise(cell);
      return parseBoolean(options.otherwise);
    }
    const general = explainCell(cell);
    if (general !== null) return bad(general);
    const fix = `add it to words in the mapping: words: { ${JSON.stringify(cell.slice(0, 40))}: yes }`;
    return new BadValue('is neither yes nor no', fix);
  };
}

function dateConverter(options: ValueOptions): Converter {
  const format = compileDateFormat(options.format ?? options.date, options.fiscalYearStart);
  return memoised((cell) => {
    const parsed = format.parse(cell);
    return parsed === null ? bad(explainDate(cell, format, 'date')) : toDay(parsed);
  });
}

function instantConverter(options: ValueOptions): Converter {
  const format = compileDateFormat(options.format ?? options.instant, options.fiscalYearStart);
  const isNotable = (parsed: ParsedDate): boolean => parsed.offsetMinutes === null && options.zone !== 'UTC';
  return memoised((cell) => {
    const parsed = format.parse(cell);
    if (parsed === null) return bad(explainDate(cell, format, 'instant'));
    const change = isNotable(parsed) ? clockChangeAt(parsed, options.zone) : null;
    if (change !== null) options.onClockChange?.(change);
    return toInstant(parsed, options.zone);
  });
}

/** A list in one cell, `late payment; no champion`; empty items are none. */
function listConverter(separator: string): Converter {
  return (cell) => {
    if (/^\s*\[/.test(cell)) {
      const value = readJsonCell(cell);
      if (Array.isArray(value)) return value as readonly unknown[];
    }
    return cell
      .split(separator)
      .map((item) => item.trim())
      .filter((item) => item !== '');
  };
}

/** A cell that holds JSON, and what a JSON file has in the field's place. */
function readJsonCell(cell: string): FieldValue | BadValue {
  if (inspectJson(cell).depth > DEPTH_LIMIT)
    return new BadValue(`is nested more than ${DEPTH_LIMIT} levels deep`, 'export flat records');
  try {
    const value: unknown = JSON.parse(cell);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below.
  }
  return new BadValue('is no list and no object', 'add split: ";" to the field if the cell holds a list');
}

/** Event logs repeat the same instant on many neighbouring rows. */
function memoised(convert: Converter): Converter {
  let lastCell: string | undefined;
  let lastValue: FieldValue | BadValue = null;
  return (cell) => {
    if (cell !== lastCell) {
      lastValue = convert(cell);
      lastCell = cell;
    }
    return lastValue;
  };
}
