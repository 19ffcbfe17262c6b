import type { Kysely } from 'kysely';
import type { Schema } from '../store/schema.ts';
import type { ChatPersonKey } from './find-asker.ts';

/** Says which person a chat user is; a later link replaces an earlier one. `db` may be a transaction. */
export async function linkIdentity(db: Kysely<Schema>, who: ChatPersonKey, personId: string): Promise<void> {
  await db
    .insertInto('chat_identity')
    .values({
      platform: who.platform,
      workspace_id: who.workspaceId,
      chat_user_id: who.chatUserId,
      person_id: personId,
    })
    .onConflict((conflict) =>
      conflict.columns(['platform', 'workspace_id', 'chat_user_id']).doUpdateSet((eb) => ({
        person_id: eb.ref('excluded.person_id'),
        linked_at: eb.ref('excluded.linked_at'),
      })),
    )
    .execute();
}
