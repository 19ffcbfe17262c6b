import type { Turn } from './conversations-course.ts';

/** Figures of a conversation that follow from the times of its messages. */
export interface TurnFigures {
  /** From the customer's first message to the first answer of a person; null: no person answered. */
  readonly firstResponseSeconds: number | null;
  /**
   * Mean over the answers of a person. An answer is the first message of a person after the customer wrote; it is
   * measured from the first message that waited for it. What the bot says is no answer.
   */
  readonly avgResponseSeconds: number | null;
}

/** @param turns ascending */
export function measureTurns(turns: readonly Turn[]): TurnFigures {
  let waiting: number | null = null;
  let first: number | null = null;
  let sum = 0;
  let answers = 0;
  for (const { author, at } of turns) {
    if (author === 'customer') waiting ??= at;
    if (author !== 'agent' || waiting === null) continue;
    const seconds = (at - waiting) / 1000;
    first ??= seconds;
    sum += seconds;
    answers += 1;
    waiting = null;
  }
  const average = answers === 0 ? null : Math.round((sum / answers) * 10) / 10;
  return { firstResponseSeconds: first, avgResponseSeconds: average };
}
