import type { FieldDefinition } from '../../domain/record-fields.ts';
import { exhaustive } from '../../toolkit/exhaustive.ts';
import { compileDateFormat, type DateFormat, toDay, toInstant } from '../values/date-format.ts';
import { type DecimalStyle, parseBoolean, parseNumber } from '../values/number-format.ts';

/** A cell that does not fit its field. */
export class BadValue {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

export type FieldValue = string | number | boolean | Date | null;

export interface ValueOptions {
  readonly words: Readonly<Record<string, string>> | undefined;
  readonly otherwise: string | undefined;
  readonly date: string;
  readonly instant: string;
  /** Explicit format of this field; wins over the two above. */
  readonly format: string | undefined;
  readonly zone: string;
  readonly decimal: DecimalStyle;
  readonly times: number | undefined;
  /** Told when `otherwise` was used for a word. */
  readonly onOtherwise: (word: string) => void;
}

/** Builds the function that turns a cell (never empty, never a null marker) into the value of a field. */
export function compileValue(
  field: FieldDefinition,
  options: ValueOptions,
): (cell: string) => FieldValue | BadValue {
  const convert = converterOf(field, options);
  if (options.words === undefined) return convert;
  const words = new Map(Object.entries(options.words).map(([from, to]) => [from.trim().toLowerCase(), to]));
  return (cell) => {
    const word = words.get(cell.toLowerCase());
    return convert(word ?? cell);
  };
}

function converterOf(field: FieldDefinition, options: ValueOptions): (cell: string) => FieldValue | BadValue {
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
    case 'reference':
      return () => new BadValue('cannot be read from a single column');
    default:
      return exhaustive(field);
  }
}

function wordConverter(known: readonly string[], options: ValueOptions) {
  return (cell: string): FieldValue | BadValue => {
    const word = cell.toLowerCase();
    if (known.includes(word)) return word;
    if (options.otherwise !== undefined) {
      options.onOtherwise(cell);
      return options.otherwise;
    }
    return new BadValue(`is none of ${known.join(', ')}; add it under words`);
  };
}

function numberConverter(options: ValueOptions, whole: boolean) {
  return (cell: string): FieldValue | BadValue => {
    const value = parseNumber(cell, options.decimal);
    if (value === null) return new BadValue(`is not a number written with "${options.decimal}" for decimals`);
    const scaled = options.times === undefined ? value : round(value * options.times);
    if (whole && !Number.isInteger(scaled)) return new BadValue('is not a whole number');
    return scaled;
  };
}

/** 1100.04 million is 1,100,040,000 and not 1,100,039,999.9999999. */
const round = (value: number): number => Math.round(value * 1e4) / 1e4;

function booleanConverter(options: ValueOptions) {
  return (cell: string): FieldValue | BadValue => {
    const value = parseBoolean(cell);
    if (value !== null) return value;
    if (options.otherwise !== undefined) {
      options.onOtherwise(cell);
      return parseBoolean(options.otherwise);
    }
    return new BadValue('is neither yes nor no; add it under words');
  };
}

function dateConverter(options: ValueOptions) {
  const format = compileDateFormat(options.format ?? options.date);
  return memoised((cell) => {
    const parsed = format.parse(cell);
    return parsed === null ? badDate(format) : toDay(parsed);
  });
}

function instantConverter(options: ValueOptions) {
  const format = compileDateFormat(options.format ?? options.instant);
  return memoised((cell) => {
    const parsed = format.parse(cell);
    return parsed === null ? badDate(format) : toInstant(parsed, options.zone);
  });
}

const badDate = (format: DateFormat): BadValue =>
  new BadValue(
    format.pattern === 'iso' ? 'is not an ISO 8601 date' : `is not a date written as ${format.pattern}`,
  );

/** Event logs repeat the same instant on many neighbouring rows. */
function memoised(convert: (cell: string) => FieldValue | BadValue) {
  let lastCell: string | undefined;
  let lastValue: FieldValue | BadValue = null;
  return (cell: string): FieldValue | BadValue => {
    if (cell !== lastCell) {
      lastValue = convert(cell);
      lastCell = cell;
    }
    return lastValue;
  };
}
