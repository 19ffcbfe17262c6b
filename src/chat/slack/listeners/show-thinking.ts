import type { webApi } from '@slack/bolt';

/** Shows "Heed is thinking…" until the reply comes. Nice to have: its failure concerns nobody. */
export function showThinking(client: webApi.WebClient, channelId: string, threadTs: string): void {
  client.assistant.threads
    .setStatus({ channel_id: channelId, thread_ts: threadTs, status: 'is looking at the numbers…' })
    .catch(() => undefined);
}
