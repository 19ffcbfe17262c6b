/**
 * From here on a text counts as positive, and from its negative down as negative; scores go from -1 to 1. The catalogue's
 * negative tickets and the series of anomalies.yml go by the same number.
 */
export const CLEAR_TONE = 0.3;
