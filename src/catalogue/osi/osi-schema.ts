import { z } from 'zod';

/**
 * Open Semantic Interchange, core names: semantic_model, datasets, relationships, fields, metrics, ai_context and
 * custom_extensions. The reader takes 1.0 and the drafts 0.1 and 0.2, which differ in what may be left out; keys that
 * it does not know are named and left behind.
 */
export const osiVersion = '1.0';

/** Under this vendor name stands what the core has no names for, as JSON. */
export const vendor = 'HEED';

const text = z.string().min(1);
/** Drafts wrote the context as one text. */
const aiContext = z
  .union([
    z
      .string()
      .transform((instructions) => ({ instructions, synonyms: [] as string[], examples: [] as string[] })),
    z.looseObject({
      instructions: z.string().default(''),
      synonyms: z.array(text).default([]),
      examples: z.array(text).default([]),
    }),
  ])
  .default({ instructions: '', synonyms: [], examples: [] });
const extensions = z.array(z.looseObject({ vendor_name: z.string(), data: z.string() })).default([]);
/** Drafts wrote an expression as one text, too. */
const expression = z.union([
  z.string().transform((one) => [{ dialect: 'ANSI_SQL', expression: one }]),
  z
    .looseObject({ dialects: z.array(z.looseObject({ dialect: z.string(), expression: z.string() })).min(1) })
    .transform(({ dialects }) => dialects),
]);
const named = {
  name: text,
  description: z.string().default(''),
  ai_context: aiContext,
  custom_extensions: extensions,
};
const columns = z.union([text.transform((one) => [one]), z.array(text)]);

const field = z.looseObject({
  ...named,
  expression,
  datatype: z.string().optional(),
  dimension: z.looseObject({ is_time: z.boolean().optional() }).optional(),
});
const dataset = z.looseObject({
  ...named,
  source: text,
  primary_key: columns.default([]),
  fields: z.array(field).default([]),
});
const relationship = z.looseObject({
  name: text,
  from: text,
  to: text,
  from_columns: columns,
  to_columns: columns,
});
const metric = z.looseObject({ ...named, expression });
const model = z.looseObject({
  ...named,
  datasets: z.array(dataset),
  relationships: z.array(relationship).default([]),
  metrics: z.array(metric).default([]),
});

export const osiSchema = z.looseObject({
  version: z.union([z.string(), z.number().transform(String)]).optional(),
  semantic_model: z.union([model.transform((one) => [one]), z.array(model).min(1)]),
});

export type OsiModel = z.infer<typeof model>;
export type OsiDataset = z.infer<typeof dataset>;
export type OsiField = z.infer<typeof field>;

/** The standard expression, else the first that is there. */
export function ansiOf(dialects: z.infer<typeof expression>): string {
  return (dialects.find(({ dialect }) => dialect === 'ANSI_SQL') ?? dialects[0])?.expression ?? '';
}

/** What we wrote under our vendor name; null: nothing, or not by us. */
export function heedData(list: z.infer<typeof extensions>): Readonly<Record<string, unknown>> | null {
  const own = list.find(({ vendor_name }) => vendor_name === vendor);
  if (!own) return null;
  try {
    const data: unknown = JSON.parse(own.data);
    return typeof data === 'object' && data !== null ? (data as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
