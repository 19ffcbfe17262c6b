import type { Message } from './message.ts';

/** A short reply for one person: what did not happen, and what to do. */
export function buildNotice(text: string): Message {
  return { text, blocks: [{ kind: 'paragraph', content: [text] }] };
}
