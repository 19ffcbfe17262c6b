import { boolean, instant, integer, money, required, text, to, withFallback, word } from './field.ts';

/** People of the company, the teams they work in, and when they were there to help. */
export const peopleFields = {
  team: { name: required(text), region: text, managerId: to('person'), channel: text },
  person: {
    name: required(text),
    email: text,
    role: word('agent', 'rep', 'supervisor', 'manager', 'executive', 'admin'),
    teamId: to('team'),
    managerId: to('person'),
    region: text,
    title: text,
    active: withFallback(boolean, true),
    /** Sales target of a year in `currency`. */
    quota: money,
    currency: text,
    /** IANA name, for example `Europe/Berlin`. */
    timeZone: text,
  },
  agent_status: {
    personId: required(to('person')),
    status: required(word('online', 'away', 'busy', 'offline')),
    startedAt: required(instant),
    /** Null while it lasts. */
    endedAt: instant,
    durationSeconds: integer,
  },
} as const;
