import type { Arrival, Region } from './conversations-arrivals.ts';
import { chatWords, smallTalk, type Topic, topics } from './conversations-words.ts';
import { fillIn } from './grammar.ts';
import type { WorldPerson } from './people.ts';
import type { OfficeDays } from './presence-hours.ts';
import { hourMs } from './presence-hours.ts';
import type { Random } from './random.ts';

export const channels = ['WhatsApp', 'Web chat', 'Slack Connect', 'E-mail'] as const;
export type Channel = (typeof channels)[number];

export interface Turn {
  /** Epoch milliseconds, whole seconds. */
  readonly at: number;
  readonly author: 'customer' | 'agent' | 'bot';
  readonly text: string;
}

export interface BotEvent {
  readonly at: number;
  readonly intent: string;
  readonly outcome: 'auto_replied' | 'dropped' | 'handed_over';
  readonly success: boolean;
}

/** What is said in a conversation; it may go on after the end of the world. */
export interface Course {
  readonly channel: Channel;
  readonly turns: readonly Turn[];
  readonly botEvents: readonly BotEvent[];
  /** Who answers, if a person does. */
  readonly agent: WorldPerson | null;
  /** Null: the customer went away. */
  readonly resolvedAt: number | null;
  /** 1-5; null: not answered. */
  readonly csat: number | null;
}

/** Who answers at which hours. */
export interface ChatDesk {
  readonly agents: Readonly<Record<Region, readonly WorldPerson[]>>;
  readonly offices: Readonly<Record<Region, OfficeDays>>;
  /** Mean number of questions with an answer in a conversation with a person, at least 1. */
  readonly meanExchanges: number;
}

interface ChannelHabits {
  readonly share: number;
  readonly hasBot: boolean;
  /** Median seconds: of the first answer, of later ones, and of the customer's. */
  readonly first: number;
  readonly reply: number;
  readonly customer: number;
}

const habits: Readonly<Record<Channel, ChannelHabits>> = {
  WhatsApp: { share: 42, hasBot: true, first: 150, reply: 75, customer: 80 },
  'Web chat': { share: 30, hasBot: true, first: 60, reply: 45, customer: 40 },
  'Slack Connect': { share: 15, hasBot: false, first: 480, reply: 300, customer: 360 },
  'E-mail': { share: 13, hasBot: false, first: 4_200, reply: 3_000, customer: 5_400 },
};
const channelWeights = channels.map((channel) => [channel, habits[channel].share] as const);
const topicWeights = topics.map((topic) => [topic, topic.weight] as const);
const chatWeights = channelWeights.filter(([channel]) => habits[channel].hasBot);
/** Share of chats that the bot takes first. */
const botFirst = 0.86;
/** Of those whom the bot did not help: so many go away without a word. */
const dropOff = 0.22;
const ratedShare = 0.3;
/** Median seconds of the first answer on the planted evening. */
const longWait = 2_700;

export function holdConversation(random: Random, arrival: Arrival, desk: ChatDesk): Course {
  const channel = random.weighted(arrival.isPlanted ? chatWeights : channelWeights);
  const topic = random.weighted(topicWeights);
  const talk = new Talk(random, arrival, channel, topic);
  talk.say('customer', random.pick(topic.open));
  // On the planted evening the bot is off as well.
  if (habits[channel].hasBot && !arrival.isPlanted && random.chance(botFirst)) {
    const end = talkToBot(random, talk, topic);
    if (end !== 'person') return finish(random, talk, { agent: null, isResolved: end === 'solved', wait: 0 });
  }
  return talkToAgent(random, talk, arrival, desk);
}

/** Collects what is said; time only goes on. */
class Talk {
  readonly turns: Turn[] = [];
  readonly botEvents: BotEvent[] = [];
  readonly channel: Channel;
  readonly topic: Topic;
  now: number;
  private readonly random: Random;

  constructor(random: Random, arrival: Arrival, channel: Channel, topic: Topic) {
    this.random = random;
    this.now = arrival.at;
    this.channel = channel;
    this.topic = topic;
  }

  pass(medianSeconds: number, spread = 0.7): void {
    this.now += Math.max(1, Math.round(this.random.logNormal(medianSeconds, spread))) * 1000;
  }

  say(author: Turn['author'], sentence: string): void {
    this.turns.push({ at: this.now, author, text: fillIn(this.random, sentence, chatWords) });
  }

