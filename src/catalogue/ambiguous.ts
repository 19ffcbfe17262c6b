import { z } from 'zod';

/** One thing that an ambiguous word may mean. */
export interface Reading {
  /** A metric by id, or words that are read in place of the ambiguous ones. */
  readonly as:
    | { readonly kind: 'metric'; readonly id: string }
    | { readonly kind: 'words'; readonly text: string };
  /** What the button says; null: the name of the metric. */
  readonly label: string | null;
}

/**
 * Words that may mean several figures, or things that may be ranked by several: a question that holds them is asked back
 * with a complete plan for each meaning that fits the rest of it.
 */
export interface Ambiguity {
  readonly id: string;
  /** What people say; `…` stands for what they say in between. Empty for a ranking. */
  readonly words: readonly string[];
  /** Ids of dimensions and entities: what "best", "top" or "fastest" goes by where no figure is named. */
  readonly ranks: readonly string[];
  readonly question: string;
  /** Likeliest first. */
  readonly means: readonly Reading[];
  /** After those, every percentage that is called a rate. */
  readonly rates: boolean;
  /** Read with the question when it names no period. */
  readonly period: string | null;
  /** Ambiguous only where nothing but a period stands beside the word. */
  readonly bare: boolean;
  /** Ambiguous only where the word and a period are the whole question. */
  readonly alone: boolean;
}

/** What a ranking is of that names nothing at all: "top 10". */
export const rankOfNothing = 'nothing';

const id = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'must be lower case words joined by _');
const phrases = z.array(z.string().min(1).max(120)).min(1);
/** As long as a button's label may be. */
const label = z.string().min(1).max(70);
const reading = z
  .union([
    id,
    z.strictObject({ metric: id, label: label.optional() }),
    z.strictObject({ say: z.string().min(1).max(120), label }),
  ])
  .transform((given): Reading => {
    if (typeof given === 'string') return { as: { kind: 'metric', id: given }, label: null };
    if ('say' in given) return { as: { kind: 'words', text: given.say }, label: given.label };
    return { as: { kind: 'metric', id: given.metric }, label: given.label ?? null };
  });

const common = {
  id,
  question: z.string().min(1).max(200),
  means: z.array(reading).min(2, { error: 'a word with one meaning is a synonym; write it there' }),
};

const wordsSchema = z
  .strictObject({
    ...common,
    words: phrases,
    rates: z.boolean().default(false),
    period: z.string().min(1).max(60).optional(),
    bare: z.boolean().default(false),
    alone: z.boolean().default(false),
  })
  .transform(({ period, ...file }): Ambiguity => ({ ...file, ranks: [], period: period ?? null }));

const ranksSchema = z
  .strictObject({ ...common, ranks: z.array(id).min(1) })
  .transform(
    (file): Ambiguity => ({ ...file, words: [], rates: false, period: null, bare: false, alone: false }),
  );

/** What an entry of `ambiguous.yml` looks like; unknown keys are mistakes. The keys decide which of the two forms it is. */
export const ambiguitySchema = z.unknown().transform((given, context): Ambiguity => {
  const ranks = typeof given === 'object' && given !== null && 'ranks' in given;
  const parsed = (ranks ? ranksSchema : wordsSchema).safeParse(given);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});
