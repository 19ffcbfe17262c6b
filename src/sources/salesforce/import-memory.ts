import type { AnyRecord, PersonRecord, RecordOf, TeamRecord } from '../../domain/records.ts';
import { salesforceSource, sourceKey } from '../identity.ts';
import { baseOf } from './object-definition.ts';
import { fxRates, type HeldRate } from './objects/currencies.ts';
import { orderHistory } from './objects/stage-history.ts';

/** What a line of a deal must know of it. */
export interface KnownDeal {
  readonly accountId: string | null;
  readonly closeDate: string | null;
  readonly isWon: boolean;
}

interface KnownSession {
  readonly id: string;
  readonly accountId: string | null;
  readonly startsAt: number;
}

interface TeamDraft {
  readonly managers: Map<string, number>;
  readonly regions: Map<string, number>;
  leader: string | null;
}

/**
 * What rows of one import tell about rows of other objects. Files are read parents first, so it fills by itself; the
 * live connector fetches what a page needs before it builds the page.
 */
export class ImportMemory {
  private readonly teamOfUser = new Map<string, string>();
  private readonly teams = new Map<string, TeamDraft>();
  private readonly deals = new Map<string, KnownDeal>();
  private readonly sessions = new Map<string, KnownSession[]>();
  private history: RecordOf<'opportunity_stage_event'>[] = [];
  private rates: HeldRate[] = [];
  private corporateCurrency: string | null = null;

  /** @param team its name, or the id of a role */
  placeInTeam(
    user: string,
    team: string,
    about: {
      readonly manager: string | null;
      readonly region: string | null;
      readonly role: PersonRecord['role'];
    },
  ): void {
    this.teamOfUser.set(sourceKey(salesforceSource, user), team);
    const draft = this.teams.get(team) ?? { managers: new Map(), leader: null, regions: new Map() };
    this.teams.set(team, draft);
    if (about.manager !== null) count(draft.managers, sourceKey(salesforceSource, about.manager));
    if (about.region !== null) count(draft.regions, about.region);
    if (about.role === 'manager' || (about.role === 'supervisor' && draft.leader === null))
      draft.leader = user;
  }

  teamOf(user: string): string | null {
    return this.teamOfUser.get(sourceKey(salesforceSource, user)) ?? null;
  }

  rememberDeal(opportunity: string, deal: KnownDeal): void {
    this.deals.set(sourceKey(salesforceSource, opportunity), deal);
  }

  deal(opportunity: string): KnownDeal | null {
    return this.deals.get(sourceKey(salesforceSource, opportunity)) ?? null;
  }

  rememberSession(conversation: string, session: KnownSession): void {
    const known = this.sessions.get(conversation) ?? [];
    this.sessions.set(conversation, [...known.filter(({ id }) => id !== session.id), session]);
  }

  /** The session of a conversation that was under way at that instant: the last that had begun, else the first. */
  sessionAt(conversation: string, at: number): KnownSession | null {
    const ordered = [...(this.sessions.get(conversation) ?? [])].sort(
      (a, b) => a.startsAt - b.startsAt || compare(a.id, b.id),
    );
    return ordered.findLast(({ startsAt }) => startsAt <= at) ?? ordered[0] ?? null;
  }

  rememberCorporateCurrency(code: string): void {
    this.corporateCurrency = code;
  }

  hold(record: AnyRecord): void {
    if (record.entity === 'opportunity_stage_event') this.history.push(record);
  }

  holdRate(rate: HeldRate): void {
    this.rates.push(rate);
  }

  /** Records that stand for several rows: stage events in order, rates, and the teams that users belong to. */
  *finish(note: (message: string) => void): Generator<AnyRecord> {
    yield* orderHistory(this.history);
    this.history = [];
    yield* fxRates(this.rates, this.corporateCurrency, note);
    this.rates = [];
    for (const [name, draft] of this.teams) {
      // A role is an object of its own and comes with its own name.
      if (!/^00E\w{12,15}$/.test(name)) yield teamOf(name, draft);
    }
    this.teams.clear();
  }
}

export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A team is led by its member who is a manager or supervisor, else by whom most of its members report to. */
function teamOf(name: string, draft: TeamDraft): TeamRecord {
  const manager = draft.leader ?? mostCommon(draft.managers);
  return {
    ...baseOf('team', name),
    name,
    region: mostCommon(draft.regions),
    managerId: manager === null ? null : baseOf('person', manager).id,
  };
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostCommon(counts: ReadonlyMap<string, number>): string | null {
  const sorted = [...counts].sort((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  return sorted[0]?.[0] ?? null;
}
