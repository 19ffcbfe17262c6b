import type { Finding } from '../../../domain/finding.ts';
import { stableId } from '../../../toolkit/ids.ts';
import { shorten } from '../../wording.ts';
import type { RepeatedQuestion } from './repeated-questions.ts';

/** More than these are in the table, not among the findings. */
const FINDINGS = 50;
const EVIDENCE_ROWS = 20;

/** One `faq-candidate` finding for each of the 50 most repeated questions. */
export function buildQuestionFindings(
  questions: readonly RepeatedQuestion[],
  {
    topics,
    days,
    now,
  }: {
    /** By id of the typical ticket. */
    readonly topics: ReadonlyMap<string, string | null>;
    readonly days: number;
    readonly now: Date;
  },
): readonly Finding[] {
  return questions.slice(0, FINDINGS).map((one): Finding => {
    const { typical, tickets, accounts, answered, newestAnswered } = one;
    const question = shorten(typical.subject, 120);
    const share = Math.round((100 * answered) / tickets.length);
    return {
      kind: 'faq-candidate',
      subject: { kind: 'series', id: `question/${stableId('faq', tickets.at(-1)!.id)}`, label: question },
      accountId: null,
      ownerId: null,
      teamId: null,
      value: tickets.length,
      observedAt: now,
      facts: {
        headline: `Asked ${tickets.length} times: ${question}`,
        sentence: `${accounts} customers asked this ${tickets.length} times in ${days} days; ${answered} of the tickets (${share} %) were answered and solved.`,
        question,
        topic: topics.get(typical.id) ?? null,
        tickets: tickets.length,
        accounts,
        answered_share: answered / tickets.length,
        last_asked_at: tickets[0]!.openedAt.toISOString(),
        answered_ticket: newestAnswered === null ? null : (newestAnswered.number ?? newestAnswered.id),
      },
      evidence: {
        caption: `Tickets that ask it, newest first${tickets.length > EVIDENCE_ROWS ? ` (${EVIDENCE_ROWS} of ${tickets.length} shown)` : ''}; two tickets ask the same when their rarer words agree (TF-IDF cosine), answered = solved with an answer in public`,
        columns: ['Ticket', 'Subject', 'Opened', 'Answered'],
        rows: tickets
          .slice(0, EVIDENCE_ROWS)
          .map(({ number, subject, openedAt, isAnswered }) => [
            number,
            shorten(subject, 120),
            openedAt.toISOString().slice(0, 10),
            isAnswered ? 'yes' : 'no',
          ]),
      },
      chart: null,
    };
  });
}
