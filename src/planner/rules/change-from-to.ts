import { monthPattern } from './time/time-words.ts';

const unit = '(?:week|month|quarter|year)';
/** One period, so that another one of its kind can stand beside it. */
const period = `(?:in )?(?:(?:the )?${unit} (?:before|earlier|prior)|(?:${monthPattern}|q[1-4]|h[12])(?: (?:of )?(?:20)?\\d\\d)?|(?:19|20)\\d\\d|(?:the )?(?:last|previous|this|current) ${unit}|yesterday|today)`;
const fromTo = new RegExp(
  `\\b(?:from|between) (?<earlier>${period}) (?:to|until|and|into) (?<later>${period})(?![\\p{L}\\d])`,
  'iu',
);
const changes =
  /\b(?:grow|grew|grown|growth|shrink|shrank|shrunk|increase|increased|decrease|decreased|rise|rose|risen|fall|fell|fallen|drop|dropped|decline|declined|change|changed|develop|developed|go up|went up|gone up|go down|went down|gone down|improve|improved|worsen|worsened|improvement|movement|difference|differ|gap|delta|variance|evolve|evolved)\b/i;
const isCourse =
  /\b(?:by|per|each|every) (?:day|week|month|quarter)\b|\b(?:daily|weekly|monthly|quarterly|over time|trend)\b/i;

/**
 * "How did volume change from September to October": the one month against the other, and not all that lies between
 * them.
 */
export function changeFromTo(text: string): string {
  if (!changes.test(text) || isCourse.test(text)) return text;
  const { earlier, later } = fromTo.exec(text)?.groups ?? {};
  if (earlier === undefined || later === undefined) return text;
  const plain = text.replace(/\b(?:develop|developed|evolve|evolved)\b/i, 'change');
  return plain.replace(fromTo, `in ${later} compared to ${earlier}`).replace(/\bin in\b/gi, 'in');
}
