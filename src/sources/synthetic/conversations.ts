/**
 * Live conversations: who wrote, what was said, what the bot did, whether messages arrived, how long the queues were.
 * In: the customers and agents of a world. Out: conversations/*.csv, one conversation in memory at a time. Planted: a
 * day on which WhatsApp fails and an evening on which everybody waits.
 */
import { type ConversationPlan, planConversations, streamArrivals } from './conversations-arrivals.ts';
import { streamBroadcasts } from './conversations-broadcasts.ts';
import { type ChatDesk, holdConversation } from './conversations-course.ts';
import {
  brokenSessions,
  queueHeader,
  sessionHeader,
  sessionRows,
  streamQueue,
} from './conversations-queue.ts';
import {
  botEventHeader,
  conversationHeader,
  conversationRow,
  type MessageContext,
  messageHeader,
  messageRow,
} from './conversations-rows.ts';
import { topics } from './conversations-words.ts';
import { officeDays } from './presence-hours.ts';
import { putRows } from './put-rows.ts';
import type { Cell, WorldBasis, WorldSink } from './world.ts';

export const conversationsPart = {
  name: 'conversations',
  async write(basis: WorldBasis, sink: WorldSink): Promise<Readonly<Record<string, unknown>>> {
    const plan = planConversations(basis);
    const tally = new DeliveryTally(plan);
    const talked = await writeTalks(basis, sink, plan, tally);
    await putRows(sink.table('conversations/sessions.csv', sessionHeader), sessionRows(basis.asOf));
    const peak = await writeQueue(basis, sink);
    return {
      ...talked,
      deliveryFailures: { day: dayOf(plan.failures.from), channel: 'WhatsApp', ...tally.figures() },
      longWaits: { from: instant(plan.waits.from), to: instant(plan.waits.to) },
      botSuccess: Object.fromEntries(topics.map(({ intent, botSuccess }) => [intent, botSuccess])),
      brokenSessions: brokenSessions(),
      queuePeak: peak,
    };
  },
};

const instant = (epochMs: number): string => new Date(epochMs).toISOString();
const dayOf = (epochMs: number): string => instant(epochMs).slice(0, 10);

async function writeTalks(basis: WorldBasis, sink: WorldSink, plan: ConversationPlan, tally: DeliveryTally) {
  const conversations = sink.table('conversations/conversations.csv', conversationHeader);
  const messages = sink.table('conversations/messages.csv', messageHeader);
  const botEvents = sink.table('conversations/bot_events.csv', botEventHeader);
  const random = basis.random('conversations');
  const [talks, deliveries] = [random.fork('talks'), random.fork('deliveries')];
  const desk = openChatDesk(basis, plan);
  const end = basis.asOf.getTime();
  const [ids, messageIds, botEventIds] = [new Numbers('C'), new Numbers('M'), new Numbers('B')];
  const context: MessageContext = {
    random: deliveries,
    plan,
    end,
    nextId: () => messageIds.next(),
    onDelivery: (channel, at, status) => tally.add(channel, at, status),
  };
  const put = async (table: typeof messages, row: readonly Cell[]): Promise<void> => {
    const room = table.write(row);
    if (room !== undefined) await room;
  };
  for (const arrival of streamArrivals(basis, plan)) {
    const course = holdConversation(talks, arrival, desk);
    const id = ids.next();
    const turns = course.turns.filter(({ at }) => at < end);
    const soFar = { id, arrival, course, turns };
    await put(conversations, conversationRow(soFar, end));
    for (const turn of turns) await put(messages, messageRow(soFar, turn, context));
    for (const event of course.botEvents) {
      if (event.at >= end) continue;
      const key = botEventIds.next();
      await put(botEvents, [key, id, event.intent, event.outcome, event.success, instant(event.at)]);
    }
  }
  for (const row of streamBroadcasts(basis, context)) await put(messages, row);
  return { conversations: ids.count, messages: messageIds.count, botEvents: botEventIds.count };
}

/** Gives rows their ids in the order in which they are written. */
class Numbers {
  count = 0;
  private readonly prefix: string;

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  next(): string {
    this.count += 1;
    return `${this.prefix}-${String(this.count).padStart(7, '0')}`;
  }
}

/** Messages of a conversation without any exchange beyond the first, and of each further one; measured. */
const shortest = 4;
const perExchange = 1.28;

function openChatDesk({ asOf, people, scale }: WorldBasis, plan: ConversationPlan): ChatDesk {
  const agentsIn = (region: 'EMEA' | 'Americas') =>
    people.filter((person) => person.role === 'agent' && person.region === region);
  const open = (region: 'EMEA' | 'Americas') => officeDays(region, new Date(plan.start), asOf);
  const wanted = scale.messages / scale.conversations;
  return {
    agents: { EMEA: agentsIn('EMEA'), Americas: agentsIn('Americas') },
    offices: { EMEA: open('EMEA'), Americas: open('Americas') },
    meanExchanges: 1 + Math.max(0, (wanted - shortest) / perExchange),
  };
}

async function writeQueue(basis: WorldBasis, sink: WorldSink) {
  const table = sink.table('conversations/queue_samples.csv', queueHeader);
  let peak = { session: '', at: '', depth: -1 };
  for (const { session, at, depth, row } of streamQueue(basis)) {
    await putRows(table, [row]);
    if (depth > peak.depth) peak = { session, at: instant(at), depth };
  }
  return peak;
}

/** Counts outgoing WhatsApp messages of the planted day and of all others. */
class DeliveryTally {
  private readonly plan: ConversationPlan;
  private readonly bad = { sent: 0, failed: 0 };
  private readonly usual = { sent: 0, failed: 0 };

  constructor(plan: ConversationPlan) {
    this.plan = plan;
  }

  add(channel: string, at: number, status: string): void {
    if (channel !== 'WhatsApp') return;
    const { from, to } = this.plan.failures;
    const counts = at >= from && at < to ? this.bad : this.usual;
    counts.sent += 1;
    if (status === 'failed') counts.failed += 1;
  }

  figures() {
    return { sent: this.bad.sent, failed: this.bad.failed, otherDays: this.usual };
  }
}
