import type { Edit } from '../edit.ts';

/** Part of a question that may mean several things. */
export interface OpenPoint {
  readonly question: string;
  /** The words of the question that are open, as typed. */
  readonly words: string;
  /** Only open where the question as it stands has no plan: "how is Acme doing" asks for its health. */
  readonly yields: boolean;
  /** Open only as a whole question: as a part of one the word is what it usually is. */
  readonly isWhole?: true;
  readonly readings: readonly OpenReading[];
}

/** One of its meanings, as a change of the question's words. */
export interface OpenReading {
  readonly label: string;
  /** Otherwise the name of what the plan turns out to measure takes its place. */
  readonly isFixed: boolean;
  readonly edits: readonly Edit[];
}
