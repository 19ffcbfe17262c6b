import { createHmac } from 'node:crypto';
import type { Marker } from '../chat/platform.ts';

/** Builds the marker of an outbox row: its id and a keyed hash, so that nobody else can make Heed believe it posted. */
export function markerFor(outboxId: string, secret: string): Marker {
  return {
    outboxId,
    signature: createHmac('sha256', secret).update(outboxId).digest('base64url').slice(0, 32),
  };
}
