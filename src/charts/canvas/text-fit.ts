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
    while (words[0] !== undefined && measure(`${line} ${words[0]}`) <= widthPixels) line += ` ${words.shift()}`;
    out.push(cutToWidth(line, widthPixels, measure));
  }
  return out.filter((line) => line !== '');
}

function beginning(characters: readonly string[], count: number): string {
  return characters.slice(0, count).join('').trimEnd() + ellipsis;
}
