import { nearest } from '../../toolkit/nearest.ts';
import { headerKey, looseHeaderKey, shownColumns } from '../csv/check-header.ts';
import type { Cells, CompileContext } from './compile-entity.ts';

export type Getter = (cells: Cells) => string | null;

/** Finds columns by the names that a mapping gives them. */
export interface ColumnIndex {
  readonly names: readonly string[];
  /** @returns the position of a column, by its name or one of its aliases; -1 when the file has none of them */
  find(column: string): number;
  /** How the file itself calls the column. */
  nameOf(column: string): string;
}

/**
 * Names compare without case and outer blanks; where that finds nothing, also without what joins words, so that
 * `customer_id` finds `CustomerID` and `Customer Id`, unless two columns differ in nothing else.
 *
 * @param aliases other names of a column, tried in their order
 */
export function indexColumns(
  names: readonly string[],
  aliases: Readonly<Record<string, readonly string[]>>,
): ColumnIndex {
  const exact = new Map(names.map((name, index) => [headerKey(name), index]));
  const loose = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const key = looseHeaderKey(name);
    loose.set(key, loose.has(key) ? -1 : index);
  }
  const findName = (name: string): number =>
    exact.get(headerKey(name)) ?? loose.get(looseHeaderKey(name)) ?? -1;
  const found = new Map<string, number>();
  const find = (column: string): number => {
    const known = found.get(column);
    if (known !== undefined) return known;
    const others = Object.hasOwn(aliases, column) ? (aliases[column] ?? []) : [];
    const index = [column, ...others].map(findName).find((one) => one !== -1) ?? -1;
    found.set(column, index);
    return index;
  };
  return { names, find, nameOf: (column) => names[find(column)] ?? column };
}

/** Columns of a record that may have any keys: each path that is asked for is a column. */
export function openColumns(aliases: Readonly<Record<string, readonly string[]>>): ColumnIndex & {
  /** The paths of each column: its own, then its aliases. */
  readonly paths: readonly (readonly string[])[];
} {
  const names: string[] = [];
  const paths: (readonly string[])[] = [];
  const found = new Map<string, number>();
  return {
    names,
    paths,
    nameOf: (column) => column,
    find(column) {
      const known = found.get(column);
      if (known !== undefined) return known;
      found.set(column, names.length);
      names.push(column);
      paths.push([column, ...(Object.hasOwn(aliases, column) ? (aliases[column] ?? []) : [])]);
      return names.length - 1;
    },
  };
}

/** A column that the file lacks goes to `context.issues`. */
export function compileColumn(column: string, context: CompileContext): Getter {
  const { columns } = context;
  const index = columns.find(column);
  if (index === -1) {
    const suggestions = nearest(column, columns.names);
    // Said once: a file in another language lacks them all.
    const isFirst = context.issues.every(({ code }) => code !== 'unknown-column');
    const others = isFirst ? `; its columns are ${shownColumns(columns.names)}` : '';
    const hint = isFirst
      ? `; correct the name in the mapping, or add aliases: { ${column}: [its name] } to the file there`
      : '';
    context.issues.push({
      code: 'unknown-column',
      path: context.path,
      message: `has no column "${column}", which the mapping reads${others}${hint}`,
      ...(suggestions.length > 0 ? { suggestions } : {}),
    });
  }
  return (cells) => cells[index] ?? null;
}

/** Key of several columns; null as soon as one is empty. */
export function compileKey(columns: readonly string[], context: CompileContext): Getter {
  const getters = columns.map((column) => compileColumn(column, context));
  const [only] = getters;
  if (getters.length === 1 && only !== undefined) return only;
  return (cells) => {
    const values = getters.map((getter) => getter(cells));
    return values.includes(null) ? null : values.join('/');
  };
}
