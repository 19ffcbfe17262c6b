import type { JsonObject } from '../json.ts';
import type { StoredMessage } from './message-store.ts';

/** Something that a person looking at the workspace would see change. */
export type Change =
  | { readonly kind: 'message'; readonly message: StoredMessage; readonly isNew: boolean }
  | { readonly kind: 'removed'; readonly message: StoredMessage }
  | { readonly kind: 'status'; readonly channel: string; readonly threadTs: string; readonly text: string }
  | { readonly kind: 'home'; readonly userId: string; readonly view: JsonObject }
  | { readonly kind: 'modal'; readonly userId: string; readonly view: JsonObject | null }
  | { readonly kind: 'prompts'; readonly channel: string }
  | { readonly kind: 'world' };

export interface ChangeFeed {
  publish(change: Change): void;
  /** @returns stops listening */
  subscribe(listener: (change: Change) => void): () => void;
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish(change) {
      for (const listener of listeners) listener(change);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
