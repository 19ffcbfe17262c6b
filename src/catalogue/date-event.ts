/**
 * What a date tells of its row, in one word. Questions speak of dates by what they stand for ("which leases expire next
 * month"), never by what somebody called the column.
 */
export const dateEvents = [
  /** It was opened, started, created: what its age counts from. */
  'begins',
  /** It is over; empty while it goes on. */
  'ends',
  'replied',
  'solved',
  'closed',
  'won',
  'converted',
  'cancelled',
  /** A customer went away. */
  'left',
  /** It was recorded in the moment it happened: a sale, an answer. */
  'happens',
  /** It takes place, and may be entered beforehand: a call, a campaign. */
  'scheduled',
  /** It is meant to be done then, which may change: the expected close of a deal. */
  'planned',
  'due',
  'renews',
  'expires',
] as const;

/** One of `dateEvents`. */
export type DateEvent = (typeof dateEvents)[number];
