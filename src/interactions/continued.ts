import type { PlannedQuestion } from '../planner/planner.ts';
import { editDistance } from '../toolkit/edit-distance.ts';
import type { Previous } from './find-previous.ts';

/**
 * Which answer goes on is said, so that nobody reads a figure about something else. Where something was asked in between
 * and not understood, "only EMEA" may be of that, which nobody has seen an answer to: then the reader is asked.
 */
export function continued(planned: PlannedQuestion, previous: Previous, question: string): PlannedQuestion {
  const about = shortened(previous.question, 120);
  const { unanswered } = previous;
  const said = { ...planned, notes: [`This continues “${about}”.`, ...planned.notes] };
  if (unanswered === null || isSecondTry(unanswered, question)) return said;
  return {
    ...planned,
    inDoubt: {
      question: `“${shortened(unanswered, 100)}” has no answer here. Is this about “${about}”?`,
      label: `Yes, about “${shortened(previous.question, 56)}”`,
    },
  };
}

function shortened(question: string, most: number): string {
  const text = question.replaceAll(/\s+/g, ' ').trim();
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** "by chanel", "by channel": the same words once more, better spelled. */
function isSecondTry(before: string, now: string): boolean {
  const [one, other] = [before, now].map((text) => text.toLowerCase().trim()) as [string, string];
  return editDistance(one, other) <= Math.min(3, Math.floor(other.length / 3));
}
