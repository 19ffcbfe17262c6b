import { type FieldDefinition, fieldsOf } from '../../domain/record-fields.ts';
import type { Entity } from '../../domain/records.ts';
import { recordId, salesforceSource } from '../identity.ts';
import { BadValue, compileValue, type FieldValue } from '../mapping/compile-value.ts';
import type { SalesforceRow } from './salesforce-row.ts';

/**
 * How one of our fields is read from an export: the first of the columns that the export has. An empty cell clears the
 * field, except where `keepWhenEmpty` says that another source may know better.
 */
export interface FieldRule {
  readonly columns: readonly string[];
  readonly words?: Readonly<Record<string, string>>;
  readonly otherwise?: string;
  readonly times?: number;
  readonly keepWhenEmpty?: true;
}

export type FieldRules = Readonly<Record<string, FieldRule>>;

export interface FieldProblem {
  readonly field: string;
  readonly reason: string;
  readonly value: string | null;
}

type Read = (row: SalesforceRow) => FieldValue | BadValue | undefined;

export interface FieldReader {
  /** @returns the fields that the row has, or why it cannot be read */
  read(
    row: SalesforceRow,
  ): { readonly fields: Record<string, FieldValue> } | { readonly problem: FieldProblem };
}

/** Short form of a rule: the columns, best first, lower case. */
export const from = (...columns: readonly string[]): FieldRule => ({ columns });

/** @param onNote told when a word was read as the default */
export function compileRules(
  entity: Entity,
  rules: FieldRules,
  onNote: (message: string) => void,
): FieldReader {
  const definitions = fieldsOf(entity);
  const readers = Object.entries(rules).flatMap(([name, rule]) => {
    const definition = definitions[name];
    return definition === undefined
      ? []
      : [{ name, rule, definition, read: compileRule(rule, definition, onNote) }];
  });
  return {
    read(row) {
      const fields: Record<string, FieldValue> = {};
      for (const { name, rule, definition, read } of readers) {
        const value = read(row);
        if (value instanceof BadValue) {
          const column = presentColumn(row, rule.columns) ?? rule.columns[0] ?? name;
          return { problem: { field: column, reason: value.reason, value: row.get(column) ?? null } };
        }
        if (value === undefined || (value === null && rule.keepWhenEmpty)) continue;
        if (value === null && definition.required) continue;
        fields[name] = value;
      }
      return { fields };
    },
  };
}

function compileRule(rule: FieldRule, definition: FieldDefinition, onNote: (message: string) => void): Read {
  const cellOf = (row: SalesforceRow): string | null | undefined => {
    const column = presentColumn(row, rule.columns);
    return column === null ? undefined : row.get(column);
  };
  if (definition.kind === 'reference') {
    const entity = definition.to;
    return (row) => {
      const cell = cellOf(row);
      return typeof cell === 'string' ? recordId(entity, salesforceSource, cell) : cell;
    };
  }
  const convert = compileValue(definition, {
    words: rule.words,
    otherwise: rule.otherwise,
    date: 'iso',
    instant: 'iso',
    format: undefined,
    // Salesforce exports times in UTC unless they carry an offset (Data Loader guide, "Configure").
    zone: 'UTC',
    decimal: '.',
    times: rule.times,
    onOtherwise: (word) =>
      onNote(`${rule.columns[0] ?? ''} "${word}" is not known; read as "${rule.otherwise ?? ''}"`),
  });
  return (row) => {
    const cell = cellOf(row);
    return typeof cell === 'string' ? convert(definition.kind === 'date' ? dayOf(cell) : cell) : cell;
  };
}

/** A date field is sometimes filled from a date and time. */
const dayOf = (cell: string): string => (/^\d{4}-\d{2}-\d{2}T/.test(cell) ? cell.slice(0, 10) : cell);

/** First column with a value; else the first that exists; null when there is none. */
export function presentColumn(row: SalesforceRow, columns: readonly string[]): string | null {
  let existing: string | null = null;
  for (const column of columns) {
    const cell = row.get(column);
    if (typeof cell === 'string') return column;
    if (cell === null) existing ??= column;
  }
  return existing;
}
