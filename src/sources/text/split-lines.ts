/** Longest line that is kept whole; the rest of a longer one is dropped, so that a binary file cannot fill the memory. */
const LINE_LIMIT = 1_000_000;

/** Cuts pieces of text into lines, whatever their ends (LF, CRLF, CR); the last line needs none. */
export async function* splitTextLines(parts: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const part of parts) {
    const text = rest + part;
    // A CR at the very end may be the first half of CRLF.
    const held = text.endsWith('\r') ? '\r' : '';
    const lines = text.slice(0, text.length - held.length).split(/\r\n|\n|\r/);
    rest = `${(lines.pop() ?? '').slice(0, LINE_LIMIT)}${held}`;
    yield* lines;
  }
  if (rest.endsWith('\r')) rest = rest.slice(0, -1);
  else if (rest === '') return;
  yield rest;
}
