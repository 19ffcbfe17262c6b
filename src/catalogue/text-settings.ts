import { join } from 'node:path';
import { z } from 'zod';
import type { TextSettings } from '../domain/text-settings.ts';
import type { Result } from '../toolkit/issue.ts';
import { parseYaml, readYaml } from './read-yaml.ts';

const weight = z.number().min(-3, 'must be from -3 to 3').max(3, 'must be from -3 to 3');
const phrase = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .refine(
    (text) => /^\p{L}\S*( \p{L}\S*){0,2}$/u.test(text),
    'must be one to three words with one blank between',
  );

const textFile = z
  .strictObject({
    tone: z.strictObject({ words: z.record(phrase, weight).nullable().default({}) }),
    topics: z.strictObject({
      sure_when_right: z.number().min(0.5).max(1),
      rules: z.array(z.strictObject({ topic: z.string().min(1), words: z.array(phrase).min(1) })).default([]),
    }),
    repeated_questions: z.strictObject({
      days: z.int().min(1).max(366),
      least_tickets: z.int().min(2),
      likeness: z.number().min(0.2).max(1),
    }),
  })
  .transform(({ tone, topics, repeated_questions: questions }, context): TextSettings => {
    const labels = topics.rules.map(({ topic }) => topic.toLowerCase());
    for (const [index, label] of labels.entries()) {
      if (labels.indexOf(label) < index)
        context.addIssue({
          code: 'custom',
          path: ['topics', 'rules', index, 'topic'],
          message: `the topic "${topics.rules[index]!.topic}" stands here twice; put its words together`,
        });
    }
    return {
      words: new Map(Object.entries(tone.words ?? {})),
      sureWhenRight: topics.sure_when_right,
      topics: topics.rules.map(({ topic, words }) => ({ label: topic, words })),
      questions: {
        days: questions.days,
        leastTickets: questions.least_tickets,
        likeness: questions.likeness,
      },
    };
  });

/**
 * Loads `text.yml` of a catalogue folder.
 *
 * @param folder absolute path of the catalogue
 * @returns the settings, or every mistake with file and line
 */
export function loadTextSettings(folder: string): Result<TextSettings> {
  return readYaml(join(folder, 'text.yml'), textFile);
}

/** As `loadTextSettings`, from text. */
export function parseTextSettings(text: string, shownAs = 'text.yml'): Result<TextSettings> {
  return parseYaml(text, textFile, shownAs);
}
