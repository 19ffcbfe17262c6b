import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AnyRecord } from '../../src/domain/records.ts';
import { recordId } from '../../src/sources/identity.ts';
import { createSalesforceConnector } from '../../src/sources/salesforce/connector.ts';
import { UserError } from '../../src/toolkit/issue.ts';
import { idOf, type Lab, openLab, readStream, start, stored } from './salesforce-live.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(async () => {
  await lab.close();
});

const ago = (minutes: number): string => new Date(start.getTime() - minutes * 60_000).toISOString();

/** Accounts 1 to n; all of them stamped in the same second unless told otherwise. */
function addAccounts(count: number, stampOf: (index: number) => string = () => ago(60)): void {
  for (let index = 1; index <= count; index += 1) {
    const stamp = stampOf(index);
    const row = { Name: `Customer ${index}`, Region__c: 'EMEA', ARR__c: index * 1000, IsDeleted: false };
    lab.server.org.put('Account', {
      Id: idOf('001', index),
      SystemModstamp: stamp,
      CreatedDate: stamp,
      ...row,
    });
  }
}

const names = (records: readonly AnyRecord[]): string[] =>
  records.flatMap((record) => (record.entity === 'account' ? [record.name] : []));

const userError = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return (error as UserError).message;
};

describe('the Salesforce connector', () => {
  it('reads an object with the custom fields that the org has and asks for no others', async () => {
    addAccounts(2);
    const { records, isLast } = await readStream(lab.connect(), 'Account');
    expect(isLast).toBe(true);
    expect(records[0]).toMatchObject({
      entity: 'account',
      id: recordId('account', 'salesforce', idOf('001', 1)),
      name: 'Customer 1',
      region: 'EMEA',
      arr: 1000,
      updatedAt: new Date(ago(60)),
    });
    const soql = lab.server.requests
      .map(({ path }) => decodeURIComponent(path))
      .find((path) => /SELECT Id|, ARR/.test(path));
    expect(soql).toContain('ARR__c');
    expect(soql).not.toContain('Unread__c');
  });

  it('loses no row where a page ends between rows of one stamp, also when the locator has expired', async () => {
    addAccounts(7);
    const connector = lab.connect({ pageRows: 3 });
    const first = await readStream(connector, 'Account', { pages: 1 });
    expect(first.isLast).toBe(false);
    lab.server.faults = ['locators'];
    const events: { kind: string }[] = [];
    const rest = await readStream(connector, 'Account', { cursor: first.cursor, events: events as never });
    expect(names([...first.records, ...rest.records])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((n) => `Customer ${n}`),
    );
    expect(events).toEqual([{ kind: 'cursor-expired', stream: 'Account' }]);
  });

  it('does not jump ahead when a row changes while its page is being fetched', async () => {
    addAccounts(6, (index) => ago(60 - index));
    const connector = lab.connect({ pageRows: 3 });
    let pages = 0;
    lab.server.onPage = () => {
      pages += 1;
      // The third row is written again just before the first page is sent, and shows its new stamp there.
      if (pages === 1 + 1) lab.server.org.put('Account', { Id: idOf('001', 3), Name: 'Customer 3 again' });
    };
    const first = await readStream(connector, 'Account', { pages: 1 });
    lab.server.faults = ['locators'];
    const rest = await readStream(connector, 'Account', { cursor: first.cursor });
    lab.clock.advance(120);
    const later = await readStream(connector, 'Account', { cursor: rest.cursor });
    const all = stored([...first.records, ...rest.records, ...later.records]);
    expect(names([...all.values()]).sort()).toEqual(
      ['Customer 1', 'Customer 2', 'Customer 3 again', 'Customer 4', 'Customer 5', 'Customer 6'].sort(),
    );
  });

  it('finds a row that was stamped early and committed late, by reading some minutes twice', async () => {
    addAccounts(1);
    const connector = lab.connect();
    const first = await readStream(connector, 'Account');
    // Stamped now, to be seen in three minutes only.
    const commit = new Date(lab.clock.now().getTime() + 180_000);
    lab.server.org.put('Account', { Id: idOf('001', 2), Name: 'Late', IsDeleted: false }, commit);
    lab.clock.advance(120);
    const second = await readStream(connector, 'Account', { cursor: first.cursor });
    expect(names(second.records)).toEqual([]);
    lab.clock.advance(120);
    const third = await readStream(connector, 'Account', { cursor: second.cursor });
    expect(names(third.records)).toEqual(['Late']);
  });

  it('goes by the clock of Salesforce, not by its own', async () => {
    addAccounts(1);
    // Ours is an hour ahead: a window that ended at our now would pass over the coming hour.
    const ahead = { now: () => new Date(lab.clock.now().getTime() + 3600_000) };
    const connector = lab.connect({ clock: ahead });
    const first = await readStream(connector, 'Account');
    lab.clock.advance(1200);
    lab.server.org.put('Account', { Id: idOf('001', 2), Name: 'Within the hour', IsDeleted: false });
    lab.clock.advance(1200);
    const second = await readStream(connector, 'Account', { cursor: first.cursor });
    expect(names(second.records)).toEqual(['Within the hour']);
  });

  it('sees what is deleted and what is taken out of the recycle bin again', async () => {
    addAccounts(2);
    const connector = lab.connect();
    const first = await readStream(connector, 'Account');
    lab.clock.advance(600);
    lab.server.org.put('Account', { Id: idOf('001', 1), Name: 'Customer 1', IsDeleted: true });
    const deletedAt = lab.clock.now();
    lab.clock.advance(600);
    const second = await readStream(connector, 'Account', { cursor: first.cursor });
    expect(second.records.map((record) => record.deletedAt)).toEqual([deletedAt]);
    lab.server.org.put('Account', { Id: idOf('001', 1), Name: 'Customer 1', IsDeleted: false });
    lab.clock.advance(600);
    const third = await readStream(connector, 'Account', { cursor: second.cursor });
    expect(third.records.map((record) => record.deletedAt)).toEqual([null]);
  });

  it('skips an object that the org does not have with one note, and costs no call for it', async () => {
    const connector = lab.connect();
    const first = await readStream(connector, 'Incident');
    expect(first.pages).toMatchObject([
      { isLast: true, cursor: null, events: [{ kind: 'note', note: { code: 'object-skipped' } }] },
    ]);
    const calls = lab.server.requests.length;
    const second = await readStream(connector, 'Incident');
    expect(second.pages[0]?.events).toEqual([]);
    expect(lab.server.requests.length).toBe(calls);
  });

  it('reads histories, which have no stamp of changes, by the date they were written', async () => {
    lab.server.org.put('CaseHistory', {
      Id: idOf('017', 1),
      CaseId: idOf('500', 1),
      Field: 'Status',
      OldValue: 'New',
      NewValue: 'Working',
      CreatedDate: ago(30),
    });
    const { records } = await readStream(lab.connect(), 'CaseHistory');
    expect(records).toMatchObject([{ entity: 'ticket_event', kind: 'status', newValue: 'open' }]);
  });

  it('tells the stage before, even when that row was read in an earlier sync', async () => {
    const history = (number: number, stage: string, minutes: number) =>
      lab.server.org.put('OpportunityHistory', {
        Id: idOf('008', number),
        OpportunityId: idOf('006', 1),
        StageName: stage,
        Amount: number * 100,
        CreatedDate: ago(minutes),
        SystemModstamp: ago(minutes),
      });
    history(1, 'Prospecting', 90);
    const connector = lab.connect();
    const first = await readStream(connector, 'OpportunityHistory');
    history(2, 'Proposal', 5);
    lab.clock.advance(60);
    const second = await readStream(connector, 'OpportunityHistory', { cursor: first.cursor });
    const event = stored([...first.records, ...second.records]).get(
      recordId('opportunity_stage_event', 'salesforce', idOf('008', 2)),
    );
    expect(event).toMatchObject({
      fromStage: 'Prospecting',
      toStage: 'Proposal',
      prevAmount: 100,
      amount: 200,
    });
  });

  it('counts the lines of a deal as sold from the sync after it was won, though no line changed', async () => {
    const deal = { Id: idOf('006', 1), Name: 'Deal', AccountId: idOf('001', 1), CloseDate: '2026-11-30' };
    lab.server.org.put('Opportunity', {
      ...deal,
      StageName: 'Proposal',
      IsWon: false,
      SystemModstamp: ago(60),
    });
    lab.server.org.put('OpportunityLineItem', {
      Id: idOf('00k', 1),
      OpportunityId: deal.Id,
      Quantity: 2,
      UnitPrice: 50,
      TotalPrice: 90,
      SystemModstamp: ago(60),
      CreatedDate: ago(60),
    });
    const connector = lab.connect();
    const own = await readStream(connector, 'OpportunityLineItem');
    const byDeal = await readStream(connector, 'OpportunityLineItem by Opportunity');
    expect(own.records).toMatchObject([{ entity: 'sales_transaction', deletedAt: new Date(ago(60)) }]);
    lab.server.org.put('Opportunity', { ...deal, StageName: 'Closed Won', IsWon: true });
    lab.clock.advance(1200);
    const again = await readStream(connector, 'OpportunityLineItem', { cursor: own.cursor });
    expect(again.records).toEqual([]);
    const won = await readStream(connector, 'OpportunityLineItem by Opportunity', { cursor: byDeal.cursor });
    expect(won.records).toMatchObject([{ amount: 90, discount: 10, deletedAt: null }]);
  });

  it('knows the team of a case by its owner, and who leads a team by all of its members', async () => {
    const user = (number: number, more: Record<string, string>) =>
      lab.server.org.put('User', {
        Id: idOf('005', number),
        Name: `Person ${number}`,
        Department: 'Support',
        SystemModstamp: ago(60),
        ...more,
      });
    user(1, { Heed_Role__c: 'manager' });
    user(2, {});
    lab.server.org.put('Case', {
      Id: idOf('500', 1),
      Status: 'New',
      OwnerId: idOf('005', 2),
      CreatedDate: ago(50),
      SystemModstamp: ago(50),
    });
    const connector = lab.connect();
    const people = await readStream(connector, 'User');
    const team = people.records.find((record) => record.entity === 'team');
    expect(team).toMatchObject({
      name: 'Support',
      managerId: recordId('person', 'salesforce', idOf('005', 1)),
    });
    const cases = await readStream(connector, 'Case');
    expect(cases.records).toMatchObject([{ entity: 'ticket', teamId: team?.id }]);
    // Only the second person changes; the team is still led by the first.
    lab.clock.advance(1200);
    user(2, { SystemModstamp: lab.clock.now().toISOString(), Email: 'two@quorumdata.example' });
    lab.clock.advance(60);
    const later = await readStream(connector, 'User', { cursor: people.cursor });
    expect(later.records.map(({ entity }) => entity)).toEqual(['person', 'team']);
    expect(later.records[1]).toEqual(team);
  });
});

