import type { AccountSignals } from './account-signals.ts';
import type { ComponentScore } from './components.ts';

const DAY_MS = 86_400_000;
/** One unhappy ticket says little; fewer than this many tones are not used. */
const LEAST_TONES = 3;

/**
 * What customers say, 0-100: a weighted mean of up to three parts; the weights of missing parts go to the others.
 *
 * | part | rows | part = | weight |
 * |---|---|---|---|
 * | CSAT | answers of 90 days, 1-5 | 100 (mean - 1) / 4 | 0.5 |
 * | NPS | answers of 180 days, 0-10 | 10 mean (the mean score, not the net share of promoters) | 0.3 |
 * | tone | tickets and customer escalations of 90 days, at least 3, -1 to 1 | 50 (mean + 1) | 0.2 |
 */
export function scoreSatisfaction(signals: AccountSignals, until: Date): ComponentScore | null {
  const csat = surveys(signals, 'csat', until, 90);
  const nps = surveys(signals, 'nps', until, 180);
  const tones = signals.tones.filter(({ at }) => isWithin(at, until, 90)).map(({ score }) => score);
  const parts: { weight: number; score: number; fact: string }[] = [];
  if (csat.length > 0) {
    const average = mean(csat);
    parts.push({
      weight: 0.5,
      score: (100 * (average - 1)) / 4,
      fact: `CSAT ${average.toFixed(1)} of 5 (${csat.length})`,
    });
  }
  if (nps.length > 0) {
    const average = mean(nps);
    parts.push({
      weight: 0.3,
      score: 10 * average,
      fact: `NPS answers ${average.toFixed(1)} of 10 (${nps.length})`,
    });
  }
  if (tones.length >= LEAST_TONES) {
    const average = mean(tones);
    parts.push({
      weight: 0.2,
      score: 50 * (average + 1),
      fact: `tone of ${tones.length} tickets ${average.toFixed(2)} from -1 to 1`,
    });
  }
  if (parts.length === 0) return null;
  const weight = parts.reduce((sum, part) => sum + part.weight, 0);
  const score = parts.reduce((sum, part) => sum + part.weight * part.score, 0) / weight;
  return { score: Math.min(100, Math.max(0, score)), fact: parts.map((part) => part.fact).join(', ') };
}

function surveys(signals: AccountSignals, kind: string, until: Date, days: number): readonly number[] {
  return signals.surveys
    .filter((survey) => survey.kind === kind && isWithin(survey.respondedAt, until, days))
    .map((survey) => survey.score);
}

function isWithin(at: Date, until: Date, days: number): boolean {
  const age = until.getTime() - at.getTime();
  return age >= 0 && age < days * DAY_MS;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
