import { cutToWidth, type MeasureText, wrapToWidth } from './text-fit.ts';

/**
 * What stands under each category: one or two lines, or nothing. All labels when they fit on one line, or wrapped on
 * two; otherwise every n-th, counted from the last, because the newest point is the one people ask about.
 *
 * @param widthPixels width of the plot
 * @returns one entry per label; an empty array where nothing is written
 */
export function categoryMarks(
  labels: readonly string[],
  widthPixels: number,
  measure: MeasureText,
): readonly (readonly string[])[] {
  const slot = widthPixels / Math.max(1, labels.length);
  const gap = 10;
  const widest = Math.max(0, ...labels.map(measure));
  if (widest <= slot - gap) return labels.map((label) => [label]);
  if (wrapsWithin(labels, slot - gap, measure)) {
    return labels.map((label) => wrapToWidth(label, slot - gap, 2, measure));
  }
  const longestShown = 110;
  if (slot >= longestShown / 2 && widest > longestShown) {
    return labels.map((label) => wrapToWidth(label, slot - gap, 2, measure));
  }
  const shown = Math.min(widest, longestShown);
  const every = Math.max(1, Math.ceil((shown + gap) / slot));
  return labels.map((label, index) =>
    (labels.length - 1 - index) % every === 0 ? [cutToWidth(label, shown, measure)] : [],
  );
}

function wrapsWithin(labels: readonly string[], widthPixels: number, measure: MeasureText): boolean {
  return labels.every((label) => {
    const lines = wrapToWidth(label, widthPixels, 2, measure);
    return lines.join(' ') === label;
  });
}
