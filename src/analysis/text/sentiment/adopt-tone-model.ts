import { featuresOf } from '../features.ts';
import { wordsOf } from '../words.ts';
import { type SentimentScorer, type Tone, toneOf } from './scorer.ts';
import { type ToneModel, toneReader, trainToneModel } from './tone-model.ts';

/** A text with a score that did not come from us: the source's own, or the customer's CSAT. */
export interface LabelledText {
  readonly text: string;
  /** -1 to 1. */
  readonly score: number;
}

/** Fewer labels than this teach a model too little. */
export const LEAST_LABELS = 1_000;
/** Of the newest labels, how many the model is tried on and never learns from. */
const HELD_OUT_SHARE = 0.2;
/** Without this many of each among the held-out, nobody can say who is better. */
const LEAST_OF_EACH = 30;
/** Below this a model tells next to nothing of a single text, whatever the lexicon does; 0.5 is a coin. */
const LEAST_AUC = 0.7;
/** One-sided 95 % of the normal distribution. */
const SURE = 1.645;

/** How well a scorer agrees with labels. */
export interface ToneCheck {
  /** Share of texts whose tone (negative, neutral, positive) is right; a text without a score counts as neutral. */
  readonly accuracy: number;
  /** Chance that a negative text scores below one that is not; 0.5 is a coin. */
  readonly aucNegative: number;
}

export interface ToneTrial {
  readonly labels: number;
  readonly heldOut: number;
  readonly lexicon: ToneCheck;
  readonly model: ToneCheck;
  /** z of McNemar's test: how clearly the model is right where the lexicon is wrong. */
  readonly z: number;
  readonly isAdopted: boolean;
  /** Why, in a sentence for people. */
  readonly reason: string;
}

/**
 * Trains a tenant's own model and tries it on the newest fifth of the labels, which it has not seen. It is adopted only
 * when it orders negative texts better there (AUC of at least 0.7) and names the tone right more often than the lexicon beyond chance
 * (McNemar's test, one-sided 95 %); the adopted model is then trained on all labels.
 *
 * @param labelled oldest first
 * @returns null with fewer than 1,000 labels, or with too few of a kind to judge
 */
export function tryToneModel(
  labelled: readonly LabelledText[],
  lexicon: SentimentScorer,
): { readonly trial: ToneTrial; readonly model: ToneModel | null } | null {
  if (labelled.length < LEAST_LABELS) return null;
  const cut = Math.floor(labelled.length * (1 - HELD_OUT_SHARE));
  const after = labelled.slice(cut);
  const wanted = after.map(({ score }) => toneOf(score));
  const negatives = wanted.filter((tone) => tone === 'negative').length;
  if (negatives < LEAST_OF_EACH || wanted.length - negatives < LEAST_OF_EACH) return null;
  const examples = labelled.map(({ text, score }) => ({
    features: featuresOf(wordsOf(text)),
    tone: toneOf(score),
  }));
  const tried = modelScorer(trainToneModel(examples.slice(0, cut)), 'trial');
  const byLexicon = after.map(({ text }) => lexicon.score(text) ?? 0);
  const byModel = after.map(({ text }) => tried.score(text) ?? 0);
  const [lexiconCheck, modelCheck] = [checkScores(byLexicon, wanted), checkScores(byModel, wanted)];
  const z = mcNemar(byModel, byLexicon, wanted);
  const isAdopted =
    z > SURE && modelCheck.aucNegative >= LEAST_AUC && modelCheck.aucNegative > lexiconCheck.aucNegative;
  const trial: ToneTrial = {
    labels: labelled.length,
    heldOut: after.length,
    lexicon: lexiconCheck,
    model: modelCheck,
    z: Math.round(z * 100) / 100,
    isAdopted,
    reason: reasonOf(isAdopted, lexiconCheck, modelCheck, after.length),
  };
  return { trial, model: isAdopted ? trainToneModel(examples) : null };
}

/** Score = P(positive) - P(negative). */
export function modelScorer(model: ToneModel, version: string): SentimentScorer {
  const read = toneReader(model);
  return {
    source: 'model',
    version,
    score(text) {
      const chances = read(featuresOf(wordsOf(text)));
      return chances === null ? null : chances[2]! - chances[0]!;
    },
  };
}

/** Compares scores with the tones that were wanted. */
export function checkScores(scores: readonly number[], wanted: readonly Tone[]): ToneCheck {
  const right = scores.filter((score, index) => toneOf(score) === wanted[index]).length;
  return { accuracy: right / Math.max(1, scores.length), aucNegative: aucOfNegative(scores, wanted) };
}

/** Mann-Whitney U over the number of pairs; ties count half. */
function aucOfNegative(scores: readonly number[], wanted: readonly Tone[]): number {
  const sorted = scores
    .map((score, index) => ({ score, isNegative: wanted[index] === 'negative' }))
    .sort((a, b) => a.score - b.score);
  const negatives = sorted.filter(({ isNegative }) => isNegative).length;
  const others = sorted.length - negatives;
  if (negatives === 0 || others === 0) return 0.5;
  let won = 0;
  let othersAbove = others;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to < sorted.length && sorted[to]!.score === sorted[from]!.score) to += 1;
    const tied = sorted.slice(from, to);
    const tiedNegatives = tied.filter(({ isNegative }) => isNegative).length;
    const tiedOthers = tied.length - tiedNegatives;
    othersAbove -= tiedOthers;
    won += tiedNegatives * (othersAbove + tiedOthers / 2);
    from = to;
  }
  return won / (negatives * others);
}

function mcNemar(byModel: readonly number[], byLexicon: readonly number[], wanted: readonly Tone[]): number {
  let modelAlone = 0;
  let lexiconAlone = 0;
  for (const [index, tone] of wanted.entries()) {
    const model = toneOf(byModel[index]!) === tone;
    const lexicon = toneOf(byLexicon[index]!) === tone;
    if (model && !lexicon) modelAlone += 1;
    if (lexicon && !model) lexiconAlone += 1;
  }
  const differing = modelAlone + lexiconAlone;
  return differing === 0 ? 0 : (modelAlone - lexiconAlone) / Math.sqrt(differing);
}

function reasonOf(isAdopted: boolean, lexicon: ToneCheck, model: ToneCheck, texts: number): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const figures = `on the newest ${texts} labelled texts it is right in ${percent(model.accuracy)} (AUC ${model.aucNegative.toFixed(2)}), the lexicon in ${percent(lexicon.accuracy)} (AUC ${lexicon.aucNegative.toFixed(2)})`;
  return isAdopted ? `adopted: ${figures}` : `not adopted, the lexicon stays: ${figures}`;
}
