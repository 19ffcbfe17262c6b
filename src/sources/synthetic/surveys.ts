import { endOf, type WorldAccount } from './accounts.ts';
import type { Random } from './random.ts';
import type { WorldTicket } from './ticket-life.ts';
import type { Cell } from './world.ts';

export const surveyHeader = [
  'response_id',
  'account_id',
  'case_id',
  'kind',
  'score',
  'comment',
  'responded_at',
] as const;

const dayMs = 86_400_000;
const answeredShare = 0.28;
/** How much less a ticket with a negative tone is liked. */
const toneStep = 1.2;
const comments = {
  good: [
    'Quick and clear, thanks.',
    'Solved at once.',
    'Very patient engineer.',
    'Explained the cause, not only the fix.',
    'Great follow-up.',
    '',
    '',
  ],
  middling: ['Fine in the end.', 'Took two attempts.', 'OK.', '', ''],
  bad: [
    'Had to explain it three times.',
    'Too slow for a production problem.',
    'Closed without asking us.',
    'Answers read like a template.',
    'We still do not know the cause.',
    '',
  ],
} as const;

/** Gives answers their numbers, in the order in which they are written. */
export class SurveyDesk {
  private readonly random: Random;
  private readonly asOf: Date;
  private answers = 0;

  constructor(random: Random, asOf: Date) {
    this.random = random;
    this.asOf = asOf;
  }

  /** One NPS answer of an account, from its last weeks as a customer. */
  relationship(account: WorldAccount): readonly Cell[] | null {
    const { csat, planted } = account.traits;
    const likely =
      planted === 'declining'
        ? this.random.whole(0, 3)
        : Math.round(Math.min(10, Math.max(0, ((csat - 1) / 4) * 10 + this.random.normal())));
    const at = endOf(account, this.asOf) - this.random.whole(3, 80) * dayMs;
    return this.row(account, '', 'nps', likely, '', at);
  }

  /** The CSAT answer to a closed ticket; null: nobody answered. */
  satisfaction({ account, closedAt, id, sentiment }: WorldTicket): readonly Cell[] | null {
    if (closedAt === null || !this.random.chance(answeredShare)) return null;
    const { csat, negativeShare } = account.traits;
    // Mean over all tickets of an account: its csat, but for the ends of the scale.
    const liking = csat + toneStep * (negativeShare - (sentiment < 0 ? 1 : 0)) + 0.6 * this.random.normal();
    const score = Math.round(Math.min(5, Math.max(1, liking)));
    const words = score >= 4 ? comments.good : score === 3 ? comments.middling : comments.bad;
    const at = closedAt.getTime() + this.random.whole(10, 600) * 60_000;
    return this.row(account, id, 'csat', score, this.random.pick(words), at);
  }

  private row(
    account: WorldAccount,
    ticket: string,
    kind: 'csat' | 'nps',
    score: number,
    comment: string,
    at: number,
  ): readonly Cell[] | null {
    if (at >= this.asOf.getTime()) return null;
    this.answers += 1;
    const id = `SRV-${String(this.answers).padStart(5, '0')}`;
    return [id, account.id, ticket, kind, score, comment, new Date(at).toISOString()];
  }
}
