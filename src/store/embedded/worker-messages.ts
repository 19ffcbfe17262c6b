import type { Durability } from './durability.ts';

/** Where the worker listens; `none`: only make the data folder, then close it. */
export type WorkerAddress =
  | { readonly kind: 'none' }
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'loopback' };

export interface WorkerInput {
  readonly dataFolder: string;
  readonly address: WorkerAddress;
  readonly durability: Durability;
  readonly secret: string;
  readonly idleInTransactionMs: number;
  /** One Int32: counts up when a statement begins and again when it ends, so it is odd while one runs. */
  readonly progress: SharedArrayBuffer;
}

export type WorkerOutput =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'closed' }
  | { readonly kind: 'failed'; readonly message: string };
