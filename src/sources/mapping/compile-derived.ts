import type { FieldDefinition } from '../../domain/record-fields.ts';
import { explainNumber } from '../values/explain-number.ts';
import { parseNumber, readNumber } from '../values/number-format.ts';
import { compileColumn } from './compile-column.ts';
import type { CompileContext, FieldReader, NamedReader } from './compile-entity.ts';
import { BadValue } from './compile-value.ts';
import type { FieldSpec } from './mapping-schema.ts';

type NumberOf = (cells: Parameters<FieldReader>[0]) => number | BadValue | null;

/** Fields that are computed of several columns: a product of numbers, or the cost that a margin leaves of a price. */
export function compileDerived(
  name: string,
  definition: FieldDefinition,
  spec: FieldSpec,
  context: CompileContext,
): NamedReader | null {
  if (spec.multiply !== undefined) return compileProduct(name, definition, spec.multiply, spec, context);
  if (spec.margin === undefined || spec.of === undefined) return null;
  const { margin } = spec;
  const price = context.columns.nameOf(spec.of);
  const getMargin = compileNumber(margin, spec, context);
  const getPrice = compileNumber(spec.of, spec, context);
  const get = compileColumn(margin, context);
  const column = context.columns.nameOf(margin);
  const read: FieldReader = (cells) => {
    const part = getMargin(cells);
    const whole = getPrice(cells);
    if (part === null || whole === null) return null;
    if (part instanceof BadValue) return part;
    if (whole instanceof BadValue) return new BadValue(`needs ${price}, which is no number`, whole.fix);
    return costOf(part, whole, spec.as ?? 'amount', get(cells)?.includes('%') === true, column);
  };
  return { name, column, definition, read, shown: get };
}

function costOf(
  margin: number,
  price: number,
  as: NonNullable<FieldSpec['as']>,
  hasSign: boolean,
  column: string,
): number | BadValue {
  switch (as) {
    case 'amount':
      return cents(price - margin);
    case 'share':
      return cents(price * (1 - margin));
    case 'percent':
      // "35 %" was divided by a hundred when it was read.
      return cents(price * (1 - (hasSign ? margin : margin / 100)));
    case 'share-or-percent-sign': {
      if (hasSign || Math.abs(margin) <= 1) return cents(price * (1 - margin));
      const reason = `may be ${margin} percent of the price or ${margin} of its money`;
      return new BadValue(reason, `name the column ${column}_percent or ${column}_amount`);
    }
  }
}

const cents = (value: number): number => Math.round(value * 100) / 100;

function compileProduct(
  name: string,
  definition: FieldDefinition,
  columns: readonly string[],
  spec: FieldSpec,
  context: CompileContext,
): NamedReader {
  const factors = columns.map((column) => compileNumber(column, spec, context));
  const getters = columns.map((column) => compileColumn(column, context));
  const shown: NamedReader['shown'] = (cells) => {
    const written = getters.map((get) => get(cells)).filter((cell) => cell !== null);
    return written.length === 0 ? null : written.join(' × ');
  };
  const read: FieldReader = (cells) => {
    let product = 1;
    for (const factor of factors) {
      const value = factor(cells);
      if (value === null || value instanceof BadValue) return value;
      product *= value;
    }
    return definition.kind === 'money' ? cents(product) : product;
  };
  return {
    name,
    column: columns.map((one) => context.columns.nameOf(one)).join(' × '),
    definition,
    read,
    shown,
  };
}

function compileNumber(column: string, spec: FieldSpec, context: CompileContext): NumberOf {
  const get = compileColumn(column, context);
  const decimal = spec.decimal ?? context.mapping.decimal;
  return (cells) => {
    const cell = get(cells);
    if (cell === null) return null;
    const reading = readNumber(cell);
    const value =
      decimal !== undefined ? parseNumber(cell, decimal) : reading.kind === 'number' ? reading.value : null;
    if (value !== null) return value;
    const { reason, fix } = explainNumber(cell, decimal ?? null);
    return new BadValue(reason, fix);
  };
}
