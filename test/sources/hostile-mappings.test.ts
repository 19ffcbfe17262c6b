import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../src/catalogue/read-yaml.ts';
import { mappingSchema } from '../../src/sources/mapping/mapping-schema.ts';

const good = `version: 1
source: deals
files:
  - file: deals.csv
    entities:
      - entity: opportunity
        id: id
        fields:
          name: name
          stage: { column: stage }
`;

function issuesOf(yaml: string): readonly string[] {
  const parsed = parseYaml(yaml, mappingSchema, 'm.yml');
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => `${path} ${message}`);
}

describe('mistakes in a mapping', () => {
  it('finds none in a good one', () => {
    expect(issuesOf(good)).toEqual([]);
  });

  it.each([
    [
      'a field nobody has',
      good.replace('name: name', 'nmae: name'),
      'm.yml:9',
      'opportunity has no field "nmae"',
    ],
    [
      'a field of JavaScript',
      good.replace('name: name', 'name: name\n          constructor: x'),
      'm.yml:9',
      'no field "constructor"',
    ],
    [
      'a needed field left out',
      good.replace('          stage: { column: stage }\n', ''),
      'm.yml:9',
      'needs the field stage',
    ],
    [
      'a misspelt key of a field',
      good.replace('{ column: stage }', '{ colum: stage }'),
      'm.yml:10',
      'did you mean column',
    ],
    [
      'a misspelt key of the file',
      good.replace('    entities:', '    delimeter: ";"\n    entities:'),
      'm.yml:5',
      'delimeter',
    ],
    ['a misspelt key of the mapping', `${good}sorce: x\n`, 'm.yml:11', 'sorce'],
    [
      'two kinds in one field',
      good.replace('{ column: stage }', '{ constant: a, template: "{b}" }'),
      'm.yml:10',
      'has both constant and template',
    ],
    [
      'a field without a kind',
      good.replace('{ column: stage }', '{ words: { a: b } }'),
      'm.yml:10',
      'needs a column',
    ],
    [
      'a margin without its price',
      good.replace('{ column: stage }', '{ margin: m }'),
      'm.yml:10',
      'a margin needs the price',
    ],
    ['an entity nobody knows', good.replace('opportunity', 'deal'), 'm.yml:6', ''],
    [
      'a date format nobody knows',
      `${good}date: DD.MM.YYYY\n`,
      'm.yml:11',
      '"DD" is not a letter of a date format',
    ],
    ['a date format with a letter twice', `${good}date: d.M.yyyy d\n`, 'm.yml:11', 'a letter stands twice'],
    ['a zone nobody knows', `${good}zone: Berlin\n`, 'm.yml:11', 'is not a time zone'],
    [
      'an encoding nobody knows',
      good.replace('    entities:', '    encoding: utf-9\n    entities:'),
      'm.yml:5',
      'is no encoding that is known',
    ],
    [
      'a delimiter of two characters',
      good.replace('    entities:', '    delimiter: "::"\n    entities:'),
      'm.yml:5',
      'is one character',
    ],
    [
      'a quotation mark as delimiter',
      good.replace('    entities:', "    delimiter: '\"'\n    entities:"),
      'm.yml:5',
      'is one character',
    ],
    ['a month 13', `${good}fiscalYearStart: 13\n`, 'm.yml:11', ''],
    [
      'a source in capitals',
      good.replace('source: deals', 'source: Deals'),
      'm.yml:2',
      'is lower case letters',
    ],
    ['no files', 'version: 1\nsource: a\nfiles: []\n', 'm.yml:3', ''],
    ['a tab for indentation', good.replace('    entities:', '\tentities:'), 'm.yml:5', 'is not valid YAML'],
    ['a key twice', `${good}source: b\n`, 'm.yml:11', 'is not valid YAML'],
    [
      'an alias without its anchor',
      good.replace('{ column: stage }', '*nothing'),
      'm.yml',
      'is not valid YAML',
    ],
    [
      'an unclosed bracket',
      good.replace('{ column: stage }', '{ column: stage'),
      'm.yml:1',
      'is not valid YAML',
    ],
    ['no bytes', '', 'm.yml:1', ''],
    ['a list', '- 1\n- 2\n', 'm.yml:1', ''],
  ])('names %s with its line', (_, yaml, path, message) => {
    const issues = issuesOf(yaml);
    expect(issues.length).toBeGreaterThan(0);
    expect(
      issues.some((issue) => issue.startsWith(path) && issue.includes(message)),
      issues.join('\n'),
    ).toBe(true);
    expect(issues.join('\n')).not.toMatch(/Invalid input$/m);
  });

  it('takes a prototype key for nothing', () => {
    const parsed = parseYaml(
      good.replace('name: name', 'name: name\n          __proto__: x'),
      mappingSchema,
      'm.yml',
    );
    expect(parsed.ok && Object.keys(parsed.value.files[0]?.entities[0]?.fields ?? {})).toEqual([
      'name',
      'stage',
    ]);
  });

  it('does not unfold aliases that multiply', () => {
    const levels = Array.from({ length: 12 }, (_, level) => {
      const before = level === 0 ? '"x"' : `*l${level - 1}`;
      return `l${level}: &l${level} [${Array.from({ length: 9 }, () => before).join(', ')}]`;
    });
    expect(issuesOf(`${levels.join('\n')}\n${good}`)[0]).toMatch(
      /^m\.yml is not valid YAML: Excessive alias count/,
    );
  });
});
