import { accountRows } from '../../access/privacy/account-rows.ts';
import { buildNotice } from '../../messages/notice-message.ts';
import { dropAllOutboxFiles } from '../../store/outbox-file-store.ts';
import {
  clearReferences,
  closeAccess,
  closeDirectMessages,
  deleteAccounts,
  deleteOwnedRows,
  emptyInboxOf,
  listMessagesOfAccounts,
  replaceIds,
  reviseMessage,
} from '../../store/privacy-records.ts';
import { addSuppressed, readPrivacyKey } from '../../store/suppression.ts';
import { done, type ErasureStep } from './erasure-step.ts';

/** Links to chat platforms, what was said to Heed there, and what Heed said in direct conversations. */
export const eraseChat: ErasureStep = {
  kind: 'transaction',
  name: 'chat',
  run: async ({ trx, subject, counts }) => {
    const people = subject.records.filter(({ entity }) => entity === 'person').map(({ id }) => id);
    const chatIds = subject.identities.flatMap((identity) => identity.chatIds);
    counts.changed('outbox', await closeDirectMessages(trx, chatIds, buildNotice('')));
    counts.changed('inbox', await emptyInboxOf(trx, chatIds));
    counts.deleted('outbox_file', await dropAllOutboxFiles(trx));
    for (const [table, rows] of Object.entries(await closeAccess(trx, people, chatIds)))
      counts.deleted(table, rows);
    return done;
  },
};

/** New random ids for the person's records, wherever they are referred to. */
export const renameRecords: ErasureStep = {
  kind: 'transaction',
  name: 'records',
  run: async ({ trx, subject, counts }) => {
    const ids = subject.records.map(({ id, newId }) => ({ old: id, new: newId }));
    for (const [table, rows] of Object.entries(await replaceIds(trx, ids))) counts.changed(table, rows);
    return done;
  },
};

/** Posted alerts about a customer say from now on only that they were about somebody. */
export const retractMessages: ErasureStep = {
  kind: 'transaction',
  name: 'retract-messages',
  run: async ({ trx, subject, counts, erasure }) => {
    const body = buildNotice(`This was about a customer whose data has been erased (${erasure.pseudonym}).`);
    for (const id of await listMessagesOfAccounts(trx, accountIds(subject))) {
      const revised = await reviseMessage(trx, id, body, true);
      counts.changed('outbox', 1);
      if (revised.isPosted) counts.message(id, revised.images);
    }
    counts.deleted('outbox_file', await dropAllOutboxFiles(trx));
    return done;
  },
};

/** The rows that are part of a customer, table by table, and the customer last. */
export const deleteAccountRows: ErasureStep = {
  kind: 'transaction',
  name: 'delete',
  run: async ({ deps, trx, subject, counts, erasure }) => {
    const at = typeof erasure.progress === 'number' ? erasure.progress : 0;
    const ids = accountIds(subject);
    const rule = accountRows[at];
    if (rule === undefined) {
      counts.deleted('account', await deleteAccounts(trx, ids));
      return done;
    }
    deps.onProgress?.({ step: 'delete', detail: rule.table });
    const deleted = await deleteOwnedRows(trx, rule.table, accountRows, ids);
    counts.deleted(rule.table, deleted.count);
    await clearReferences(trx, rule.table, deleted.ids);
    const key = await readPrivacyKey(trx);
    // Only what others refer to can come back through a reference.
    if (key !== null && referredTo.has(rule.table)) {
      const suppressed = deleted.ids.map((value) => ({ kind: 'id' as const, value, replacementId: null }));
      await addSuppressed(trx, key, erasure, suppressed);
    }
    return { kind: 'again', progress: at + 1 };
  },
};

const referredTo = new Set(accountRows.flatMap(({ belongsBy }) => belongsBy.map(({ to }) => to)));

const accountIds = (subject: {
  readonly records: readonly { readonly entity: string; readonly id: string }[];
}): readonly string[] => subject.records.filter(({ entity }) => entity === 'account').map(({ id }) => id);
