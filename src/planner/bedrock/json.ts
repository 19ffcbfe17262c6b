import type { z } from 'zod';

/** A value as JSON knows it. */
export type Json = z.infer<z.ZodJSONSchema>;
