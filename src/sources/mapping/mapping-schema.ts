import { z } from 'zod';
import { fieldsOf, recordFields } from '../../domain/record-fields.ts';
import type { Entity } from '../../domain/records.ts';
import { nearest } from '../../toolkit/nearest.ts';
import { compileDateFormat } from '../values/date-format.ts';
import { isZone } from '../values/zoned-time.ts';

/** The mapping file, version 1; docs/guides/mapping.md explains it with an example. */

const entities = Object.keys(recordFields) as [Entity, ...Entity[]];
const name = z.string().trim().min(1);
const columns = z
  .union([name, z.array(name).min(1)])
  .transform((one) => (typeof one === 'string' ? [one] : one));

const format = name.superRefine((pattern, context) => {
  try {
    compileDateFormat(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.addIssue({ code: 'custom', message: `${why}; write for example M/d/yyyy or d/M/yyyy HH:mm` });
  }
});

const zone = name.refine(isZone, { message: 'is not a time zone; write for example Europe/Berlin or UTC' });

/** YAML reads `Won: true` as a boolean and `1: high` as a number key; both are meant as words. */
const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const words = z.record(z.string(), word);

const constant = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const field = z.union([
  name.transform((column) => ({ column })),
  z
    .strictObject({
      column: name.optional(),
      constant: constant.optional(),
      template: name.optional(),
      join: z.array(name).min(1).optional(),
      with: z.string().optional(),
      ref: z.enum(entities).optional(),
      columns: columns.optional(),
      source: name.optional(),
      by: z.enum(['id', 'name']).optional(),
      words: words.optional(),
      otherwise: word.optional(),
      format: format.optional(),
      zone: zone.optional(),
      decimal: z.enum(['.', ',']).optional(),
      times: z.number().optional(),
    })
    .superRefine((spec, context) => {
      const kinds = ['constant', 'template', 'join', 'ref'].filter((key) => key in spec);
      if (kinds.length > 1)
        context.addIssue({ code: 'custom', message: `has both ${kinds.join(' and ')}; keep one` });
      if (kinds.length === 0 && spec.column === undefined) {
        context.addIssue({ code: 'custom', message: 'needs a column, constant, template, join or ref' });
      }
      if (spec.ref !== undefined && spec.column === undefined && spec.columns === undefined) {
        context.addIssue({ code: 'custom', message: 'a ref needs the column that holds the key' });
      }
    }),
]);

const condition = z.union([
  name.transform((column) => ({ column, in: undefined, notIn: undefined })),
  z.strictObject({
    column: name,
    in: z.array(word).optional(),
    notIn: z.array(word).optional(),
  }),
]);

const entity = z
  .strictObject({
    entity: z.enum(entities),
    id: columns,
    /** Of whom the ids are; default the mapping's source. Ids of Salesforce are brought to their long form. */
    source: name.optional(),
    when: condition.optional(),
    /** Many rows name the same record: the first one is taken, the others are not compared. */
    distinct: z.boolean().optional(),
    fields: z.record(z.string(), field),
    collapse: z.strictObject({ order: columns, first: z.array(name).optional() }).optional(),
    events: z
      .strictObject({
        id: columns,
        fields: z.record(z.string(), field),
        watch: z.array(name).min(1),
      })
      .optional(),
  })
  .superRefine((spec, context) => {
    checkFields(spec.entity, Object.keys(spec.fields), ['fields'], context);
    for (const [key, definition] of Object.entries(recordFields[spec.entity])) {
      if (definition.required && !(key in spec.fields)) {
        context.addIssue({
          code: 'custom',
          path: ['fields'],
          message: `${spec.entity} needs the field ${key}`,
        });
      }
    }
    if (spec.events !== undefined) {
      if (spec.entity !== 'ticket' || spec.collapse === undefined) {
        const message =
          'events belong to a ticket with collapse; map ticket_event as an entity of its own otherwise';
        context.addIssue({ code: 'custom', path: ['events'], message });
      }
      checkFields('ticket_event', Object.keys(spec.events.fields), ['events', 'fields'], context);
      checkFields(spec.entity, spec.events.watch, ['events', 'watch'], context);
      if (!('at' in spec.events.fields)) {
        context.addIssue({ code: 'custom', path: ['events', 'fields'], message: 'events need the field at' });
      }
    }
    checkFields(spec.entity, spec.collapse?.first ?? [], ['collapse', 'first'], context);
  });

function checkFields(
  of: Entity,
  names: readonly string[],
  path: string[],
  context: { addIssue(issue: { code: 'custom'; path: string[]; message: string }): void },
): void {
  const known = fieldsOf(of);
  for (const key of names) {
    if (key in known && key !== 'raw') continue;
    const similar = nearest(key, Object.keys(known));
    const hint = similar.length > 0 ? `; did you mean ${similar.join(' or ')}?` : '';
    context.addIssue({ code: 'custom', path, message: `${of} has no field "${key}"${hint}` });
  }
}

const file = z.strictObject({
  /** File name; `*` stands for any characters. */
  file: name,
  /** Not an error when it is missing. */
  optional: z.boolean().default(false),
  delimiter: z.string().length(1).optional(),
  encoding: name.optional(),
  /** column -> wrong value -> right value; applied before all else and reported. */
  renames: z.record(z.string(), words).default({}),
  entities: z.array(entity).min(1),
});

export const mappingSchema = z.strictObject({
  version: z.literal(1),
  /** Names the records' source; ids are derived from it, so it must not change later. */
  source: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'is lower case letters, digits and hyphens'),
  description: z.string().optional(),
  zone: zone.default('UTC'),
  /** Default formats of dates and of instants. */
  date: format.default('iso'),
  instant: format.default('iso'),
  decimal: z.enum(['.', ',']).default('.'),
  /** Cells that mean nothing; an empty cell always does. */
  nulls: z.array(word).default([]),
  /** `allow`: bad rows are listed and the others stored; `refuse`: one bad row stores nothing. */
  partial: z.enum(['allow', 'refuse']).default('allow'),
  files: z.array(file).min(1),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type MappedFile = Mapping['files'][number];
export type MappedEntity = MappedFile['entities'][number];
export type MappedField = MappedEntity['fields'][string];
