import { z } from 'zod';

/** What names one person or customer, as it is written somewhere. */
export const identitySchema = z.object({
  kind: z.enum(['person', 'account']),
  /** What stands where the name stood. */
  pseudonym: z.string(),
  names: z.array(z.string()),
  /** False: somebody else has the same name, so that a name alone is replaced in the person's own rows only. */
  isNameUnique: z.boolean(),
  emails: z.array(z.string()),
  phones: z.array(z.string()),
  /** Mail domains of a customer: every address in them is the customer's. */
  domains: z.array(z.string()),
  /** Ids on chat platforms. */
  chatIds: z.array(z.string()),
  /** Ids that the sources give, where they are long enough to be nobody else's. */
  sourceIds: z.array(z.string()),
  /** The others (a plain number), which count only as a whole value in the person's own rows. */
  shortIds: z.array(z.string()),
  /** Ids of ours, with what they become. */
  ids: z.array(z.object({ old: z.string(), new: z.string() })),
});
export type Identity = z.infer<typeof identitySchema>;

const titles = /^(?:dr|prof|mr|mrs|ms|mx|herr|frau|sr|sra|mme|m)\.?$/i;

/** Words of a name in the order first, …, last; `Lopez, Ana` is turned round and titles are left out. */
export function nameWords(name: string): readonly string[] {
  const [last, first, ...more] = name.split(',').map((part) => part.trim());
  const ordered = first && last && more.length === 0 ? `${first} ${last}` : name.replaceAll(',', ' ');
  const words = ordered.split(/[\s\u00a0\u2000-\u200b]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const untitled = words.filter((word) => !titles.test(word));
  return untitled.length > 0 ? untitled : words;
}
