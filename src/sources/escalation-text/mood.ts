/** Words for a customer's mood and where they lie between -1 and 1; enough for one line that a person wrote down. */
const moods: readonly (readonly [RegExp, number])[] = [
  [/\b(furious|outraged|livid|threaten\w*|lawyers?)\b/i, -1],
  [/\b(angry|unacceptable|very unhappy|churn|leaving|cancel\w*)\b/i, -0.85],
  [/\b(frustrat\w*|unhappy|upset|dissatisfied|annoyed|negative|escalating)\b/i, -0.6],
  [/\b(worried|concern\w*|anxious|nervous|impatient|tense)\b/i, -0.35],
  [/\b(neutral|mixed|calm|patient|cooperative|understanding)\b/i, 0.05],
  [/\b(satisfied|positive|happy|pleased|relieved|grateful|thankful)\b/i, 0.6],
  [/\b(delighted|very happy|excellent)\b/i, 0.9],
];

/** Mean of the moods that are named, -1 to 1; null when none is. */
export function moodOf(text: string | null): number | null {
  if (text === null) return null;
  const found = moods.filter(([words]) => words.test(text)).map(([, value]) => value);
  if (found.length === 0) return null;
  return Math.round((found.reduce((sum, value) => sum + value, 0) / found.length) * 100) / 100;
}
