import { type Entity, type FieldDefinition, fieldsOf } from '../../domain/record-fields.ts';

export interface NamedField {
  readonly field: string;
  readonly definition: FieldDefinition;
}

const cache = new Map<Entity, ReadonlyMap<string, NamedField>>();

/**
 * What an item of an entity may be called to hold: `firstRepliedAt`, `first_replied_at`, and for references also the
 * name of what is pointed at (`account` for `accountId`), unless a field of its own has that name.
 */
export function namedFields(entity: Entity): ReadonlyMap<string, NamedField> {
  const known = cache.get(entity);
  if (known) return known;
  const fields = Object.entries(fieldsOf(entity));
  const names = new Map<string, NamedField>();
  for (const [field, definition] of fields) {
    names.set(field, { field, definition });
    names.set(toSnake(field), { field, definition });
  }
  for (const [field, definition] of fields) {
    if (definition.kind !== 'reference') continue;
    for (const short of [field.replace(/Id$/, ''), toSnake(field).replace(/_id$/, '')])
      if (!names.has(short)) names.set(short, { field, definition });
  }
  cache.set(entity, names);
  return names;
}

/** Fields without which a new record cannot be stored. */
export function requiredFields(entity: Entity): readonly string[] {
  return Object.entries(fieldsOf(entity))
    .filter(([, { required }]) => required)
    .map(([field]) => field);
}

const toSnake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
