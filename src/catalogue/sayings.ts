import { z } from 'zod';
import { parseSaying, SayingMistake } from './saying-pattern.ts';

/**
 * How people say with a verb and its nouns what the catalogue names with a noun: "how long do we take to solve a ticket" is
 * the resolution time. What stands between the words of the pattern stays in the question, behind `means`.
 */
export interface Saying {
  readonly id: string;
  /** Words that ask for the same; `{ticket}` stands for the records as they were said. Null where nothing is kept of it. */
  readonly means: string | null;
  /** What is asked for in these words and the records do not hold, as a refusal tells it. */
  readonly lacks: string | null;
  /** Whether that is said even where the rest of the question can be answered without these words. */
  readonly always: boolean;
  /** Patterns, see `parseSaying`. */
  readonly says: readonly string[];
}

const pattern = z
  .string()
  .min(1)
  .max(300)
  .superRefine((text, context) => {
    try {
      parseSaying(text);
    } catch (error) {
      if (!(error instanceof SayingMistake)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  });

/** What an entry of `sayings/*.yml` looks like; unknown keys are mistakes. */
export const sayingSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _'),
    means: z.string().min(1).max(160).nullable().default(null),
    lacks: z.string().min(1).max(160).nullable().default(null),
    always: z.boolean().default(false),
    says: z.array(pattern).min(1),
  })
  .refine(({ means, lacks }) => (means === null) !== (lacks === null), {
    message: 'say either what it means or what it lacks',
    path: ['means'],
  }) satisfies z.ZodType<Saying>;
