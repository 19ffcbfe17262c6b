import type { Token } from './token.ts';

/** Which rule took which words, and what it made of them; shown by `--explain`. */
export interface TraceStep {
  readonly rule: string;
  readonly words: string;
  readonly meaning: string;
}

/** A question while it is read: rules take words, and a word is taken once. */
export interface Reading {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly trace: readonly TraceStep[];
  isFree(index: number): boolean;
  /** Marks tokens as understood by a rule. Fillers that are already free stay available to nobody else. */
  take(rule: string, indexes: readonly number[], meaning: string): void;
  /** Adds a line to the trace without taking words. */
  note(rule: string, meaning: string): void;
}

export function newReading(text: string, tokens: readonly Token[]): Reading {
  const taken = new Set<number>();
  const trace: TraceStep[] = [];
  return {
    text,
    tokens,
    trace,
    isFree: (index) => !taken.has(index) && index >= 0 && index < tokens.length,
    take(rule, indexes, meaning) {
      for (const index of indexes) taken.add(index);
      const words = [...new Set(indexes)]
        .sort((left, right) => left - right)
        .map((index) => tokens[index]?.text ?? '')
        .join(' ');
      trace.push({ rule, words, meaning });
    },
    note: (rule, meaning) => {
      const isKnown = trace.some((step) => step.rule === rule && step.meaning === meaning);
      if (!isKnown) trace.push({ rule, words: '', meaning });
    },
  };
}

/**
 * The tokens that a stretch of text covers, half-open.
 *
 * @param starts where each token begins in that text
 */
export function tokensOf(
  starts: readonly number[],
  begin: number,
  end: number,
): { readonly from: number; readonly to: number } {
  const after = starts.findIndex((start) => start >= end);
  return { from: starts.findIndex((start) => start >= begin), to: after === -1 ? starts.length : after };
}

/** Indexes from `from` up to but not including `to`. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
}
