import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EscalationGroup, findPatterns } from '../../../src/analysis/escalation/escalation-patterns.ts';
import { chanceOfSoMany } from '../../../src/analysis/escalation/exact-test.ts';

/** Upper tail of the binomial by its definition, with whole numbers as long as they fit. */
function tailByDefinition(count: number, trials: number, share: number): number {
  let sum = 0;
  for (let successes = count; successes <= trials; successes += 1) {
    let ways = 1;
    for (let at = 1; at <= successes; at += 1) ways = (ways * (trials - successes + at)) / at;
    sum += ways * share ** successes * (1 - share) ** (trials - successes);
  }
  return sum;
}

const group = (key: string, escalations: number, base: number): EscalationGroup => ({
  key,
  label: key,
  accountId: null,
  escalations,
  base,
});

describe('the chance of so many', () => {
  it('is the upper tail of the binomial distribution', () => {
    expect(chanceOfSoMany(2, 2, 0.5)).toBeCloseTo(0.25, 15);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (a, b, share) => {
          const [count, trials] = [Math.min(a, b), Math.max(a, b)];
          expect(chanceOfSoMany(count, trials, share)).toBeCloseTo(
            tailByDefinition(count, trials, share),
            10,
          );
        },
      ),
    );
  });

  it('keeps its digits where it is tiny, and does not underflow for thousands of trials', () => {
    expect(chanceOfSoMany(20, 20, 0.01) / 1e-40).toBeCloseTo(1, 9);
    expect(chanceOfSoMany(5_000, 10_000, 0.5)).toBeCloseTo(0.504, 2);
  });
});

describe('where customer escalations pile up (S0-28)', () => {
  it('calls notable what is far above its share, with the expected number and the ratio', () => {
    const [first, ...others] = findPatterns({
      dimension: 'account',
      groups: [group('acme', 12, 100), group('globex', 4, 100), group('initech', 4, 200)],
    })!;
    // 20 escalations over 400 tickets: acme has a quarter of the tickets.
    expect(first).toMatchObject({ key: 'acme', expected: 5, ratio: 2.4, isNotable: true });
    expect(first!.chance).toBeCloseTo(tailByDefinition(12, 112, 20 / 420), 10);
    expect(others.every(({ isNotable }) => !isNotable)).toBe(true);
  });

  it('does not count on accounts without a base, or on few escalations', () => {
    expect(findPatterns({ dimension: 'weekday', groups: [group('1', 3, 5), group('2', 1, 10)] })).toBeNull();
    const few = findPatterns({ dimension: 'account', groups: [group('a', 3, 0), group('b', 0, 5_000)] })!;
    expect(few[0]).toMatchObject({ escalations: 3, isNotable: false });
  });

  it('finds no pattern in noise in at least 95 of 100 worlds', () => {
    let state = 5;
    const next = () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state / 2 ** 32;
    };
    const worlds = Array.from({ length: 300 }, () => {
      const groups = Array.from({ length: 40 }, (_, at) => ({ ...group(String(at), 0, 20 + (at % 7) * 10) }));
      const total = groups.reduce((sum, { base }) => sum + base, 0);
      const ends = groups.map((_, at) => groups.slice(0, at + 1).reduce((sum, { base }) => sum + base, 0));
      const drawn = new Map<number, number>();
      for (let escalation = 0; escalation < 150; escalation += 1) {
        const drawnAt = next() * total;
        const at = ends.findIndex((end) => drawnAt < end);
        drawn.set(at, (drawn.get(at) ?? 0) + 1);
      }
      const counted = groups.map((one, at) => ({ ...one, escalations: drawn.get(at) ?? 0 }));
      return findPatterns({ dimension: 'account', groups: counted })!.some(({ isNotable }) => isNotable);
    });
    expect(worlds.filter(Boolean).length / worlds.length).toBeLessThanOrEqual(0.05);
  });
});
