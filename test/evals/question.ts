import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Issue } from '../../src/toolkit/issue.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens');
const words = z.string().trim().min(1, 'must not be empty');
const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant such as 2026-03-29T00:30:00Z' })
  .transform((text) => new Date(text));
const zone = z
  .string()
  .refine(isZone, 'is not an IANA time zone; write for example Europe/Berlin')
  .optional();
/** Who asks, and when and where if that is not the world's own now and zone. */
const asked = {
  id,
  as: words,
  now: instant.optional(),
  zone,
  fiscal_start: z.int().min(1).max(12).optional(),
  why: z.string().optional(),
};
const expectedRows = {
  sql: words,
  ordered: z.boolean().default(false),
  also: z.array(words).default([]),
};
const turn = z.strictObject({ ask: words, ...expectedRows });

export const refusalWhys = ['no_data', 'action', 'prediction', 'opinion', 'not_allowed'] as const;

const questionSchema = z.discriminatedUnion('expect', [
  z.strictObject({ ...asked, expect: z.literal('rows'), ask: words, ...expectedRows }),
  z.strictObject({ ...asked, expect: z.literal('chain'), turns: z.array(turn).min(2).max(6) }),
  z.strictObject({ ...asked, expect: z.literal('clarify'), ask: words }),
  z.strictObject({ ...asked, expect: z.literal('refuse'), ask: words, why: z.enum(refusalWhys) }),
  z.strictObject({
    ...asked,
    expect: z.literal('range'),
    ask: words,
    from: instant.nullable(),
    to: instant.nullable(),
    compare_from: instant.nullable().optional(),
    compare_to: instant.nullable().optional(),
  }),
]);

/** One entry of a question file; the fields are explained in docs/guides/evaluation.md. */
export type Question = z.output<typeof questionSchema>;
export type Expectation = Question['expect'];
export type QuestionOf<E extends Expectation> = Extract<Question, { expect: E }>;
/** What a person types and the rows that answer it. */
export type Turn = z.output<typeof turn>;

export interface QuestionFile {
  readonly path: string;
  readonly questions: readonly Question[];
  /** Entries that cannot be used; the others still are. */
  readonly issues: readonly Issue[];
}

/** Reads a question file. Every mistake names the file, the id (or the place in the list) and what to do. */
export function readQuestionFile(path: string): QuestionFile {
  const file = basename(path);
  let entries: unknown;
  try {
    entries = parse(readFileSync(path, 'utf8'));
  } catch (error) {
    return { path, questions: [], issues: [issue(file, `cannot be read: ${firstLine(error)}`)] };
  }
  if (!Array.isArray(entries))
    return {
      path,
      questions: [],
      issues: [issue(file, 'must be one list of questions; begin with "- id:".')],
    };
  const issues: Issue[] = [];
  const seen = new Set<string>();
  const questions = entries.flatMap((entry: unknown, index): Question[] => {
    const name = `${file} ${nameOf(entry, index)}`;
    const parsed = questionSchema.safeParse(entry);
    if (!parsed.success) {
      issues.push(...parsed.error.issues.map((one) => issue(name, mistake(one))));
      return [];
    }
    if (seen.has(parsed.data.id)) {
      issues.push(issue(name, 'has the id of an earlier question; give it its own.'));
      return [];
    }
    seen.add(parsed.data.id);
    return [parsed.data];
  });
  return { path, questions, issues };
}

/** Everything that is asked, in the order in which it is typed. */
export function turnsOf(question: Question): readonly string[] {
  return question.expect === 'chain' ? question.turns.map(({ ask }) => ask) : [question.ask];
}

function mistake({ path, message, code }: z.core.$ZodIssue): string {
  const where = path.join('.');
  if (code === 'invalid_union') return 'needs `expect`: rows, chain, clarify, refuse or range.';
  if (code === 'unrecognized_keys')
    return `${message}; see docs/guides/evaluation.md for the fields of its kind.`;
  if (/received undefined/.test(message)) return `needs \`${where}\`; see docs/guides/evaluation.md.`;
  return `${where === '' ? '' : `\`${where}\` `}${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function nameOf(entry: unknown, index: number): string {
  const named = z.object({ id: z.string() }).safeParse(entry);
  return named.success ? named.data.id : `entry ${index + 1}`;
}

export function issue(path: string, message: string): Issue {
  return { code: 'invalid-question', path, message };
}

export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}
