/**
 * Door of what belongs to a person. In: nothing. Out: for every table of the database, what each column that can hold
 * words means. A test compares it with the migrated database, so a column that nobody thought of stops the build.
 */
import type { TableRule } from './column-rule.ts';
import { ownTableRules } from './own-table-rules.ts';
import { recordRules } from './record-rules.ts';

export const privacyRules: Readonly<Record<string, TableRule>> = { ...recordRules, ...ownTableRules };

/** Columns of a table whose words are searched. */
export function searchedColumns(rule: TableRule): readonly string[] {
  return Object.entries(rule.columns).flatMap(([column, { kind }]) => (kind === 'never' ? [] : [column]));
}
