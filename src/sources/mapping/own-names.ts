import type { AnyRecord } from '../../domain/records.ts';
import {
  customerKey,
  type Directory,
  type KnownAccount,
  type KnownPerson,
  looseCustomerKey,
} from '../identity.ts';

/** A directory that also knows the accounts and people which the source itself has named so far. */
export interface LearningDirectory extends Directory {
  learn(record: AnyRecord): void;
}

/**
 * The source's own names go before those that are stored: a file that names a customer means one of its own. A name
 * that two records of the source carry finds none.
 */
export function learningDirectory(stored: Directory): LearningDirectory {
  const accounts = new Names<KnownAccount>();
  const loose = new Names<KnownAccount>();
  const people = new Names<KnownPerson>();
  return {
    ...stored,
    learn(record) {
      if (record.entity === 'account') {
        const { id, source, sourceId, name, industry = null, region = null, tier = null } = record;
        const account = { id, source, sourceId, name, industry, region, tier };
        accounts.add(customerKey(name), account);
        loose.add(looseCustomerKey(name), account);
      } else if (record.entity === 'person') {
        const { id, name, email = null } = record;
        people.add(customerKey(name), { id, name, email });
        if (email !== null) people.add(customerKey(email), { id, name, email });
      }
    },
    findAccount(name) {
      const own = accounts.get(customerKey(name));
      if (own !== undefined) return own;
      const found = stored.findAccount(name);
      if (found !== null && customerKey(found.name) === customerKey(name)) return found;
      const similar = loose.get(looseCustomerKey(name));
      return similar === undefined ? found : similar;
    },
    findPerson(name) {
      const own = people.get(customerKey(name));
      return own === undefined ? stored.findPerson(name) : own;
    },
  };
}

/** By key; null where two records have the same. */
class Names<T extends { readonly id: string }> {
  private readonly known = new Map<string, T | null>();

  add(key: string, value: T): void {
    const before = this.known.get(key);
    this.known.set(key, before === undefined || before?.id === value.id ? value : null);
  }

  get(key: string): T | null | undefined {
    return this.known.get(key);
  }
}
