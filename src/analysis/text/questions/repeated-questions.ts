import type { RepeatedQuestionSettings } from '../../../domain/text-settings.ts';
import { stemOf } from '../features.ts';
import { isSmallWord } from '../language.ts';
import { wordsOf } from '../words.ts';
import { groupTexts, type WordVector, weighTexts } from './group-texts.ts';

/** A ticket as far as its question goes. */
export interface AskedTicket {
  readonly id: string;
  readonly number: string | null;
  readonly subject: string;
  /** First words of the customer, where the source has them. */
  readonly body: string | null;
  readonly accountId: string | null;
  readonly openedAt: Date;
  /** Solved, with an answer in public. */
  readonly isAnswered: boolean;
}

export interface RepeatedQuestion {
  /** The ticket whose words are nearest to those of all. */
  readonly typical: AskedTicket;
  /** Newest first. */
  readonly tickets: readonly AskedTicket[];
  /** Different customers; tickets without one count as one. */
  readonly accounts: number;
  readonly answered: number;
  /** The newest that was answered: where the words for an FAQ entry are found. */
  readonly newestAnswered: AskedTicket | null;
}

/** A subject says it; of the body the first sentences are enough. */
const BODY_CHARACTERS = 200;
const shown = 200;

/**
 * Groups tickets that ask the same: TF-IDF cosine of at least `likeness` to the first ticket of a group.
 *
 * @param tickets at most 20,000, in any order
 * @returns at most 200 groups of at least `leastTickets`, the largest first
 */
export function findRepeatedQuestions(
  tickets: readonly AskedTicket[],
  { leastTickets, likeness }: RepeatedQuestionSettings,
): readonly RepeatedQuestion[] {
  const ordered = tickets.toSorted(
    (a, b) => a.openedAt.getTime() - b.openedAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const vectors = weighTexts(ordered.map(wordsOfTicket));
  return groupTexts(vectors, likeness)
    .filter((group) => group.length >= leastTickets)
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!)
    .slice(0, shown)
    .map((group) => describeGroup(group, ordered, vectors));
}

function wordsOfTicket({ subject, body }: AskedTicket): readonly string[] {
  const words = wordsOf(`${subject}\n${(body ?? '').slice(0, BODY_CHARACTERS)}`);
  // What holds a digit names a node or a version; small words tell nothing.
  const telling = words.filter((word) => word.length > 1 && !/\d/.test(word) && !isSmallWord(word));
  // One word alone ("Login") names a subject and asks nothing.
  return new Set(telling).size < 2 ? [] : telling.map(stemOf);
}

function describeGroup(
  group: readonly number[],
  tickets: readonly AskedTicket[],
  vectors: readonly WordVector[],
): RepeatedQuestion {
  const own = group.map((index) => tickets[index]!).reverse();
  const answered = own.filter(({ isAnswered }) => isAnswered);
  return {
    typical: tickets[nearestToAll(group, vectors)]!,
    tickets: own,
    accounts: new Set(own.map(({ accountId }) => accountId)).size,
    answered: answered.length,
    newestAnswered: answered[0] ?? null,
  };
}

function nearestToAll(group: readonly number[], vectors: readonly WordVector[]): number {
  const sum = new Map<number, number>();
  for (const index of group)
    for (const [word, weight] of vectors[index]!) sum.set(word, (sum.get(word) ?? 0) + weight);
  let best = group[0]!;
  let nearest = -1;
  for (const index of group) {
    let product = 0;
    for (const [word, weight] of vectors[index]!) product += weight * (sum.get(word) ?? 0);
    if (product > nearest + 1e-9) [best, nearest] = [index, product];
  }
  return best;
}
