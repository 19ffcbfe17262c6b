/** What the store tells its owner, for the log and the health page; none of them needs an answer. */
export type StoreEvent =
  | { readonly kind: 'engine-started'; readonly engine: 'embedded' | 'server'; readonly milliseconds: number }
  | { readonly kind: 'first-init-started'; readonly folder: string }
  | { readonly kind: 'half-made-folder-removed'; readonly folder: string }
  | { readonly kind: 'stale-lock-taken-over'; readonly file: string; readonly pid: number }
  | { readonly kind: 'lock-lost'; readonly file: string }
  | { readonly kind: 'waiting-for-lock'; readonly file: string; readonly holder: string }
  | {
      readonly kind: 'engine-restarted';
      readonly reason: 'query-timeout' | 'crashed';
      readonly milliseconds: number;
      readonly detail: string;
    }
  | { readonly kind: 'engine-restart-failed'; readonly detail: string }
  | {
      readonly kind: 'tables-kept-fit';
      readonly analysed: readonly string[];
      readonly vacuumed: readonly string[];
      readonly milliseconds: number;
    }
  | { readonly kind: 'table-not-kept-fit'; readonly table: string; readonly detail: string }
  | { readonly kind: 'idle-connection-lost'; readonly detail: string }
  | { readonly kind: 'transaction-retried'; readonly attempt: number; readonly detail: string };

export type OnStoreEvent = (event: StoreEvent) => void;
