import type { QueryPlan } from '../../query/metric-query.ts';

/** Longer questions are not asked: nobody types them, and they are the cheapest way to run up cost. */
export const longestQuestion = 1000;

/**
 * The question as data: nothing in it can close the tag around it, hide characters, or break the wire. The only text
 * of a person that reaches the model.
 */
export function questionAsData(question: string): string {
  const plain = question
    .toWellFormed()
    // Controls and invisible characters carry instructions that people do not see.
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('<', '&lt;')
    .trim();
  return `<question>${plain}</question>`;
}

/**
 * The plan that a follow-up may change, as data. It holds names of the catalogue and words that people typed as values,
 * so it is fenced like the question; never rows, and never the text of an earlier question.
 */
export function previousAsData(plan: QueryPlan): string {
  const text = JSON.stringify(plan)
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replaceAll('<', '&lt;');
  return `<previous_plan>${text}</previous_plan>`;
}

/** Weekday and date in the asker's zone, for "since Tuesday": `Saturday, 2026-11-21`. */
export function todayText(now: Date, zone: string): string {
  const parts = new Map(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    })
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return `Today is ${part('weekday')}, ${part('year')}-${part('month')}-${part('day')}.`;
}
