import type { SuggestedPrompt } from '../options.ts';

/** What an assistant shows around a thread: status line, suggested prompts, title. */
export interface ConversationStates {
  setStatus(channel: string, threadTs: string, text: string): void;
  statuses(channel: string): readonly { readonly threadTs: string; readonly text: string }[];
  setPrompts(channel: string, prompts: readonly SuggestedPrompt[]): void;
  prompts(channel: string): readonly SuggestedPrompt[] | undefined;
  setTitle(channel: string, threadTs: string, title: string): void;
  title(channel: string, threadTs: string): string | undefined;
}

export function createConversationStates(): ConversationStates {
  const statuses = new Map<string, Map<string, string>>();
  const prompts = new Map<string, readonly SuggestedPrompt[]>();
  const titles = new Map<string, string>();
  return {
    setStatus(channel, threadTs, text) {
      const known = statuses.get(channel) ?? new Map<string, string>();
      statuses.set(channel, known);
      if (text === '') known.delete(threadTs);
      else known.set(threadTs, text);
    },
    statuses: (channel) => [...(statuses.get(channel) ?? [])].map(([threadTs, text]) => ({ threadTs, text })),
    setPrompts: (channel, list) => void prompts.set(channel, list),
    prompts: (channel) => prompts.get(channel),
    setTitle: (channel, threadTs, title) => void titles.set(`${channel}:${threadTs}`, title),
    title: (channel, threadTs) => titles.get(`${channel}:${threadTs}`),
  };
}
