import type { ValueFormat } from '../chart-spec.ts';
import { formatShort, formatValue } from '../format-value.ts';

/** Width of a text in layout pixels, in the font the caller has set. */
export type MeasureText = (text: string) => number;

const ellipsis = '…';

/** The text if it fits, else as much of its beginning as fits before an ellipsis; nothing at all fits: ''. */
export function cutToWidth(text: string, widthPixels: number, measure: MeasureText): string {
  if (measure(text) <= widthPixels) return text;
  const characters = Array.from(text);
  let kept = 0;
  let tooMany = characters.length;
  while (tooMany - kept > 1) {
    const middle = (kept + tooMany) >> 1;
    if (measure(beginning(characters, middle)) <= widthPixels) kept = middle;
    else tooMany = middle;
  }
  const cut = beginning(characters, kept);
  return measure(cut) <= widthPixels ? cut : '';
}

/** Keeps both ends: names of a list often differ only at the end ("Support team 1", "Support team 2"). */
export function cutMiddleToWidth(text: string, widthPixels: number, measure: MeasureText): string {
  if (measure(text) <= widthPixels) return text;
  const characters = Array.from(text);
  for (let kept = characters.length - 1; kept > 0; kept -= 1) {
    const end = Math.floor(kept * 0.4);
    const cut = `${characters
      .slice(0, kept - end)
      .join('')
      .trimEnd()}${ellipsis}${characters
      .slice(characters.length - end)
      .join('')
      .trimStart()}`;
    if (measure(cut) <= widthPixels) return cut;
  }
  return '';
}

/** A number that is too wide is shortened, never cut: the beginning of a number is another number. */
export function fitNumber(
  value: number,
  format: ValueFormat,
  widthPixels: number,
  measure: MeasureText,
): string {
  const written = formatValue(value, format);
  if (measure(written) <= widthPixels) return written;
  const short = formatShort(value, format);
  return measure(short) <= widthPixels ? short : formatShort(value, { kind: 'number' });
}

/** Breaks at spaces into at most `lines` lines; what is left over, and any word that is too wide, is cut. */
export function wrapToWidth(
  text: string,
  widthPixels: number,
  lines: number,
  measure: MeasureText,
): readonly string[] {
  const words = text.split(' ').filter((word) => word !== '');
  const out: string[] = [];
  while (words.length > 0 && out.length < lines) {
    if (out.length === lines - 1) {
      out.push(cutToWidth(words.join(' '), widthPixels, measure));
      break;
    }
    let line = words.shift() ?? '';
    while (words[0] !== undefined && measure(`${line} ${words[0]}`) <= widthPixels)
      line += ` ${words.shift()}`;
    out.push(cutToWidth(line, widthPixels, measure));
  }
  return out.filter((line) => line !== '');
}

/**
 * Like `wrapToWidth`, but when something must go it is taken before the tail: the end of a subtitle says as of when.
 *
 * @param tail text that must stay, a suffix of `text`
 */
export function wrapKeepingTail(
  text: string,
  tail: string,
  widthPixels: number,
  lines: number,
  measure: MeasureText,
): readonly string[] {
  const words = text
    .slice(0, text.length - tail.length)
    .trimEnd()
    .split(' ');
  const fits = (wrapped: readonly string[]) => !wrapped.some((line) => line.endsWith(ellipsis));
  const whole = wrapToWidth(text, widthPixels, lines, measure);
  if (tail === '' || fits(whole)) return whole;
  for (let kept = words.length - 1; kept > 0; kept -= 1) {
    // The ellipsis stands in the middle here, so a line that ends with one has been cut once more.
    const shorter = `${words.slice(0, kept).join(' ')}${ellipsis} ${tail}`;
    const wrapped = wrapToWidth(shorter, widthPixels, lines, measure);
    if (wrapped.at(-1)?.endsWith(ellipsis) === false && wrapped.join(' ') === shorter) return wrapped;
  }
  return wrapToWidth(tail, widthPixels, lines, measure);
}

function beginning(characters: readonly string[], count: number): string {
  return characters.slice(0, count).join('').trimEnd() + ellipsis;
}
