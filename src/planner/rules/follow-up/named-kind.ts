import type { Catalogue } from '../../../catalogue/catalogue.ts';
import { meaningsOf } from '../compose/draft.ts';
import { mention } from '../slots/names.ts';
import type { Span } from '../span.ts';
import type { Understanding } from '../understand.ts';

/** "The americas team": a value of something else right before a kind of thing is the name of one of that kind. */
export function withNamedKinds(catalogue: Catalogue, read: Understanding): Understanding {
  const named = read.spans.filter((span) => {
    const noun = read.spans.find((other) => other.from === span.to);
    return noun !== undefined && isValueAlone(span) && namesKind(catalogue, noun, span);
  });
  if (named.length === 0) return read;
  const names = named.map((span) => mention(read.reading, span.from, span.to, span.words));
  return {
    ...read,
    spans: read.spans.filter((span) => !named.includes(span)),
    names: [...read.names, ...names].sort((left, right) => left.from - right.from),
  };
}

const isValueAlone = (span: Span): boolean => span.meanings.every(({ kind }) => kind === 'value');

function namesKind(catalogue: Catalogue, noun: Span, span: Span): boolean {
  const kinds = meaningsOf(noun, 'dimension').map(({ id }) => id);
  const own = meaningsOf(span, 'value').map(({ dimension }) => dimension);
  return (
    kinds.some((id) => {
      const dimension = catalogue.dimensions.get(id);
      return dimension?.type === 'text' && dimension.values.length === 0;
    }) && !kinds.some((id) => own.includes(id))
  );
}
