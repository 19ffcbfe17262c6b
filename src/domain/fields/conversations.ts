import { boolean, instant, integer, number, required, text, to, word } from './field.ts';

/** Live conversations, the messages in them, the channels that carry them and the bot that answers some. */
export const conversationFields = {
  conversation: {
    accountId: to('account'),
    contactId: to('contact'),
    agentId: to('person'),
    teamId: to('team'),
    channel: text,
    status: required(word('open', 'pending', 'resolved', 'closed')),
    openedAt: required(instant),
    /** Seconds from the customer's first message to the first answer of a person. */
    firstResponseSeconds: integer,
    /** Mean seconds over all answers of the conversation. */
    avgResponseSeconds: number,
    resolutionSeconds: integer,
    resolvedAt: instant,
    messageCount: integer,
    /** The bot answered first, whatever became of it. With `escalatedToHuman` it handed over, without it handled alone. */
    handledByBot: boolean,
    /** The bot handed over to a person; never true where the bot had no part. */
    escalatedToHuman: boolean,
    /** 1-5. */
    csat: number,
  },
  message: {
    conversationId: to('conversation'),
    accountId: to('account'),
    authorId: to('person'),
    direction: required(word('in', 'out')),
    authorKind: word('customer', 'agent', 'bot', 'system'),
    channel: text,
    at: required(instant),
    deliveryStatus: word('queued', 'sent', 'delivered', 'read', 'failed'),
    deliveredAt: instant,
    readAt: instant,
    failedReason: text,
    /** Masked before it comes in: who an undelivered message was for. */
    recipientMasked: text,
    /** The source's key of the broadcast that the message was part of. */
    broadcastId: text,
    campaignId: to('campaign'),
    text,
  },
  /** A connection to a messaging channel, for example a WhatsApp number. */
  messaging_session: {
    name: text,
    channel: text,
    phoneMasked: text,
    status: required(word('connected', 'disconnected', 'reconnecting')),
    lastSeenAt: instant,
  },
  queue_sample: {
    sessionId: to('messaging_session'),
    channel: text,
    at: required(instant),
    depth: required(integer),
    processedPerMinute: number,
  },
  bot_event: {
    conversationId: to('conversation'),
    intent: text,
    outcome: required(word('auto_replied', 'dropped', 'handed_over')),
    success: boolean,
    at: required(instant),
  },
} as const;
