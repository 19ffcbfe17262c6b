import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { parseSaying, type SayingPart } from '../../../catalogue/saying-pattern.ts';
import { type Question, saidOf } from './in-figure-words.ts';
import { matchSaying } from './match-saying.ts';

interface Lack {
  readonly lacks: string;
  readonly always: boolean;
  readonly patterns: readonly (readonly SayingPart[])[];
}

const built = new WeakMap<Catalogue['sayings'], readonly Lack[]>();

function lacksOf({ sayings }: Catalogue): readonly Lack[] {
  const known = built.get(sayings);
  if (known) return known;
  const lacks = sayings.flatMap(({ lacks: told, always, says }): Lack[] =>
    told === null ? [] : [{ lacks: told, always, patterns: says.map(parseSaying) }],
  );
  built.set(sayings, lacks);
  return lacks;
}

/**
 * "Which competitor did we lose to": what no record holds, in the words of the catalogue. Other words would not help, so
 * that, and not a word that is unknown, is the reason to give.
 *
 * @param isAnswered whether the rest of the question has an answer, which then must not be given as if it were the whole
 */
export function lackedBy(question: Question, isAnswered: boolean): string | null {
  const lacks = lacksOf(question.catalogue).filter(({ always }) => always || !isAnswered);
  if (lacks.length === 0) return null;
  const said = saidOf(question);
  const found = lacks.find(({ patterns }) =>
    patterns.some((parts) => said.tokens.some(({ index }) => matchSaying(said, parts, index) !== null)),
  );
  return found?.lacks ?? null;
}
