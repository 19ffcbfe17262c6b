import type { Entity } from '../../domain/records.ts';
import { recordId, salesforceSource, sourceKey } from '../identity.ts';
import { compileDateFormat, toDay, toInstant } from '../values/date-format.ts';
import { parseBoolean, parseNumber } from '../values/number-format.ts';

/** A value of a row that cannot be read; the reader turns it into a reject. */
export class BadField extends Error {
  readonly field: string;
  readonly value: string;
  constructor(field: string, value: string, reason: string) {
    super(reason);
    this.name = 'BadField';
    this.field = field;
    this.value = value;
  }
}

const iso = compileDateFormat('iso');

/**
 * One row of a Salesforce export by column names, case ignored. Getters give null for an absent or empty column.
 *
 * @throws BadField from `need`, `instant`, `day`, `number` and `boolean`
 */
export class Row {
  private readonly cells: ReadonlyMap<string, string>;

  /** @param columns in the order of `values`; JSON values of other types are written as text */
  constructor(columns: readonly string[], values: readonly unknown[]) {
    this.cells = new Map(columns.map((column, index) => [column.toLowerCase(), textOf(values[index])]));
  }

  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const value = this.cells.get(name.toLowerCase())?.trim();
      if (value !== undefined && value !== '') return value;
    }
    return null;
  }

  need(name: string): string {
    const value = this.text(name);
    if (value === null) throw new BadField(name, '', 'is missing');
    return value;
  }

  /** Key of the row as it is stored. */
  key(name = 'Id'): string {
    return sourceKey(salesforceSource, this.need(name));
  }

  ref(entity: Entity, name: string): string | null {
    const value = this.text(name);
    return value === null ? null : recordId(entity, salesforceSource, value);
  }

  instant(...names: readonly string[]): Date | null {
    return this.read(
      names,
      (text) => {
        const parsed = iso.parse(text);
        return parsed === null ? null : toInstant(parsed, 'UTC');
      },
      'is not a date and time such as 2026-08-22T16:46:08.000+0000; for other formats use a mapping',
    );
  }

  day(name: string): string | null {
    return this.read(
      [name],
      (text) => {
        const parsed = iso.parse(text);
        return parsed === null ? null : toDay(parsed);
      },
      'is not a date such as 2026-08-22; for other formats use a mapping',
    );
  }

  number(...names: readonly string[]): number | null {
    return this.read(names, (text) => parseNumber(text, '.'), 'is not a number such as 1,200.50');
  }

  boolean(name: string): boolean | null {
    return this.read([name], parseBoolean, 'is neither true nor false');
  }

  private read<T>(names: readonly string[], parse: (text: string) => T | null, reason: string): T | null {
    const name = names.find((one) => this.text(one) !== null);
    if (name === undefined) return null;
    const text = this.text(name) ?? '';
    const value = parse(text);
    if (value === null) throw new BadField(name, text, reason);
    return value;
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean);
}
