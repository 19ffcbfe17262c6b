import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitStatements } from '../../src/store/split-statements.ts';
import { packagePath } from '../../src/toolkit/package-root.ts';

describe('splitting a migration into statements', () => {
  it.each([
    ['nothing', '', []],
    ['comments only', '-- a;\n/* b; */', []],
    ['a last statement without semicolon', 'select 1; select 2', ['select 1', 'select 2']],
    ['empty statements', ';;select 1;;', ['select 1']],
    ['a semicolon in a string', "select 'a;b'; select 2", ["select 'a;b'", 'select 2']],
    ['a doubled quote', "select 'it''s; ok'; select 2", ["select 'it''s; ok'", 'select 2']],
    ['a backslash before a quote', "select 'a\\'; select 2", ["select 'a\\'", 'select 2']],
    ['an escape string', "select e'a\\';b'; select 2", ["select e'a\\';b'", 'select 2']],
    ['a quoted name', 'select ";"; select 2', ['select ";"', 'select 2']],
    ['a comment between', 'select 1 -- no; \n + 1; select 2', ['select 1 -- no; \n + 1', 'select 2']],
    [
      'nested block comments',
      'select /* a; /* b; */ c; */ 1; select 2',
      ['select /* a; /* b; */ c; */ 1', 'select 2'],
    ],
    [
      'a function body',
      'create function f() as $$ begin; end; $$; select 2',
      ['create function f() as $$ begin; end; $$', 'select 2'],
    ],
    ['a tagged body', 'do $x$ a; $$ b; $x$; select 2', ['do $x$ a; $$ b; $x$', 'select 2']],
    ['a parameter', 'select $1; select $2', ['select $1', 'select $2']],
    ['a dollar in a name', 'select a$b; select c$b', ['select a$b', 'select c$b']],
    ['an unfinished string', "select 'a; b", ["select 'a; b"]],
  ])('handles %s', (_title, text, statements) => {
    expect(splitStatements(text)).toEqual(statements);
  });

  it('keeps every statement of any list of them', () => {
    const piece = fc.constantFrom(
      "'a;''b'",
      '"c;d"',
      '$$e;f$$',
      '$t$g;$$h$t$',
      '/* i; */ 1',
      '-- j;\n 1',
      "e'\\';'",
      'k',
    );
    const statement = fc
      .array(piece, { minLength: 1, maxLength: 5 })
      .map((pieces) => `select ${pieces.join(' , ')}`);
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 6 }), (statements) => {
        expect(splitStatements(statements.map((text) => `${text};`).join('\n'))).toEqual(statements);
      }),
    );
  });

  it('finds one statement for every "create" of the shipped migrations', () => {
    const folder = packagePath('migrations');
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      const creates = text.match(/^create (unique )?(table|index)/gm)?.length ?? 0;
      const found = splitStatements(text).filter((s) =>
        /^(--.*\n|\s)*create (unique )?(table|index)/.test(s),
      );
      expect([name, found.length]).toEqual([name, creates]);
    }
  });
});
