import type { SeenFinding } from '../domain/alert.ts';
import type { FindingKind } from '../domain/finding.ts';
import { factOf, valueField } from '../domain/finding-facts.ts';
import { type FactContext, formatFact, shorten } from './format.ts';

/**
 * Fills a rule's sentence with facts. A sentence whose facts are missing is left out rather than shown with holes.
 *
 * @returns the sentence, or null when a fact that it names is not known
 */
export function fillTemplate(
  template: string,
  kind: FindingKind,
  seen: Pick<SeenFinding, 'value' | 'facts'>,
  context: FactContext,
): string | null {
  const missing: string[] = [];
  const text = template.replaceAll(/\{([^{}]+)\}/g, (_whole, name: string) => {
    const definition = factOf(kind, name);
    const value = name === valueField ? seen.value : seen.facts[name];
    const written =
      definition === undefined ? null : (formatFact(value, definition, context) ?? definition.absent ?? null);
    if (written === null) missing.push(name);
    return shorten(written ?? '', 240);
  });
  return missing.length === 0 && text.trim() !== '' ? text : null;
}
