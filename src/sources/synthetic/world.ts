import type { WorldAccount } from './accounts.ts';
import type { WorldPerson } from './people.ts';
import type { Random } from './random.ts';

export type WorldSize = 'small' | 'demo' | 'large';

/** How much of everything a world holds; approximate where chance decides. */
export interface WorldScale {
  readonly accounts: number;
  /** Days of history before `asOf`. */
  readonly days: number;
  readonly tickets: number;
  readonly conversations: number;
  readonly messages: number;
  readonly deals: number;
}

/** What every part of a world builds on. */
export interface WorldBasis {
  readonly seed: number;
  readonly size: WorldSize;
  readonly scale: WorldScale;
  /** The world ends here: nothing in it happened later. */
  readonly asOf: Date;
  readonly accounts: readonly WorldAccount[];
  readonly people: readonly WorldPerson[];
  /** Draws of one part; the same name gives the same draws whatever other parts do. */
  random(part: string): Random;
}

export type Cell = string | number | boolean | null;

/** A CSV file that is being written; a world of millions of rows never stands in memory. */
export interface TableWriter {
  /** @returns a promise when the disk is behind: wait for it before the next row */
  write(row: readonly Cell[]): Promise<void> | undefined;
}

/** Where a world goes. */
export interface WorldSink {
  /** @param name path below the world's folder, for example `messages/messages.csv` */
  table(name: string, header: readonly string[]): TableWriter;
  text(name: string, content: string): void;
}
