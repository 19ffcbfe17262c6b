import type { DimensionDefinition } from '../../../catalogue/catalogue.ts';
import type { NameMention } from '../slots/names.ts';
import type { Span } from '../span.ts';
import { type Draft, meaningsOf } from './draft.ts';

/** Dimensions of names: of customers, people, partners, deals, products. */
export const isNaming = (dimension: DimensionDefinition | undefined): boolean =>
  dimension !== undefined && /(?:^|\.)name$/.test(dimension.path);

/** "“Granite State” tier": a property asked of whoever is called so, as long as it is none that has names. */
export const isAskedOf = ({ catalogue, understood }: Draft, { from }: NameMention, span: Span): boolean =>
  understood.reading.tokens[from]?.kind === 'quoted' &&
  meaningsOf(span, 'entity').length === 0 &&
  meaningsOf(span, 'dimension').every(({ id }) => !isNaming(catalogue.dimensions.get(id)));

/** "Garnet Foods lead status", "the Everline employees": no name is a state, a number or a day. */
export const mayBeCalled = ({ catalogue }: Draft, span: Span): boolean =>
  meaningsOf(span, 'entity').length > 0 ||
  meaningsOf(span, 'dimension').some(({ id }) => {
    const dimension = catalogue.dimensions.get(id);
    return dimension?.type === 'text' && dimension.values.length === 0;
  });

export const isQuotedName = ({ understood: { reading } }: Draft, { from }: NameMention): boolean =>
  reading.tokens[from]?.kind === 'quoted';
