import { canonical, pastForms } from './canonical.ts';
import { lemma } from './sayings/lemma.ts';

/** "Solve", "solves" and "solving" as "solved": the word by which figures are called. */
export function pastOf(verb: string): string {
  const said = verb.toLowerCase();
  return pastForms[said] ?? pastForms[lemma(said)] ?? canonical(said);
}
