import type { Store } from './database.ts';
import { dropOutboxFiles, readOutboxFile } from './outbox-file-store.ts';
import * as marks from './outbox-marks.ts';
import { type ClaimedMessage, claimDue } from './outbox-store.ts';

type Wait = marks.Wait;

/** The outbox as the relay uses it: each call is one short transaction of its own, committed when it returns. */
export interface OutboxAccess {
  claimDue(limit: number, leaseSeconds: number, token: string): Promise<readonly ClaimedMessage[]>;
  markTried(id: string, token: string, leaseSeconds: number): Promise<void>;
  markSent(id: string, token: string, revision: number, posted: marks.PostedRef): Promise<void>;
  markWaiting(id: string, token: string, wait: Wait): Promise<void>;
  markUnclear(id: string, token: string, wait: Wait): Promise<void>;
  markDead(id: string, token: string, error: string): Promise<void>;
  markPlainText(id: string, token: string, error: string): Promise<void>;
  forgetMessage(id: string, token: string): Promise<void>;
  saveImages(id: string, token: string, images: Readonly<Record<string, string>>): Promise<void>;
  pauseConversation(platform: string, conversation: string, seconds: number): Promise<void>;
  /** Bytes that a message shares; null when they are gone. */
  readFile(id: string): Promise<Uint8Array | null>;
  /** Deletes the bytes of a message that is out. */
  dropFiles(outboxId: string): Promise<void>;
}

export function createOutboxAccess(store: Store): OutboxAccess {
  return {
    claimDue: (...args) => store.transaction((trx) => claimDue(trx, ...args)),
    markTried: (...args) => store.transaction((trx) => marks.markTried(trx, ...args)),
    markSent: (...args) => store.transaction((trx) => marks.markSent(trx, ...args)),
    markWaiting: (...args) => store.transaction((trx) => marks.markWaiting(trx, ...args)),
    markUnclear: (...args) => store.transaction((trx) => marks.markUnclear(trx, ...args)),
    markDead: (...args) => store.transaction((trx) => marks.markDead(trx, ...args)),
    markPlainText: (...args) => store.transaction((trx) => marks.markPlainText(trx, ...args)),
    forgetMessage: (...args) => store.transaction((trx) => marks.forgetMessage(trx, ...args)),
    saveImages: (...args) => store.transaction((trx) => marks.saveImages(trx, ...args)),
    readFile: (id) => store.transaction((trx) => readOutboxFile(trx, id)),
    dropFiles: (outboxId) => store.transaction((trx) => dropOutboxFiles(trx, outboxId)),
    pauseConversation: (...args) => store.transaction((trx) => marks.pauseConversation(trx, ...args)),
  };
}