describe('a first load of many rows', () => {
  it('goes through one bulk job and then on by queries', async () => {
    addAccounts(25);
    lab.server.org.put('Account', {
      Id: idOf('001', 26),
      Name: 'Two\nlines, "quoted"',
      IsDeleted: false,
      SystemModstamp: ago(40),
      CreatedDate: ago(40),
    });
    const connector = lab.connect({ bulkOverRows: 20, bulkPageRows: 10, pageRows: 200 });
    const first = await readStream(connector, 'Account');
    expect(new Set(names(first.records)).size).toBe(26);
    expect(names(first.records)).toContain('Two\nlines, "quoted"');
    const jobs = lab.server.requests.filter(
      ({ method, path }) => method === 'POST' && path.endsWith('/jobs/query'),
    );
    expect(jobs).toHaveLength(1);
    // The job began before the wait; a change meanwhile comes with the query behind it.
    lab.clock.advance(1200);
    lab.server.org.put('Account', { Id: idOf('001', 27), Name: 'New', IsDeleted: false });
    lab.clock.advance(60);
    const second = await readStream(connector, 'Account', { cursor: first.cursor });
    expect(names(second.records)).toEqual(['New']);
  });

  it('goes on with the same job after a stop, from the page where it stopped', async () => {
    addAccounts(25);
    const options = { bulkOverRows: 20, bulkPageRows: 10 };
    const first = await readStream(lab.connect(options), 'Account', { pages: 2 });
    expect(first.cursor).toMatchObject({ kind: 'bulk', locator: expect.any(String) });
    const second = await readStream(lab.connect(options), 'Account', { cursor: first.cursor });
    expect(names([...first.records, ...second.records]).length).toBe(25);
    expect(
      lab.server.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/query')),
    ).toHaveLength(1);
  });

  it('queries the rows from the first when the job is gone, failed or not possible', async () => {
    addAccounts(25);
    const options = { bulkOverRows: 20, bulkPageRows: 10 };
    const first = await readStream(lab.connect(options), 'Account', { pages: 2 });
    lab.server.faults = ['jobs'];
    const gone = await readStream(lab.connect(options), 'Account', { cursor: first.cursor });
    expect(new Set(names(gone.records)).size).toBe(25);
    expect(gone.pages[0]?.events).toMatchObject([{ kind: 'note', note: { code: 'bulk-job-lost' } }]);

    lab.server.jobOutcome = 'Failed';
    const failed = await readStream(lab.connect(options), 'Account');
    expect(new Set(names(failed.records)).size).toBe(25);

    lab.server.notInBulk.add('Account');
    const refused = await readStream(lab.connect(options), 'Account');
    expect(new Set(names(refused.records)).size).toBe(25);
  });
});

