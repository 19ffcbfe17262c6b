import pg from 'pg';

/** Object identifiers of Postgres types that we read in our own way (pg_type.dat). */
const OID = {
  int8: 20,
  date: 1082,
  timestamp: 1114,
  interval: 1186,
  numeric: 1700,
  int8Array: 1016,
  dateArray: 1182,
  numericArray: 1231,
  textArray: 1009,
} as const;

type Parse = (text: string) => unknown;

const parserOf = pg.types.getTypeParser as (oid: number, format?: 'text' | 'binary') => Parse;
const parseTextArray = parserOf(OID.textArray) as (text: string) => (string | null)[];
const arrayOf =
  (parse: Parse): Parse =>
  (text) =>
    parseTextArray(text).map((item) => (item === null ? null : parse(item)));
const asText: Parse = (text) => text;

/**
 * bigint and numeric as a JavaScript number. Larger than a double can hold exactly is an error, not a wrong figure;
 * the schema's widest money, numeric(18, 2), stays exact up to 90 trillion.
 */
function parseNumber(text: string): number {
  const value = Number(text);
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new RangeError(`${text} does not fit a number exactly`);
  return value;
}

const own = new Map<number, Parse>([
  [OID.int8, parseNumber],
  [OID.numeric, parseNumber],
  // A calendar day is not an instant: `2026-03-29` stays text whatever the zone of this process.
  [OID.date, asText],
  // Wall time without zone (date_trunc at time zone …) is not an instant either.
  [OID.timestamp, asText],
  [OID.interval, asText],
  [OID.int8Array, arrayOf(parseNumber)],
  [OID.numericArray, arrayOf(parseNumber)],
  [OID.dateArray, parseTextArray],
]);

/** Parsers of a pool: the same on every engine, and never set globally. timestamptz reads as Date, jsonb parsed. */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    own.get(oid) ?? parserOf(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
};
