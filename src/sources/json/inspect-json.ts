/** What a JSON text would lose or break when it is parsed as it stands. */
export interface JsonInspection {
  /** Deepest nesting of objects and lists. */
  readonly depth: number;
  /** Members of all objects in the text; a parser keeps the last of two with one name without a word. */
  readonly members: number;
  /** The text with whole numbers above 2^53 put in quotes, because a double would change their last digits. */
  readonly text: string;
}

/** Deepest nesting that is read; no export of records comes near it. */
export const DEPTH_LIMIT = 64;

const QUOTE = 34;
const BACKSLASH = 92;
/** 2^53 has sixteen digits. */
const LONG_NUMBER = 16;

/** One pass over the text, outside its strings; made for texts that may be no JSON at all. */
export function inspectJson(text: string): JsonInspection {
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let numberAt = -1;
  let copied = 0;
  let quoted = '';
  for (let at = 0; at <= text.length; at += 1) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    if (isDigit) {
      if (numberAt === -1) numberAt = at;
      continue;
    }
    if (numberAt !== -1) {
      // A fraction or an exponent says that the digits are no key.
      const isWhole = code !== 46 && code !== 69 && code !== 101 && text.charCodeAt(numberAt - 1) !== 46;
      if (isWhole && at - numberAt >= LONG_NUMBER) {
        const from = text.charCodeAt(numberAt - 1) === 45 ? numberAt - 1 : numberAt;
        const digits = text.slice(from, at);
        if (!Number.isSafeInteger(Number(digits))) {
          quoted += `${text.slice(copied, from)}"${digits}"`;
          copied = at;
        }
      }
      numberAt = -1;
    }
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === 123 || code === 91) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (code === 125 || code === 93) depth -= 1;
    else if (code === 58) members += 1;
  }
  return { depth: deepest, members, text: copied === 0 ? text : quoted + text.slice(copied) };
}

/** Position of the closing quotation mark, or of the end of the text. */
function endOfString(text: string, open: number): number {
  for (let close = text.indexOf('"', open + 1); close !== -1; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(close - 1 - backslashes) === BACKSLASH) backslashes += 1;
    if (backslashes % 2 === 0) return close;
  }
  return text.length;
}

/** Members of all objects in a parsed value; `depth` bounds the recursion beforehand. */
export function countMembers(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + countMembers(item), 0);
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  for (const item of Object.values(value)) count += 1 + countMembers(item);
  return count;
}

/** The first name that stands twice in one object; slow, asked only when the counts differ. */
export function doubledName(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(null);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const close = endOfString(text, at);
      const isName = /^\s*:/.test(text.slice(close + 1, close + 200));
      const names = open.at(-1);
      if (isName && names != null) {
        const name = JSON.parse(text.slice(at, close + 1)) as string;
        if (names.has(name)) return name;
        names.add(name);
      }
      at = close;
    }
  }
  return null;
}
