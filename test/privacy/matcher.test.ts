import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildMatcher } from '../../src/access/privacy/build-matcher.ts';
import { type Identity, nameWords } from '../../src/access/privacy/identity.ts';
import { sql } from '../../src/store/database.ts';
import { describeStores } from '../support/store.ts';

const identity = (change: Partial<Identity> = {}): Identity => ({
  kind: 'person',
  pseudonym: 'Erased person 0a1b2c3d',
  names: ['Ana María López'],
  isNameUnique: true,
  emails: ['ana.lopez@acme.example'],
  phones: ['+49 30 1234567'],
  domains: [],
  chatIds: ['U0ANA'],
  sourceIds: ['003000000AbCdEfAAA'],
  shortIds: ['4711'],
  ids: [],
  ...change,
});

const matcher = buildMatcher([identity()]);
const isGone = (text: string, isOwn = false): boolean => {
  const left = matcher.scrubText(text, isOwn);
  return !/l[oó]pez|ana|1234567|acme/i.test(left.replaceAll('Erased person 0a1b2c3d', '').normalize('NFC'));
};

describe('finding a person in words', () => {
  it.each([
    'Ana María López called',
    'ANA MARIA LOPEZ',
    'ana lopez',
    'López, Ana',
    'Lopez, Ana Maria',
    'Ana López’s ticket',
    "ana lópez's",
    'ana.lopez ana_lopez ana-lopez',
    'Ana\u00a0López',
    'Ana  Lo\u0301pez',
    '(Ana Lopez)',
    'mailto:ANA.LOPEZ@acme.example?subject=x',
    'q=ana.lopez%40acme.example',
    '+49 30 1234567, 030/1234567, 0049301234567, +49 (0)30 123 45 67, 030-123-4567',
  ])('replaces %s', (text) => {
    expect(isGone(text)).toBe(true);
  });

  it.each([
    'Anabel López-Ruiz',
    'Banana López',
    'Diana.lopez@acme.example',
    'the number 91234567890',
    'Ana Ruiz and María López',
    'U0ANAB',
  ])('leaves %s', (text) => {
    expect(matcher.scrubText(text, false)).toBe(text);
  });

  it('takes a first name alone only in the person’s own rows', () => {
    expect(matcher.scrubText('Thanks, Ana!', false)).toBe('Thanks, Ana!');
    expect(matcher.scrubText('Thanks, Ana!', true)).toBe('Thanks, Erased person 0a1b2c3d!');
    expect(matcher.scrubText('A. López and Ana L. met', true)).toBe(
      'Erased person 0a1b2c3d and Erased person 0a1b2c3d met',
    );
    const will = buildMatcher([identity({ names: ['Will Stone'] })]);
    expect(will.scrubText('Will said he will do it', true)).toBe('Erased person 0a1b2c3d said he will do it');
  });

  it('replaces a name that somebody else has too only in the person’s own rows', () => {
    const shared = buildMatcher([identity({ isNameUnique: false })]);
    expect(shared.scrubText('Ana López, ana.lopez@acme.example', false)).toBe(
      'Ana López, erased-0a1b2c3d@erased.invalid',
    );
    expect(shared.scrubText('Ana López', true)).toBe('Erased person 0a1b2c3d');
  });

  it('knows where an address ends', () => {
    const al = buildMatcher([identity({ names: ['Al Green'], emails: ['al@acme.example'] })]);
    for (const other of [
      'al@acme.example.org',
      'al@acme.example-two.org',
      'pal@acme.example',
      'p.al@acme.example',
    ])
      expect(al.scrubText(other, true)).toBe(other);
    expect(al.scrubText('Write to al@acme.example.', false)).toBe('Write to erased-0a1b2c3d@erased.invalid.');
  });

  it('walks JSON: keys, nested values, numbers, ids that are a whole value', () => {
    const value = {
      'ana lopez': [{ chatUserId: 'U0ANA', n: 7, phone: 49301234567, text: '<@U0ANA>' }],
      owner: '003000000AbCdEfAAA',
      requester: 4711,
      same: ['x'],
    };
    expect(matcher.scrubJson(value, true)).toEqual({
      'Erased person 0a1b2c3d': [{ chatUserId: null, n: 7, phone: null, text: '<@erased>' }],
      owner: null,
      requester: null,
      same: ['x'],
    });
    expect(matcher.scrubJson({ requester: 4711, id: '4711' }, false)).toEqual({
      requester: 4711,
      id: '4711',
    });
    const untouched = { a: [1, { b: 'nobody' }] };
    expect(matcher.scrubJson(untouched, true)).toBe(untouched);
  });

  it('spells umlauts and ligatures every way, and knows scripts without blanks', () => {
    const jürgen = buildMatcher([identity({ names: ['Jürgen Weiß'] })]);
    expect(jürgen.scrubText('Juergen Weiss, JURGEN WEISS, Jürgen Weiß', false)).not.toMatch(/wei/i);
    const wang = buildMatcher([identity({ names: ['王小明'] })]);
    expect(wang.scrubText('请联系王小明先生', false)).toBe('请联系Erased person 0a1b2c3d先生');
    expect(nameWords('Dr. Lopez, Ana')).toEqual(['Ana', 'Lopez']);
  });

  it('replaces a customer’s name, domain and addresses', () => {
    const acme = buildMatcher([
      identity({
        kind: 'account',
        pseudonym: 'Erased customer 0a1b2c3d',
        names: ['Acme Rocket GmbH'],
        domains: ['acme-rocket.example'],
        emails: [],
      }),
    ]);
    expect(acme.scrubText('ACME ROCKET GMBH (www.acme-rocket.example, bo@acme-rocket.example)', false)).toBe(
      'Erased customer 0a1b2c3d (erased.invalid, erased.invalid)',
    );
  });

  it('changes nothing the second time, and leaves no address of anybody behind', () => {
    const word = fc.stringMatching(/^[A-Z][a-zäöüéß]{1,8}$/);
    fc.assert(
      fc.property(word, word, fc.string({ unit: 'grapheme' }), fc.string(), (first, last, before, after) => {
        const name = `${first} ${last}`;
        const email = `${first}.${last}@x.example`.toLowerCase();
        const one = buildMatcher([
          identity({ names: [name], emails: [email], phones: [], pseudonym: 'Erased person 00000000' }),
        ]);
        const text = `${before} ${name} ${email.toUpperCase()} ${after}`;
        const scrubbed = one.scrubText(text, false);
        expect(scrubbed.toLowerCase()).not.toContain(email);
        expect(one.scrubText(scrubbed, false)).toBe(scrubbed);
      }),
      { numRuns: 200 },
    );
  });
});

describeStores('the patterns for Postgres', (engine) => {
  it('find every text that JavaScript would change', async () => {
    const store = await engine.open();
    const names = [
      'Ana María López',
      'Jürgen Weiß',
      "Seán O'Brien-Smith",
      '王小明',
      'Łukasz Żółć',
      'Anton[in] (x) Dvořák.',
    ];
    for (const name of names) {
      const one = buildMatcher([
        identity({ names: [name], emails: ['a+b.c@d-e.example'], phones: ['(030) 765 43-21'] }),
      ]);
      const texts = [
        name,
        name.toUpperCase(),
        name.normalize('NFD'),
        nameWords(name).toReversed().join(', '),
        'A+B.C@D-E.EXAMPLE',
        '+49-30-7654321',
      ];
      const changed = texts.filter((text) => one.scrubText(text, false) !== text);
      const { rows } = await sql<{ text: string }>`
        select text from unnest(${texts}::text[]) as t(text) where text ~ any(${[...one.sqlPatterns]}::text[])
      `.execute(store.db);
      const found = new Set(rows.map(({ text }) => text));
      expect(changed.filter((text) => !found.has(text))).toEqual([]);
      expect(changed.length).toBeGreaterThanOrEqual(4);
    }
  });
});
