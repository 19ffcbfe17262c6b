/**
 * Text of identifiers and literals for statements that take no parameters (policies, views, grants). What goes in comes
 * from the catalogue, never from a person.
 */

/** `"name"`. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `"crm"."orders"`, also from a table that is written `crm.orders`. */
export function tableName(table: string): string {
  return table.split('.').map(identifier).join('.');
}

/** A column of a table, or a view of a schema under the table's whole name. */
export function qualified(owner: string, name: string): string {
  return `${tableName(owner)}.${identifier(name)}`;
}

/** `'words'`; a backslash needs no care, since standard_conforming_strings has been the default since 9.1. */
export function literal(words: string): string {
  return `'${words.replaceAll("'", "''")}'`;
}
