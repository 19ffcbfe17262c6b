import type { Features } from '../features.ts';
import type { Tone } from './scorer.ts';

/** A text with the tone that its customer or its source gave it. */
export interface ToneExample {
  readonly features: Features;
  readonly tone: Tone;
}

/** Softmax regression over hashed words; plain data that is stored as JSON. */
export interface ToneModel {
  readonly biases: readonly number[];
  /** Feature, then its weights for negative, neutral and positive, in turn. */
  readonly weights: readonly number[];
}

export const tones = ['negative', 'neutral', 'positive'] as const satisfies readonly Tone[];

const EPOCHS = 8;
/** Step of Adagrad (Duchi et al. 2011): each weight slows down by the root of the squared slopes it has seen. */
const STEP = 0.3;
/** Pull of every weight that is touched towards zero. */
const RIDGE = 1e-4;
/** Words that stood in one text alone are left out of the model. */
const LEAST_TEXTS = 2;

/**
 * Fits P(tone | text) ∝ exp(b_tone + Σ w_tone,feature / √n) over the n known features of a text, by stochastic gradient
 * descent in a fixed order: the same examples give the same model.
 */
export function trainToneModel(examples: readonly ToneExample[]): ToneModel {
  const slots = numberSlots(examples);
  const size = tones.length;
  const weights = new Float64Array((slots.size + 1) * size);
  const squares = new Float64Array(weights.length).fill(1e-8);
  // The last slot holds the biases; it is part of every text.
  const bias = slots.size;
  const texts = examples.map(({ features, tone }) => ({
    slots: [...features.keys()].flatMap((place) => slots.get(place) ?? []),
    tone: tones.indexOf(tone),
  }));
  const order = texts.map((_, index) => index);
  let state = 1;
  const move = (slot: number, tone: number, slope: number) => {
    const at = slot * size + tone;
    squares[at]! += slope * slope;
    weights[at]! -= (STEP * slope) / Math.sqrt(squares[at]!);
  };
  for (let epoch = 0; epoch < EPOCHS; epoch += 1) {
    for (let at = order.length - 1; at > 0; at -= 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const other = Math.floor((state / 2 ** 32) * (at + 1));
      [order[at], order[other]] = [order[other]!, order[at]!];
    }
    for (const index of order) {
      const text = texts[index]!;
      const scale = text.slots.length === 0 ? 0 : 1 / Math.sqrt(text.slots.length);
      const chances = softmax(
        tones.map((_, tone) => {
          let sum = weights[bias * size + tone]!;
          for (const slot of text.slots) sum += scale * weights[slot * size + tone]!;
          return sum;
        }),
      );
      for (let tone = 0; tone < size; tone += 1) {
        const error = chances[tone]! - (tone === text.tone ? 1 : 0);
        move(bias, tone, error);
        for (const slot of text.slots) move(slot, tone, scale * error + RIDGE * weights[slot * size + tone]!);
      }
    }
  }
  return {
    biases: [...weights.slice(bias * size)].map(round),
    weights: [...slots].flatMap(([place, slot]) => [
      place,
      ...[...weights.slice(slot * size, slot * size + size)].map(round),
    ]),
  };
}

/**
 * Chances of the three tones, in the order of `tones`; null for a text without a known word.
 */
export function toneReader(model: ToneModel): (features: Features) => readonly number[] | null {
  const row = 1 + tones.length;
  const at = new Map<number, number>();
  for (let index = 0; index < model.weights.length; index += row) at.set(model.weights[index]!, index + 1);
  return (features) => {
    const known = [...features.keys()].flatMap((place) => at.get(place) ?? []);
    if (known.length === 0) return null;
    const scale = 1 / Math.sqrt(known.length);
    return softmax(
      model.biases.map((bias, tone) => {
        let sum = bias;
        for (const index of known) sum += scale * model.weights[index + tone]!;
        return sum;
      }),
    );
  };
}

function numberSlots(examples: readonly ToneExample[]): ReadonlyMap<number, number> {
  const texts = new Map<number, number>();
  for (const { features } of examples)
    for (const place of features.keys()) texts.set(place, (texts.get(place) ?? 0) + 1);
  const slots = new Map<number, number>();
  for (const [place, count] of texts) if (count >= LEAST_TEXTS) slots.set(place, slots.size);
  return slots;
}

function softmax(logits: readonly number[]): readonly number[] {
  const highest = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - highest));
  const sum = powers.reduce((total, one) => total + one, 0);
  return powers.map((one) => one / sum);
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}
