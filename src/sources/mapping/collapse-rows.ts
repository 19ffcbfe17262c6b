import type { AnyRecord, TicketEventRecord } from '../../domain/records.ts';
import { recordId } from '../identity.ts';
import { detach } from '../text/detach.ts';
import { compileColumn, compileKey } from './compile-column.ts';
import {
  type Cells,
  type CompileContext,
  type CompiledEntity,
  compileFields,
  type FieldProblem,
  readFields,
} from './compile-entity.ts';

/**
 * Many rows of an event log make one record: the row that is last by the order columns wins, named fields keep their
 * first value, and every row may also become a ticket event. One small state per record is held until the file ends.
 */
export interface Collapser {
  /** @returns the event of this row, if any, or why the row is bad */
  add(
    cells: Cells,
  ): { readonly events: readonly AnyRecord[] } | { readonly problems: readonly FieldProblem[] };
  /** The collapsed records, in order of first appearance. */
  finish(): Iterable<AnyRecord>;
}

/** Kept small, for there is one per record of the file: values without their names, order columns as one text. */
interface Group {
  readonly values: unknown[];
  firstOrder: string;
  lastOrder: string;
  watched: readonly (string | null)[];
}

type EventParts = Pick<TicketEventRecord, 'kind'> & {
  readonly field?: string | null;
  readonly oldValue?: string | null;
  readonly newValue?: string | null;
};

/** @param entity compiled from a spec that has `collapse` */
export function buildCollapser(entity: CompiledEntity, context: CompileContext): Collapser {
  const { collapse } = entity.spec;
  const outOfOrder = `rows of one ${entity.spec.entity} are not in order; the latest by ${(collapse?.order ?? []).join(', ')} wins`;
  const order = (collapse?.order ?? []).map((column) => compileOrder(column, context));
  const first = collapse?.first ?? [];
  const groups = new Map<string, Group>();
  const events = compileEvents(entity, context);
  // Every record of one entity is built by the same readers and so has the same fields in the same order.
  let names: readonly string[] = [];

  return {
    add(cells) {
      const built = entity.build(cells);
      if ('problems' in built) return built;
      const position = order.map((rank) => rank(cells)).join('\n');
      const record = built.record as unknown as Record<string, unknown>;
      const watched = events === null ? [] : events.watch(record, cells);
      const group = groups.get(built.record.id);
      const made =
        events === null ? { events: [] } : events.build(cells, built.record.id, group, watched, position);
      if ('problems' in made) return made;
      const merged = merge(group, record, position, watched);
      if (group === undefined) groups.set(built.record.id, merged);
      return made;
    },
    *finish() {
      for (const { values } of groups.values()) {
        const record = Object.fromEntries(names.map((name, index) => [name, values[index]]));
        yield record as unknown as AnyRecord;
      }
      groups.clear();
    },
  };

  function merge(
    group: Group | undefined,
    record: Readonly<Record<string, unknown>>,
    position: string,
    watched: readonly (string | null)[],
  ): Group {
    if (names.length === 0) names = Object.keys(record);
    const values = Object.values(record).map(kept);
    if (group === undefined) {
      const order = detach(position);
      return { values, firstOrder: order, lastOrder: order, watched: watched.map(keptCell) };
    }
    const isLast = position >= group.lastOrder;
    const isFirst = position < group.firstOrder;
    if (!isLast) context.note('rows-out-of-order', outOfOrder);
    for (const [index, value] of values.entries()) {
      const wins = first.includes(names[index] ?? '') ? isFirst : isLast;
      // Equal values are left in place: replacing them would leave a heap of old objects behind.
      if (wins && !isSame(value, group.values[index])) group.values[index] = value;
    }
    if (isFirst) group.firstOrder = detach(position);
    if (isLast) {
      group.lastOrder = detach(position);
      if (watched.some((value, index) => value !== group.watched[index]))
        group.watched = watched.map(keptCell);
    }
    return group;
  }
}

