import type { FindingKind } from '../../domain/finding.ts';
import { findingKinds } from '../../domain/finding-facts.ts';
import { upperFirst } from '../../toolkit/letter-case.ts';
import { formatFact, shorten } from '../format.ts';
import { type AlertWords, factText, fieldsOf, type Subject } from './subject.ts';

/** Facts that are sentences of the analyser and stand in the text, not among the fields. */
const sentences: ReadonlySet<string> = new Set(['headline', 'sentence', 'over', 'currency', 'account']);

/**
 * Words for kinds whose findings tell themselves: facts `headline` and `sentence`, and `over` for when it has ended
 * (absent: the subject "is as it should be again"). The other facts of the kind are the fields.
 */
export function wordsThatAreTold(kind: FindingKind): (subject: Subject) => AlertWords {
  return (subject) => {
    const { seen, zone, asOf } = subject;
    const label = shorten(subject.label, 80);
    const context = { zone, reference: asOf, currency: factText(seen, 'currency') };
    const pairs = Object.entries(findingKinds[kind].facts).flatMap(([name, definition]) => {
      const value = seen.facts[name];
      return sentences.has(name) ? [] : [[definition.label, formatFact(value, definition, context)] as const];
    });
    const sentence = factText(seen, 'sentence') ?? `${label} needs a look.`;
    return {
      headline: shorten(factText(seen, 'headline') ?? label, 140),
      sentence,
      fields: fieldsOf(pairs.slice(0, 10)),
      over: {
        headline: shorten(factText(seen, 'over') ?? `${upperFirst(label)} is as it should be again`, 140),
        sentence: subject.hasLeft ? 'The analyser no longer reports it.' : sentence,
        isGood: true,
      },
    };
  };
}
