import type { Priority } from '../../domain/priority.ts';
import type { CustomerEscalationStatus, Role, TicketStatus } from '../../domain/records.ts';

const table = <T extends string>(groups: Readonly<Record<T, string>>): ReadonlyMap<string, T> =>
  new Map(
    (Object.entries(groups) as [T, string][]).flatMap(([ours, words]) =>
      words.split(',').map((word): [string, T] => [word.trim(), ours]),
    ),
  );

const priorities = table<Priority>({
  urgent:
    'urgent, critical, p1, p0, sev1, sev 1, severity 1, s1, 1, 1 - critical, highest, blocker, emergency',
  high: 'high, p2, sev2, sev 2, severity 2, s2, 2, 2 - high, major',
  normal: 'normal, medium, moderate, p3, sev3, sev 3, severity 3, s3, 3, 3 - moderate, 3 - medium',
  low: 'low, p4, p5, sev4, sev 4, severity 4, s4, 4, 4 - low, lowest, minor, trivial',
});

const ticketStatuses = table<TicketStatus>({
  new: 'new, created',
  open: 'open, working, in progress, in-progress, active, assigned, escalated, reopened, re-opened',
  pending:
    'pending, waiting on customer, waiting for customer, awaiting customer, waiting, pending customer, awaiting user info, customer response needed',
  hold: 'hold, on hold, on-hold, awaiting vendor, awaiting problem, waiting on engineering, waiting on third party',
  solved: 'solved, resolved, fixed, completed',
  closed: 'closed, cancelled, canceled, closed as duplicate',
});

const escalationStatuses = table<CustomerEscalationStatus>({
  open: 'open, new, active, escalated',
  investigating:
    'investigating, in progress, in-progress, under investigation, working, analysis, analysing, ongoing',
  mitigated: 'mitigated, workaround, workaround in place, stabilised, stabilized',
  monitoring: 'monitoring, watching, under observation, monitoring fix',
  resolved: 'resolved, solved, fixed, completed, done',
  closed: 'closed, cancelled, canceled',
});

const roles = table<Role>({
  agent: 'agent, support agent, support engineer',
  rep: 'rep, sales rep, account executive',
  supervisor: 'supervisor, team lead, lead',
  manager: 'manager',
  executive: 'executive, vp, c-level',
  admin: 'admin, administrator, system administrator',
});

const look = <T>(words: ReadonlyMap<string, T>, text: string | null): T | null =>
  text === null ? null : (words.get(text.trim().toLowerCase().replace(/\s+/g, ' ')) ?? null);

/** The words of sources for our vocabulary; null for a word that is not known. */
export const priorityOf = (text: string | null): Priority | null => look(priorities, text);
export const ticketStatusOf = (text: string | null): TicketStatus | null => look(ticketStatuses, text);
export const roleOf = (text: string | null): Role | null => look(roles, text);

/** The first known word in a sentence: "P1 – production down", "Resolved on Friday", but not "not resolved yet". */
function lookIn<T>(words: ReadonlyMap<string, T>, text: string | null): T | null {
  const whole = look(words, text);
  if (whole !== null || text === null) return whole;
  const sentence = text.toLowerCase().replace(/\s+/g, ' ');
  let best: { readonly at: number; readonly length: number; readonly value: T } | null = null;
  for (const [word, value] of words) {
    // A bare digit is a priority only when nothing else stands beside it.
    if (/^\d$/.test(word)) continue;
    const at = indexOfWord(sentence, word);
    if (at === -1) continue;
    if (best === null || at < best.at || (at === best.at && word.length > best.length)) {
      best = { at, length: word.length, value };
    }
  }
  return best?.value ?? null;
}

function indexOfWord(sentence: string, word: string): number {
  for (let at = sentence.indexOf(word); at !== -1; at = sentence.indexOf(word, at + 1)) {
    const before = sentence.slice(0, at);
    const isWhole = !/[a-z0-9]$/.test(before) && !/^[a-z0-9]/.test(sentence.slice(at + word.length));
    if (
      isWhole &&
      !/\b(?:not|never|un|yet to be|to be|until|isn't|hasn't been)(?: yet| been| fully)*[ -]*$/.test(before)
    )
      return at;
  }
  return -1;
}

export const priorityIn = (text: string | null): Priority | null => lookIn(priorities, text);
export const escalationStatusIn = (text: string | null): CustomerEscalationStatus | null =>
  lookIn(escalationStatuses, text);
