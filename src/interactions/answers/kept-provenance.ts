import { z } from 'zod';
import type { KeptAnswer } from '../../store/answer-store.ts';

const provenanceSchema = z.object({
  time: z.object({ words: z.string() }).nullable(),
  filters: z.array(z.string()),
  scope: z.string(),
  rowsRead: z.number(),
  freshness: z.array(z.object({ source: z.string(), syncedAt: z.string() })),
  catalogueVersion: z.string(),
});

/** What a report says of where the numbers come from. */
export type KeptProvenance = Readonly<z.infer<typeof provenanceSchema>>;

/** Null where there were no rows, or what is kept was emptied by an erasure. */
export function provenanceOf({ provenance }: Pick<KeptAnswer, 'provenance'>): KeptProvenance | null {
  const parsed = provenanceSchema.safeParse(provenance);
  return parsed.success ? parsed.data : null;
}