/** What a group holds until the file ends must not hold the piece of the file that it stood in. */
const kept = (value: unknown): unknown => (typeof value === 'string' ? detach(value) : value);
const keptCell = (cell: string | null): string | null => (cell === null ? null : detach(cell));

function isSame(a: unknown, b: unknown): boolean {
  return a === b || (a instanceof Date && b instanceof Date && a.getTime() === b.getTime());
}

/** Order columns compare as instants in the mapping's format, else as numbers, else as text. */
function compileOrder(column: string, context: CompileContext): (cells: Cells) => string {
  const get = compileColumn(column, context);
  const [reader] = compileFields('ticket_event', { at: [{ column }] }, context);
  return (cells) => {
    const cell = get(cells);
    if (cell === null) return '';
    if (/^\d{1,15}$/.test(cell)) return `n${cell.padStart(15, '0')}`;
    const instant = reader?.read(cells);
    return instant instanceof Date ? `t${instant.toISOString()}` : `x${cell}`;
  };
}

function compileEvents(entity: CompiledEntity, context: CompileContext) {
  const spec = entity.spec.events;
  if (spec === undefined) return null;
  const source = entity.spec.source ?? context.mapping.source;
  const key = compileKey(spec.id, context);
  const readers = compileFields('ticket_event', spec.fields, context);
  const watchers = spec.watch.map((name) => {
    const field = entity.spec.fields[name];
    const column = field?.[0]?.column;
    return { name, get: column === undefined ? () => null : compileColumn(column, context) };
  });

  return {
    /** Status and priority in our words, references as the source's own text. */
    watch(record: Readonly<Record<string, unknown>>, cells: Cells): readonly (string | null)[] {
      return watchers.map(({ name, get }) => {
        const isOurWord = name === 'status' || name === 'priority';
        return isOurWord ? ((record[name] as string | null | undefined) ?? null) : get(cells);
      });
    },
    build(
      cells: Cells,
      ticketId: string,
      group: Group | undefined,
      watched: readonly (string | null)[],
      position: string,
    ): { readonly events: readonly AnyRecord[] } | { readonly problems: readonly FieldProblem[] } {
      const id = key(cells);
      if (id === null)
        return {
          problems: [{ field: spec.id.join(' + '), reason: 'is empty; an event needs an id', value: null }],
        };
      const values = readFields(readers, cells);
      if ('problems' in values) return values;
      const inOrder = group === undefined || position >= group.lastOrder;
      const parts = inOrder
        ? describeChange(group?.watched, watched, spec.watch)
        : { kind: 'updated' as const };
      const record = {
        entity: 'ticket_event',
        id: recordId('ticket_event', source, id),
        source,
        sourceId: id,
        ticketId,
        field: null,
        oldValue: null,
        newValue: null,
        ...parts,
        ...values.fields,
      };
      return { events: [record as unknown as AnyRecord] };
    },
  };
}

const kindOfField: Readonly<Record<string, TicketEventRecord['kind']>> = {
  status: 'status',
  priority: 'priority',
  assigneeId: 'assignee',
};

/** What a row says against the row before it; the first watched field that changed names the event. */
function describeChange(
  before: readonly (string | null)[] | undefined,
  now: readonly (string | null)[],
  names: readonly string[],
): EventParts {
  if (before === undefined) {
    return { kind: 'created', field: names[0] ?? null, oldValue: null, newValue: now[0] ?? null };
  }
  const index = names.findIndex((_, at) => before[at] !== now[at]);
  const field = names[index];
  if (field === undefined) return { kind: 'updated' };
  const oldValue = before[index] ?? null;
  const newValue = now[index] ?? null;
  const wasDone = oldValue === 'solved' || oldValue === 'closed';
  const isDone = newValue === 'solved' || newValue === 'closed';
  const kind = field === 'status' && wasDone && !isDone ? 'reopened' : (kindOfField[field] ?? 'updated');
  return { kind, field: field.replace(/Id$/, ''), oldValue, newValue };
}
