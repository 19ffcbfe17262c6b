/**
 * A copy that stands alone. V8 lets a piece of a text share the memory of the whole: one cell that is kept for the
 * length of an import would keep the 64 kB of the file around it. Joining and cutting makes a text of its own.
 */
export function detach(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}
