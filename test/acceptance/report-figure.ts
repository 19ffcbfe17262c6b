import { appendFileSync } from 'node:fs';

/** One line of the table that `npm run accept` prints. */
export interface Figure {
  /** What is judged, for example `churn, fitted`. */
  readonly capability: string;
  /** On what, for example `Telco, 5 x 5-fold`. */
  readonly data: string;
  /** Which number, for example `AUC`. */
  readonly figure: string;
  readonly value: number;
  /** What the naive way reaches on the same data; null where there is none. */
  readonly floor: number | null;
  readonly goal: number;
  readonly better: 'higher' | 'lower';
  /** What whoever reads the table should know about this figure. */
  readonly note?: string;
}

/** Adds a line to the table. A goal that is missed shows there and fails the run as a whole, never silently. */
export function reportFigure(figure: Figure): void {
  if (!Number.isFinite(figure.value)) throw new Error(`${figure.capability}, ${figure.figure}: no number`);
  const file = process.env['HEED_ACCEPT_FIGURES'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify({ ...figure, met: isMet(figure) })}\n`);
}

function isMet({ value, goal, better }: Figure): boolean {
  return better === 'higher' ? value >= goal : value <= goal;
}
