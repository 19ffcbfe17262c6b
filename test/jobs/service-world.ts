import type { AnyRecord } from '../../src/domain/records.ts';
import { createRandom } from '../../src/sources/synthetic/random.ts';
import type { Store } from '../../src/store/database.ts';
import { storeRecords } from '../../src/store/record-store.ts';
import { idOf, worldNow } from './analysis-world.ts';

/** A contact centre of ten weeks, drawn from one seed, whose rows are kept so that every figure can be computed again. */
export const agents = ['Ann', 'Ben', 'Cem', 'Dora', 'Eli'] as const;
const accounts = Array.from({ length: 24 }, (_, index) => `Customer ${index + 1}`);
const intents = ['billing question', 'password reset', 'cluster status'];
const minute = 60_000;
const day = 1440 * minute;

export type Conversation = Extract<AnyRecord, { entity: 'conversation' }>;
export type Span = Extract<AnyRecord, { entity: 'agent_status' }>;
export type Order = Extract<AnyRecord, { entity: 'sales_transaction' }>;
export type Message = Extract<AnyRecord, { entity: 'message' }>;
export type BotEvent = Extract<AnyRecord, { entity: 'bot_event' }>;

export interface ServiceWorld {
  readonly conversations: readonly Conversation[];
  readonly spans: readonly Span[];
  readonly orders: readonly Order[];
  readonly messages: readonly Message[];
  readonly botEvents: readonly BotEvent[];
  readonly records: readonly AnyRecord[];
}

const record = (entity: string, name: string, values: object) =>
  ({ entity, id: idOf(entity, name), source: 'test', sourceId: name, ...values }) as unknown as AnyRecord;

export function serviceWorld(seed = 11): ServiceWorld {
  const random = createRandom(seed);
  const conversations: AnyRecord[] = [];
  const messages: AnyRecord[] = [];
  const botEvents: AnyRecord[] = [];
  for (let index = 0; index < 700; index += 1) {
    const openedAt = new Date(worldNow.getTime() - Math.floor(random.next() ** 1.2 * 70 * day));
    const isBot = random.chance(0.5);
    const isHanded = isBot && random.chance(0.5);
    const hasAgent = (!isBot || isHanded) && random.chance(0.9);
    const first = hasAgent ? random.whole(10, 1800) : undefined;
    const isResolved = random.chance(hasAgent ? 0.85 : 0.6);
    const resolvedAt = new Date(openedAt.getTime() + ((first ?? 0) + random.whole(30, 9000)) * 1000);
    const isOver = isResolved && resolvedAt < worldNow;
    const name = `C${index}`;
    conversations.push(
      record('conversation', name, {
        ...(random.chance(0.95) && { accountId: idOf('account', accounts[random.whole(0, 23)]!) }),
        ...(hasAgent && { agentId: idOf('person', agents[random.whole(0, 4)]!) }),
        channel: random.chance(0.5) ? 'WhatsApp' : 'Web chat',
        status: isOver ? 'resolved' : random.chance(0.3) ? 'open' : random.chance(0.5) ? 'pending' : 'closed',
        openedAt,
        ...(first !== undefined && { firstResponseSeconds: first }),
        ...(isOver && { resolvedAt }),
        handledByBot: isBot,
        escalatedToHuman: isHanded,
      }),
    );
    if (isBot) {
      const outcome = isHanded ? 'handed_over' : random.chance(0.3) ? 'dropped' : 'auto_replied';
      const intent = intents[random.whole(0, 2)]!;
      const base = { conversationId: idOf('conversation', name), intent, at: openedAt };
      if (outcome === 'handed_over')
        botEvents.push(
          record('bot_event', `${name}-0`, { ...base, outcome: 'auto_replied', success: false }),
        );
      botEvents.push(
        record('bot_event', `${name}-1`, {
          ...base,
          outcome,
          success: outcome === 'auto_replied' && random.chance(0.8),
        }),
      );
    }
    for (let turn = 0; turn < 3; turn += 1) {
      const isOut = random.chance(0.6);
      const status = ['delivered', 'read', 'failed', 'sent'][random.whole(0, 3)]!;
      messages.push(
        record('message', `${name}-${turn}`, {
          conversationId: idOf('conversation', name),
          direction: isOut ? 'out' : 'in',
          at: new Date(Math.min(worldNow.getTime(), openedAt.getTime() + turn * minute)),
          ...(isOut && { deliveryStatus: status }),
          ...(isOut && random.chance(0.3) && { broadcastId: `B${random.whole(1, 3)}` }),
        }),
      );
    }
  }
  const orders = Array.from({ length: 260 }, (_, index) => {
    const orderNumber = `O${Math.floor(index / 2)}`;
    const order = createRandom(1000 + Math.floor(index / 2));
    return record('sales_transaction', `T${index}`, {
      accountId: idOf('account', accounts[order.whole(0, 23)]!),
      orderNumber,
      quantity: 1,
      amount: 10,
      currency: 'EUR',
      soldAt: new Date(worldNow.getTime() - order.whole(0, 400) * day),
    });
  });
  const spans = agents.flatMap((agent) => spansOf(agent, random.fork(agent)));
  const people = [
    record('team', 'Chat', { name: 'Chat' }),
    ...agents.map((agent) =>
      record('person', agent, { name: agent, role: 'agent', active: true, teamId: idOf('team', 'Chat') }),
    ),
    ...accounts.map((name) => record('account', name, { name, ownerId: idOf('person', 'Rep') })),
    record('person', 'Rep', { name: 'Rep', role: 'rep', active: true }),
  ];
  const records = [...people, ...conversations, ...messages, ...botEvents, ...orders, ...spans];
  return {
    conversations: conversations as Conversation[],
    spans: spans as Span[],
    orders: orders as Order[],
    messages: messages as Message[],
    botEvents: botEvents as BotEvent[],
    records,
  };
}

/** Twelve days of changing status, over midnights and the change of the clock; the last span is open. */
function spansOf(agent: string, random: ReturnType<typeof createRandom>): AnyRecord[] {
  const spans: AnyRecord[] = [];
  let at = worldNow.getTime() - 12 * day;
  const statuses = ['online', 'busy', 'online', 'away', 'online', 'offline'];
  for (let index = 0; at < worldNow.getTime(); index += 1) {
    const status = statuses[index % statuses.length]!;
    const length = (status === 'offline' ? random.whole(300, 900) : random.whole(5, 300)) * minute;
    const end = at + length;
    spans.push(
      record('agent_status', `${agent}-${index}`, {
        personId: idOf('person', agent),
        status,
        startedAt: new Date(at),
        ...(end < worldNow.getTime() && { endedAt: new Date(end), durationSeconds: length / 1000 }),
      }),
    );
    at = end;
  }
  return spans;
}

export async function storeWorld(store: Store, records: readonly AnyRecord[]): Promise<void> {
  await store.transaction((trx) => storeRecords(trx, 'test', records));
}
