import type { Json, JsonObject } from '../json.ts';
import { asList, asObject, asString, isList, isObject } from '../json.ts';
import { limits } from './limits.ts';
import { richText } from './rich-text-rules.ts';
import type { Report, Rule } from './rule.ts';
import { boolean, byType, list, number, oneOf, shape, string } from './rule.ts';

const blockId = { block_id: string({ max: limits.blockIdLength }) };

const rawText = shape({ text: string() });
const rawNumber = shape({ value: number(), text: string() });
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });
const headerCell = byType({ raw_text: rawText, raw_number: rawNumber });

/** `table`: at most 100 rows of 20 cells; a cell holds at least one character. */
export const table: Rule = shape(
  { rows: list(list(cell, { max: limits.tableColumns }), { max: limits.tableRows }) },
  {
    ...blockId,
    column_settings: list(
      (value, pointer, report) => {
        // A null entry leaves a column as it is.
        if (value !== null)
          shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: boolean })(value, pointer, report);
      },
      { max: limits.tableColumns },
    ),
  },
  checkCharacters,
);

/** `data_table`: header row first, rows of equal length, a caption for screen readers. */
export const dataTable: Rule = shape(
  {
    caption: string({ max: 2000 }),
    rows: list(list(cell, { max: limits.tableColumns }), { min: 2, max: limits.dataTableRows }),
  },
  {
    ...blockId,
    page_size: number({ min: 1, max: limits.dataTablePageSize, integer: true }),
    row_header_column_index: number({ min: 0, max: limits.tableColumns - 1, integer: true }),
  },
  (value, pointer, report) => {
    const [header, ...rows] = asList(value['rows']);
    for (const [index, one] of asList(header).entries())
      headerCell(one, `${pointer}/rows/0/${index}`, report);
    rows.forEach((row, index) => {
      if (isList(row) && row.length !== asList(header).length)
        report(
          `${pointer}/rows/${index + 1}`,
          'failed_constraint',
          'must have as many cells as the header row',
        );
    });
    checkCharacters(value, pointer, report);
  },
);

function checkCharacters(value: JsonObject, pointer: string, report: Report): void {
  const characters = asList(value['rows']).flatMap(asList).reduce<number>(countCharacters, 0);
  if (characters > limits.tableCharacters)
    report(
      `${pointer}/rows`,
      'too_long',
      `all cells together must be less than ${limits.tableCharacters + 1} characters`,
    );
}

function countCharacters(sum: number, value: Json): number {
  if (isList(value)) return value.reduce<number>(countCharacters, sum);
  if (!isObject(value)) return sum;
  const own = asString(value['text']).length;
  return asList(value['elements']).reduce<number>(countCharacters, sum + own);
}

const label = string({ max: limits.chartLabelLength });
const positive: Rule = (value, pointer, report) => {
  number()(value, pointer, report);
  if (typeof value === 'number' && value <= 0)
    report(pointer, 'too_small', 'must be a number greater than 0');
};
const point = shape({ label, value: number() });
const series = list(shape({ name: label, data: list(point, { max: limits.chartCategories }) }), {
  max: limits.chartSeries,
});
const axis = shape(
  { categories: list(label, { max: limits.chartCategories }) },
  { x_label: string({ max: limits.chartTitleLength }), y_label: string({ max: limits.chartTitleLength }) },
);
const lines = shape({ series, axis_config: axis }, {}, checkSeries);

/** `data_visualization`: every series has one point per category, in any order; names and labels are unique. */
export const dataVisualization: Rule = shape(
  {
    title: string({ max: limits.chartTitleLength }),
    chart: byType({
      line: lines,
      bar: lines,
      area: lines,
      pie: shape(
        { segments: list(shape({ label, value: positive }), { max: limits.chartSeries }) },
        {},
        (value, pointer, report) =>
          unique(namesOf(value['segments'], 'label'), `${pointer}/segments`, 'label', report),
      ),
    }),
  },
  blockId,
);

function checkSeries(chart: JsonObject, pointer: string, report: Report): void {
  const categories = asList(asObject(chart['axis_config'])['categories']);
  unique(categories, `${pointer}/axis_config/categories`, 'category', report);
  unique(namesOf(chart['series'], 'name'), `${pointer}/series`, 'name', report);
  asList(chart['series']).forEach((one, index) => {
    const labels = namesOf(asObject(one)['data'], 'label');
    const same = labels.length === categories.length && categories.every((name) => labels.includes(name));
    if (!same)
      report(`${pointer}/series/${index}/data`, 'failed_constraint', 'labels must match the categories');
  });
}

function namesOf(value: Json | undefined, key: string): readonly (Json | undefined)[] {
  return asList(value).map((one) => asObject(one)[key]);
}

function unique(names: readonly (Json | undefined)[], pointer: string, what: string, report: Report): void {
  if (new Set(names).size !== names.length) report(pointer, 'not_unique', `every ${what} must be unique`);
}
