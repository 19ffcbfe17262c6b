import type { Role } from '../../domain/records.ts';

/** Case.Priority in the words of Salesforce's picklist and of common editions of it. */
export const priorityWords: Readonly<Record<string, string>> = {
  critical: 'urgent',
  urgent: 'urgent',
  p0: 'urgent',
  p1: 'urgent',
  high: 'high',
  p2: 'high',
  medium: 'normal',
  normal: 'normal',
  moderate: 'normal',
  p3: 'normal',
  low: 'low',
  p4: 'low',
};

/** Case.Status. "Waiting on customer" stops the clock (pending); waiting on anyone else does not (hold). */
export const statusWords: Readonly<Record<string, string>> = {
  new: 'new',
  open: 'open',
  reopened: 'open',
  're-opened': 'open',
  assigned: 'open',
  working: 'open',
  'in progress': 'open',
  escalated: 'open',
  pending: 'pending',
  'pending customer': 'pending',
  'waiting on customer': 'pending',
  'waiting for customer': 'pending',
  'awaiting customer': 'pending',
  'on hold': 'hold',
  hold: 'hold',
  'waiting on engineering': 'hold',
  'waiting on third party': 'hold',
  'awaiting vendor': 'hold',
  resolved: 'solved',
  solved: 'solved',
  closed: 'closed',
  cancelled: 'closed',
  duplicate: 'closed',
};

/** @returns our word for a status, `closed` for every word that begins with it ("Closed - Duplicate"), or null */
export function statusOf(word: string): string | null {
  const key = word.trim().toLowerCase();
  const known = statusWords[key];
  if (known !== undefined) return known;
  return key.startsWith('closed') ? 'closed' : null;
}

/** Role of a user from the words of a role or title; the most senior word wins. */
export function roleOf(text: string): Role | null {
  const has = (pattern: RegExp): boolean => pattern.test(text);
  if (has(/\b(administrator|admin|salesops|revops)\b/i)) return 'admin';
  if (has(/\b(chief|c[eftors]o|cro|cco|vp|vice president|president|executive vice)\b/i)) return 'executive';
  if (has(/\b(director|head of|manager)\b/i) && !has(/\b(account|success) manager\b/i)) return 'manager';
  if (has(/\b(supervisor|team lead|lead|shift)\b/i)) return 'supervisor';
  if (has(/\b(account executive|account manager|sales|rep|representative|sdr|bdr)\b/i)) return 'rep';
  if (has(/\b(support|engineer|agent|specialist|analyst|success|technician)\b/i)) return 'agent';
  return null;
}
