import type { AnyRecord } from '../../domain/records.ts';
import {
  buildDirectory,
  customersSource,
  type Directory,
  type KnownAccount,
  type KnownPerson,
} from '../identity.ts';

/** Who is known by name: those read in this run first, then those that are stored. */
export class NameBook implements Directory {
  private readonly stored: Directory;
  private readonly accounts: KnownAccount[] = [];
  private readonly people: KnownPerson[] = [];
  private read: Directory | null = null;

  constructor(stored: Directory) {
    this.stored = stored;
  }

  /** Remembers accounts and people; accounts that only a list or report knows have no system yet and are left out. */
  add(records: readonly AnyRecord[]): void {
    for (const record of records) {
      if (record.entity === 'account' && record.source !== customersSource) {
        const { id, source, sourceId, name, industry = null, region = null, tier = null } = record;
        this.accounts.push({ id, source, sourceId, name, industry, region, tier });
      } else if (record.entity === 'person') {
        this.people.push({ id: record.id, name: record.name, email: record.email ?? null });
      } else continue;
      this.read = null;
    }
  }

  findAccount(name: string): KnownAccount | null {
    return this.recent().findAccount(name) ?? this.stored.findAccount(name);
  }

  findPerson(nameOrEmail: string): KnownPerson | null {
    return this.recent().findPerson(nameOrEmail) ?? this.stored.findPerson(nameOrEmail);
  }

  findTicket(number: string): string | null {
    return this.stored.findTicket(number);
  }

  findEscalationOpenedAt(ceNumber: string): Date | null {
    return this.stored.findEscalationOpenedAt(ceNumber);
  }

  private recent(): Directory {
    this.read ??= buildDirectory({ accounts: this.accounts, people: this.people });
    return this.read;
  }
}
