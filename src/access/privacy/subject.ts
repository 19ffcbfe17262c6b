import { z } from 'zod';
import { identitySchema } from './identity.ts';

/** Whom an export or an erasure is about: the records that are this person, and all that names them. */
export const privacySubjectSchema = z.object({
  kind: z.enum(['person', 'account']),
  /** For people who read: who was found. Never stored beyond the end of an erasure. */
  label: z.string(),
  records: z.array(
    z.object({
      entity: z.enum(['contact', 'person', 'lead', 'account']),
      id: z.string(),
      /** Random, so that nobody can compute it from the source's key; the same as `id` where the record is deleted. */
      newId: z.string(),
    }),
  ),
  identities: z.array(identitySchema),
});
export type PrivacySubject = z.infer<typeof privacySubjectSchema>;

export const recordIds = (subject: PrivacySubject): readonly string[] => subject.records.map(({ id }) => id);