describe('limits and faults', () => {
  it('waits as long as Salesforce says, else longer and longer', async () => {
    addAccounts(1);
    const events: unknown[] = [];
    lab.server.faults = ['rate-limit', 'unavailable', 'unavailable', 'concurrent', 'reset'];
    const { records } = await readStream(lab.connect(), 'Account', { events: events as never });
    expect(names(records)).toEqual(['Customer 1']);
    expect(lab.slept).toEqual([7000, 2000, 4000, 8000, 16_000]);
    expect(events).toEqual([
      { kind: 'waiting', reason: 'rate-limit', milliseconds: 7000 },
      { kind: 'waiting', reason: 'unavailable', milliseconds: 2000 },
      { kind: 'waiting', reason: 'unavailable', milliseconds: 4000 },
      { kind: 'waiting', reason: 'rate-limit', milliseconds: 8000 },
      { kind: 'waiting', reason: 'unavailable', milliseconds: 16_000 },
    ]);
  });

  it('asks again when an answer breaks off or never ends', async () => {
    addAccounts(1);
    lab.server.faults = ['cut', 'hang'];
    const { records } = await readStream(lab.connect({ requestTimeoutMilliseconds: 300 }), 'Account');
    expect(names(records)).toEqual(['Customer 1']);
  });

  it('gives up after the last attempt and says that nothing is lost', async () => {
    lab.server.faults = ['unavailable', 'unavailable', 'unavailable'];
    await expect(readStream(lab.connect({ attempts: 3 }), 'Account')).rejects.toThrow(
      /could not be reached in 3 attempts .* goes on where this one stopped/,
    );
  });

  it('leaves the last fifth of the calls of a day to others, and looks again after a quarter of an hour', async () => {
    addAccounts(1);
    const connector = lab.connect();
    lab.server.calls = { others: 79, limit: 100 };
    const message = await userError(
      (async () => {
        for (;;) await readStream(connector, 'Account');
      })(),
    );
    expect(message).toMatch(
      /^HEED_SALESFORCE_URL: 8\d of 100 API calls of the last 24 hours are used \(8\d %\); Heed stops at 80 % .* goes on at 2026-11-20 10:15 UTC/,
    );
    const calls = lab.server.requests.length;
    await userError(readStream(connector, 'Account'));
    expect(lab.server.requests.length).toBe(calls);
    lab.clock.advance(901);
    lab.server.calls = { others: 0, limit: 1000 };
    expect(names((await readStream(connector, 'Account')).records)).toEqual(['Customer 1']);
  });

  it('says when a day has no calls left at all', async () => {
    lab.server.faults = ['no-calls'];
    expect(await userError(readStream(lab.connect(), 'Account'))).toMatch(
      /has no API calls left .* 10:15 UTC/,
    );
  });

  it('stops at once when it is told to, also while it waits', async () => {
    const controller = new AbortController();
    lab.server.faults = ['hang'];
    const reading = readStream(lab.connect(), 'Account', { signal: controller.signal });
    setTimeout(() => controller.abort(new Error('stopping')), 20);
    await expect(reading).rejects.toThrow('stopping');
  });
});

