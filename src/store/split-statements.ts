/**
 * Cuts a migration file into its statements, at semicolons outside of strings, quoted names, comments and
 * dollar-quoted bodies. Comments before a statement stay with it; a piece without a statement is dropped.
 */
export function splitStatements(text: string): string[] {
  const statements: string[] = [];
  let from = 0;
  let hasCode = false;
  for (let at = 0; at < text.length; ) {
    const skip = quotedLength(text, at);
    if (skip.length > 0) {
      hasCode ||= !skip.comment;
      at += skip.length;
      continue;
    }
    if (text[at] === ';') {
      if (hasCode) statements.push(text.slice(from, at).trim());
      from = at + 1;
      hasCode = false;
    } else if (!/\s/.test(text.charAt(at))) {
      hasCode = true;
    }
    at += 1;
  }
  if (hasCode) statements.push(text.slice(from).trim());
  return statements;
}

/** Length of the comment or quoted part that begins here, 0 when none does. */
function quotedLength(text: string, at: number): { length: number; comment: boolean } {
  const rest = text.slice(at, at + 2);
  if (rest === '--') return { length: lengthUntil(text, at, '\n', 2), comment: true };
  if (rest === '/*') return { length: blockCommentLength(text, at), comment: true };
  const first = text[at];
  if (first === "'") {
    const escapes = /[eE]/.test(text.charAt(at - 1)) && !/\w/.test(text.charAt(at - 2));
    return { length: stringLength(text, at, escapes), comment: false };
  }
  if (first === '"') return { length: lengthUntil(text, at, '"', 1), comment: false };
  const tag =
    first === '$' && !/\w/.test(text.charAt(at - 1)) ? DOLLAR_TAG.exec(text.slice(at, at + 64)) : null;
  if (tag) return { length: lengthUntil(text, at, tag[0], tag[0].length), comment: false };
  return { length: 0, comment: false };
}

const DOLLAR_TAG = /^\$([A-Za-z_]\w*)?\$/;

function lengthUntil(text: string, at: number, end: string, skip: number): number {
  const found = text.indexOf(end, at + skip);
  return (found < 0 ? text.length : found + end.length) - at;
}

/** A doubled quote ends one string and begins the next, which comes to the same. */
function stringLength(text: string, at: number, escapes: boolean): number {
  let end = at + 1;
  while (end < text.length && text[end] !== "'") end += escapes && text[end] === '\\' ? 2 : 1;
  return Math.min(end + 1, text.length) - at;
}

/** Block comments nest in Postgres. */
function blockCommentLength(text: string, at: number): number {
  let depth = 1;
  let end = at + 2;
  for (; end < text.length && depth > 0; end += 1) {
    const pair = text.slice(end, end + 2);
    if (pair === '/*') depth += 1;
    else if (pair === '*/') depth -= 1;
    else continue;
    end += 1;
  }
  return end - at;
}
