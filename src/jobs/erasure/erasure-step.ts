import type { Matcher } from '../../access/privacy/build-matcher.ts';
import type { PrivacySubject } from '../../access/privacy/subject.ts';
import type { Store } from '../../store/database.ts';
import type { ErasureCounts, ErasureRow } from '../../store/privacy-store.ts';
import type { Clock } from '../../toolkit/clock.ts';

export type Transaction = Parameters<Parameters<Store['transaction']>[0]>[0];

export interface ErasureDeps {
  readonly store: Store;
  readonly clock: Clock;
  /** HEED_HOME: log and pictures are there. */
  readonly home: string;
  /** Who asked, for the audit entry: an account of the machine or a person's id. */
  readonly by: string;
  /** How long the rewriting of tables waits for older transactions of a server, default 120. */
  readonly waitSeconds?: number;
  /** Told before each part of a step, for people who wait. */
  readonly onProgress?: (progress: { readonly step: string; readonly detail: string }) => void;
}

/** What a step works with; the names are read from the erasure itself, so that any process can go on. */
export interface StepContext {
  readonly deps: ErasureDeps;
  readonly erasure: ErasureRow;
  readonly subject: PrivacySubject;
  /** Of everything that names the subject. */
  readonly matcher: Matcher;
  readonly counts: CountTally;
}

/** `again`: the same step once more, from this place. */
export type StepResult = { readonly kind: 'done' } | { readonly kind: 'again'; readonly progress: unknown };

/**
 * `transaction`: one part of the step is one transaction, together with the note that it is done. `outside`: work that
 * no transaction can hold (files, rewriting tables); it may be done twice when the process dies right after it.
 */
export type ErasureStep =
  | {
      readonly kind: 'transaction';
      readonly name: string;
      readonly run: (context: StepContext & { readonly trx: Transaction }) => Promise<StepResult>;
    }
  | {
      readonly kind: 'outside';
      readonly name: string;
      readonly run: (context: OutsideContext) => Promise<void>;
    };

/** The names may be forgotten already. */
export type OutsideContext = Omit<StepContext, 'subject' | 'matcher'> & {
  readonly matcher: Matcher | null;
};

export type TransactionContext = StepContext & { readonly trx: Transaction };

export const done: StepResult = { kind: 'done' };

/** Adds to the counts of an erasure. */
export class CountTally {
  private readonly counts: {
    changed: Record<string, number>;
    deleted: Record<string, number>;
    messages: string[];
    images: string[];
    files: Record<string, number>;
  };

  constructor(before: ErasureCounts) {
    const { changed, deleted, messages, images, files } = before;
    this.counts = {
      changed: { ...changed },
      deleted: { ...deleted },
      messages: [...messages],
      images: [...images],
      files: { ...files },
    };
  }

  changed(table: string, rows: number): void {
    add(this.counts.changed, table, rows);
  }

  deleted(table: string, rows: number): void {
    add(this.counts.deleted, table, rows);
  }

  message(id: string, images: readonly string[]): void {
    if (!this.counts.messages.includes(id)) this.counts.messages.push(id);
    this.counts.images.push(...images);
  }

  files(kind: string, count: number): void {
    add(this.counts.files, kind, count);
  }

  get result(): ErasureCounts {
    return this.counts;
  }
}

function add(counts: Record<string, number>, name: string, count: number): void {
  if (count > 0) counts[name] = (counts[name] ?? 0) + count;
}
