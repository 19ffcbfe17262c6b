import { z } from 'zod';
import { fieldsOf, recordFields } from '../../domain/record-fields.ts';
import type { Entity } from '../../domain/records.ts';
import { nearest } from '../../toolkit/nearest.ts';
import { isEncoding } from '../text/decode-text.ts';
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

const decimal = z.enum(['.', ',']);

const fieldSpec = z
  .strictObject({
    column: name.optional(),
    constant: constant.optional(),
    template: name.optional(),
    join: z.array(name).min(1).optional(),
    with: z.string().optional(),
    /** Numbers multiplied: `[quantity, unit_price]`. */
    multiply: z.array(name).min(2).optional(),
    /** Cost out of a margin and the price it is a part of. */
    margin: name.optional(),
    of: name.optional(),
    as: z.enum(['share', 'percent', 'amount', 'share-or-percent-sign']).optional(),
    ref: z.enum(entities).optional(),
    columns: columns.optional(),
    source: name.optional(),
    by: z.enum(['id', 'name']).optional(),
    words: words.optional(),
    otherwise: word.optional(),
    format: format.optional(),
    zone: zone.optional(),
    decimal: decimal.optional(),
    times: z.number().optional(),
    /** Cuts a cell into a list. */
    split: z.string().min(1).optional(),
    /** Left out when the file has no such column. */
    optional: z.boolean().optional(),
  })
  .superRefine((spec, context) => {
    const complain = (message: string): void => context.addIssue({ code: 'custom', message });
    const kinds = ['constant', 'template', 'join', 'multiply', 'margin', 'ref'].filter((key) => key in spec);
    if (kinds.length > 1) complain(`has both ${kinds.join(' and ')}; keep one`);
    if (kinds.length === 0 && spec.column === undefined)
      complain('needs a column, constant, template, join, multiply, margin or ref');
    if (spec.ref !== undefined && spec.column === undefined && spec.columns === undefined)
      complain('a ref needs the column that holds the key');
    if (spec.margin !== undefined && (spec.of === undefined || spec.as === undefined))
      complain('a margin needs the price it belongs to (of) and what it is (as: share, percent or amount)');
  });

/**
 * A bare name is a column; a list holds several ways to read the field, of which the first whose columns the file has
 * is taken. Checked by hand, so that a mistake is told where it stands and not as "no variant fits".
 */
const field = z.unknown().transform((written, context): readonly FieldSpec[] => {
  const isList = Array.isArray(written);
  const ways: readonly unknown[] = isList ? written : [written];
  const specs: FieldSpec[] = [];
  const complain = (message: string, path: PropertyKey[]): void =>
    void context.issues.push({ code: 'custom', message, path, input: written });
  if (ways.length === 0) complain('is an empty list; name a column', []);
  for (const [index, way] of ways.entries()) {
    const parsed = fieldSpec.safeParse(typeof way === 'string' ? { column: way } : way);
    if (parsed.success) specs.push(parsed.data);
    for (const issue of parsed.error?.issues ?? []) {
      const path = [...(isList ? [index] : []), ...issue.path];
      if (issue.code !== 'unrecognized_keys') complain(issue.message, path);
      else for (const key of issue.keys) complain(unknownKey(key), [...path, key]);
    }
  }
  return specs;
});

function unknownKey(key: string): string {
  const similar = nearest(key, Object.keys(fieldSpec.shape));
  const hint = similar.length > 0 ? `did you mean ${similar.join(' or ')}?` : 'see docs/guides/mapping.md';
  return `is nothing that a field can have; ${hint}`;
}

const condition = z.preprocess(
  (written) => (typeof written === 'string' ? { column: written } : written),
  z.strictObject({
    column: name,
    in: z.array(word).optional(),
    notIn: z.array(word).optional(),
  }),
);

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
      if (definition.required && !Object.hasOwn(spec.fields, key)) {
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
    if (Object.hasOwn(known, key) && key !== 'raw') continue;
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
  delimiter: z
    .string()
    .refine((text) => text.length === 1 && !/["\r\n]/.test(text), {
      message: 'is one character, for example ";" or "\\t"',
    })
    .optional(),
  encoding: name
    .refine(isEncoding, {
      message: 'is no encoding that is known; write for example windows-1252 or utf-16le',
    })
    .optional(),
  /** What the file is, where its name does not say it: `.json` is JSON, `.ndjson` and `.jsonl` one record a line. */
  reads: z.enum(['csv', 'json', 'ndjson']).optional(),
  /** The list of a JSON file that is read, where it holds several: `{"tickets": […], "users": […]}`. */
  list: name.optional(),
  /** column -> other names that it may have in the file. */
  aliases: z.record(z.string(), z.array(name)).default({}),
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
  /** Undeclared: "1,234.5" is read, "1.234" is refused because it may be two numbers. JSON numbers are never in doubt. */
  decimal: decimal.optional(),
  /** Month in which the fiscal year begins, for the format `fiscal-quarter`. */
  fiscalYearStart: z.number().int().min(1).max(12).default(1),
  /** Cells that mean nothing; an empty cell always does. */
  nulls: z.array(word).default([]),
  /** `allow`: bad rows are listed and the others stored; `refuse`: one bad row stores nothing. */
  partial: z.enum(['allow', 'refuse']).default('allow'),
  files: z.array(file).min(1),
});

export type Mapping = z.infer<typeof mappingSchema>;
export type MappedFile = Mapping['files'][number];
export type MappedEntity = MappedFile['entities'][number];
/** The ways to read a field, best first. */
export type MappedField = MappedEntity['fields'][string];
export type FieldSpec = z.infer<typeof fieldSpec>;