describe('login and rights', () => {
  it('logs in again once when the session is over', async () => {
    addAccounts(3);
    const connector = lab.connect({ pageRows: 1 });
    lab.server.faults = [null, null, null, null, 'session', null, 'session'];
    expect(names((await readStream(connector, 'Account')).records)).toHaveLength(3);
    const logins = lab.server.requests.filter(({ path }) => path === '/services/oauth2/token');
    expect(logins).toHaveLength(3);
  });

  it('names the setting when a given token is no longer taken', async () => {
    const connector = lab.connect({}, { kind: 'access-token', accessToken: '00DHs!old' });
    expect(await userError(readStream(connector, 'Account'))).toMatch(
      /^HEED_SALESFORCE_ACCESS_TOKEN: Salesforce no longer takes the token .* fresh one into HEED_SALESFORCE_ACCESS_TOKEN/,
    );
    expect(lab.server.requests).toHaveLength(1);
    lab.server.acceptToken('00DHs!old');
    addAccounts(1);
    expect(names((await readStream(connector, 'Account')).records)).toEqual(['Customer 1']);
  });

  it('says what to check when the login is refused', async () => {
    const wrong = { kind: 'client-credentials', clientId: 'other', clientSecret: 'hush-hush' } as const;
    const message = await userError(readStream(lab.connect({}, wrong), 'Account'));
    expect(message).toMatch(
      /invalid_client_id: client identifier invalid.*client credentials flow switched on/,
    );
    expect(message).not.toContain('hush-hush');
    lab.server.loginError = { status: 400, error: 'invalid_grant', description: 'no run-as user' };
    expect(await userError(readStream(lab.connect(), 'Account'))).toMatch(/invalid_grant: no run-as user/);
  });

  it('says that an address is not that of an org, and follows no redirect with the token', async () => {
    lab.server.faults = ['redirect'];
    expect(await userError(readStream(lab.connect(), 'Account'))).toMatch(
      /is not the API of a Salesforce org \(it redirects to evil.example\)/,
    );
    lab.server.faults = ['html'];
    expect(await userError(readStream(lab.connect(), 'Account'))).toMatch(/it answered with status 404/);
  });

  it('says which right is missing when no accounts are shown', async () => {
    lab.server.hidden.add('Account');
    expect(await userError(readStream(lab.connect(), 'Account'))).toMatch(
      /lets Heed not read accounts .* permission set with "API Enabled"/,
    );
  });

  it('takes an address only with https, or of this machine', () => {
    const connect =
      (instanceUrl: string, apiVersion = '62.0') =>
      () =>
        createSalesforceConnector({
          instanceUrl,
          auth: { kind: 'access-token', accessToken: 'x' },
          apiVersion,
        });
    expect(connect('https://quorum.my.salesforce.com')).not.toThrow();
    expect(connect('http://127.0.0.1:8080')).not.toThrow();
    expect(connect('http://quorum.my.salesforce.com')).toThrow('must begin with https://');
    expect(connect('http://127.0.0.1.evil.example')).toThrow('must begin with https://');
    expect(connect('https://me:secret@quorum.my.salesforce.com')).toThrow('no user name');
    expect(connect('https://quorum.lightning.force.com')).toThrow('https://quorum.my.salesforce.com');
    expect(connect('quorum')).toThrow('HEED_SALESFORCE_URL: is no address');
    expect(connect('https://quorum.my.salesforce.com', '62.0/../..')).toThrow('HEED_SALESFORCE_API_VERSION');
  });

  it('takes no page from a cursor that points outside the API', async () => {
    addAccounts(1);
    const cursor = {
      kind: 'window',
      from: null,
      until: start.toISOString(),
      after: null,
      next: 'https://evil.example/services/data/v62.0/query/01g-2000',
      hasChanges: false,
    };
    const { records } = await readStream(lab.connect(), 'Account', { cursor });
    expect(names(records)).toEqual(['Customer 1']);
    const events: unknown[] = [];
    const broken = { kind: 'window', until: "2026' OR Id != '" };
    expect(
      names(
        (await readStream(lab.connect(), 'Account', { cursor: broken, events: events as never })).records,
      ),
    ).toEqual(['Customer 1']);
    expect(events).toEqual([{ kind: 'cursor-expired', stream: 'Account' }]);
  });
});