  botDoes(outcome: BotEvent['outcome'], success: boolean): void {
    this.botEvents.push({ at: this.now, intent: this.topic.intent, outcome, success });
  }
}

function talkToBot(random: Random, talk: Talk, topic: Topic): 'solved' | 'gone' | 'person' {
  talk.pass(2, 0.4);
  talk.say('bot', random.pick(topic.bot));
  if (random.chance(topic.botSuccess)) {
    talk.botDoes('auto_replied', true);
    if (random.chance(0.7)) {
      talk.pass(50);
      talk.say('customer', random.pick(smallTalk.thanks));
      if (random.chance(0.5)) {
        talk.pass(2, 0.4);
        talk.say('bot', random.pick(smallTalk.bye));
      }
    }
    return 'solved';
  }
  if (random.chance(dropOff)) {
    talk.botDoes('dropped', false);
    return 'gone';
  }
  talk.botDoes('auto_replied', false);
  talk.pass(45);
  talk.say('customer', random.pick(smallTalk.unsatisfied));
  talk.pass(2, 0.4);
  talk.say('bot', random.pick(smallTalk.handOver));
  talk.botDoes('handed_over', false);
  return 'person';
}

function talkToAgent(random: Random, talk: Talk, arrival: Arrival, desk: ChatDesk): Course {
  const { first, reply, customer } = habits[talk.channel];
  const { topic } = talk;
  const asked = talk.now;
  talk.now = nextOpening(talk.now, desk);
  if (arrival.isPlanted) talk.pass(longWait, 0.35);
  else talk.pass(first);
  const region = desk.offices.EMEA.isOpen(talk.now) ? 'EMEA' : 'Americas';
  const agent = random.pick(desk.agents[region]);
  const [firstName = ''] = agent.name.split(' ');
  const greeting = random
    .pick(arrival.isPlanted ? smallTalk.late : smallTalk.greeting)
    .replace('{agent}', firstName);
  const wait = (talk.now - asked) / 1000;
  talk.say('agent', `${greeting} ${random.pick(topic.agent)}`);
  const exchanges = random.negativeBinomial(desk.meanExchanges - 1, 3);
  for (let index = 0; index < exchanges; index += 1) {
    talk.pass(customer);
    talk.say('customer', random.pick(topic.customer));
    if (random.chance(0.15)) {
      talk.pass(12);
      talk.say('customer', random.pick(topic.customer));
    }
    talk.pass(reply);
    talk.say('agent', random.pick(topic.agent));
  }
  const isResolved = random.chance(0.94);
  if (isResolved) {
    talk.pass(customer);
    talk.say('customer', random.pick(smallTalk.thanks));
    if (random.chance(0.6)) {
      talk.pass(reply / 2);
      talk.say('agent', random.pick(smallTalk.bye));
    }
  }
  return finish(random, talk, { agent, isResolved, wait });
}

/** The moment itself while somebody is at work on either side of the ocean, else when the next office opens. */
function nextOpening(epochMs: number, { offices }: ChatDesk): number {
  const isOpen = (at: number): boolean => offices.EMEA.isOpen(at) || offices.Americas.isOpen(at);
  if (isOpen(epochMs)) return epochMs;
  let hour = Math.ceil(epochMs / hourMs) * hourMs;
  // Offices open on whole hours, and no holiday is longer than ten days.
  for (let count = 0; count < 240 && !isOpen(hour); count += 1) hour += hourMs;
  return hour;
}

function finish(
  random: Random,
  talk: Talk,
  end: { readonly agent: WorldPerson | null; readonly isResolved: boolean; readonly wait: number },
): Course {
  const { channel, turns, botEvents } = talk;
  talk.pass(20);
  const isRated = end.isResolved && random.chance(ratedShare);
  const patience = habits[channel].first * 4;
  const csat = isRated ? random.weighted(end.wait > patience ? impatient : content) : null;
  return { channel, turns, botEvents, agent: end.agent, resolvedAt: end.isResolved ? talk.now : null, csat };
}

const content = [
  [5, 50],
  [4, 32],
  [3, 11],
  [2, 5],
  [1, 2],
] as const;
const impatient = [
  [5, 8],
  [4, 17],
  [3, 28],
  [2, 27],
  [1, 20],
] as const;
