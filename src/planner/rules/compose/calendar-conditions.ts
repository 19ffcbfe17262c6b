import { findWay } from '../../../catalogue/paths.ts';
import type { Draft } from './draft.ts';
import { refuse } from './problem.ts';

/**
 * "Opened on weekends", "chats after 6 pm": the weekday or hour of the rows' own time is a condition on them.
 *
 * @throws Unplannable when no such part of the calendar is kept for these rows
 */
export function addCalendarParts(draft: Draft): void {
  const { catalogue, entity, understood, where, metrics } = draft;
  for (const { unit, values, isNot, words } of understood.calendar) {
    const dimension = [...catalogue.dimensions.values()].find(
      (one) => one.calendar === unit && one.filterable && findWay(catalogue, entity, one) !== null,
    );
    if (dimension === undefined)
      throw refuse(
        'no_field',
        `${words}: ${unit === 'weekday' ? 'the weekday' : 'the hour'} of ${catalogue.entities.get(entity)?.label.many ?? entity}`,
        metrics.map(({ id }) => id),
      );
    where.push({ any: [{ dimension: dimension.id, op: isNot ? 'not_in' : 'in', values: [...values] }] });
  }
}
