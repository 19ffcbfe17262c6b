import { describe, expect, it } from 'vitest';
import { groupTexts, weighTexts } from '../../../src/analysis/text/questions/group-texts.ts';
import { findRepeatedQuestions } from '../../../src/analysis/text/questions/repeated-questions.ts';

const settings = { days: 90, leastTickets: 3, likeness: 0.5 };
const ticket = (
  id: string,
  subject: string,
  day: number,
  isAnswered = false,
  accountId: string | null = id,
) => ({
  id,
  number: id,
  subject,
  body: null,
  accountId,
  openedAt: new Date(Date.UTC(2026, 2, day)),
  isAnswered,
});

describe('questions that come again and again', () => {
  const tickets = [
    ticket('a', 'How do I rotate the API keys of prod-eu-1?', 1, true, 'acme'),
    ticket('b', 'Rotate API keys', 2, true, 'acme'),
    ticket('c', 'please rotate our API keys', 5, false, 'globex'),
    ticket('d', 'Invoice shows the wrong VAT id', 3),
    ticket('e', 'VAT id wrong on the invoice', 4),
    ticket('f', 'Restore of a table from yesterday', 6),
    ticket('g', 'Login', 6),
    ticket('h', 'Login', 7),
    ticket('i', 'Login', 8),
  ];

  it('groups tickets that ask the same, with customers, answers and the newest answered', () => {
    const found = findRepeatedQuestions(tickets, settings);
    expect(found).toHaveLength(1);
    expect(found[0]!.tickets.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
    expect(found[0]).toMatchObject({ accounts: 2, answered: 2, newestAnswered: { id: 'b' } });
  });

  it('does not depend on the order in which the tickets come', () => {
    const ids = (list: typeof tickets) =>
      findRepeatedQuestions(list, { ...settings, leastTickets: 2 }).map((one) =>
        one.tickets.map(({ id }) => id),
      );
    expect(ids(tickets.toReversed())).toEqual(ids(tickets));
  });

  it('finds the planted groups among texts of random words, and no other', () => {
    const noise = Array.from({ length: 400 }, (_, at) => [
      `w${at}`,
      `x${(at * 7) % 397}`,
      `y${(at * 13) % 389}`,
    ]);
    const planted = Array.from({ length: 60 }, (_, at) => ['renew', 'licence', `z${at % 3}`]);
    const groups = groupTexts(weighTexts([...noise, ...planted]), 0.5).filter((group) => group.length > 4);
    expect(groups.flat().length).toBe(60);
    expect(Math.min(...groups.flat())).toBe(400);
  });
});
