import { upperFirst } from '../toolkit/letter-case.ts';
import type { Block, Inline, Message } from './message.ts';

/** What was written in some records, as a message needs it. Texts are plain: renderers escape them. */
export interface SummaryView {
  /** `points`: sentences that a model made of the texts. `quotes`: the texts themselves. */
  readonly shape: 'points' | 'quotes';
  /** A sentence and the records it stands in. */
  readonly points: readonly { readonly text: string; readonly sources: readonly string[] }[];
  readonly noun: { readonly one: string; readonly many: string };
  /** Records whose texts were read. */
  readonly recordsRead: number;
  /** Records beyond those read exist. */
  readonly truncated: boolean;
  readonly filters: readonly string[];
  readonly rangeWords: string | null;
  readonly scope: string;
  readonly freshness: readonly string[];
  readonly planner: string;
  /** Who summarised, with the version of the prompt; null: nobody. */
  readonly summariser: string | null;
  readonly notes: readonly string[];
}

/** Builds the answer to "what are they saying": points with the records they stand in, or quotes, and what was read. */
export function buildSummaryMessage(view: SummaryView): Message {
  const headline = headlineOf(view);
  const blocks: Block[] = [{ kind: 'headline', text: headline, tone: 'neutral' }];
  if (view.points.length > 0) blocks.push({ kind: 'paragraph', content: pointLines(view) });
  if (view.notes.length > 0) {
    blocks.push({
      kind: 'paragraph',
      content: view.notes.flatMap((note, index): Inline[] => (index === 0 ? [note] : ['\n', note])),
    });
  }
  blocks.push({ kind: 'context', content: [{ kind: 'strong', text: 'What I read: ' }, whatWasRead(view)] });
  const [first] = view.points;
  const start = first === undefined ? '' : ` ${spoken(view, first)}`;
  return { text: [`${headline}${start}`, ...view.notes].join(' '), blocks };
}

function headlineOf({ shape, points, recordsRead, noun, truncated }: SummaryView): string {
  if (recordsRead === 0) return `There are no ${noun.many} that fit, so there is nothing to read.`;
  const newest = truncated ? 'newest ' : '';
  const records = recordsRead === 1 ? `one ${noun.one}` : `the ${recordsRead} ${newest}${noun.many}`;
  if (points.length === 0) return `I read ${records} and found no text in it that answers this.`;
  return shape === 'points'
    ? `What ${records} say${recordsRead === 1 ? 's' : ''}:`
    : `From ${records}, word for word:`;
}

function pointLines(view: SummaryView): readonly Inline[] {
  return view.points.flatMap((point, index): Inline[] => [
    index === 0 ? '• ' : '\n• ',
    ...(view.shape === 'quotes'
      ? [{ kind: 'strong' as const, text: point.sources.join(', ') }, ` “${point.text}”`]
      : [`${point.text} `, { kind: 'emphasis' as const, text: `(${point.sources.join(', ')})` }]),
  ]);
}

function spoken({ shape }: SummaryView, { text, sources }: SummaryView['points'][number]): string {
  return shape === 'quotes' ? `${sources.join(', ')}: “${text}”` : `${text} (${sources.join(', ')})`;
}

function whatWasRead(view: SummaryView): string {
  const facts = [
    `the texts of ${view.recordsRead} ${view.recordsRead === 1 ? view.noun.one : view.noun.many}.`,
    view.filters.length > 0 ? `Only where ${view.filters.join('; ')}.` : '',
    view.rangeWords === null ? '' : `${upperFirst(view.rangeWords)}.`,
    `${upperFirst(view.scope)}.`,
    view.freshness.length > 0 ? `Data as of ${view.freshness.join(', ')}.` : '',
    `Understood by ${view.planner}.`,
    view.summariser === null
      ? 'No model saw them.'
      : `Summarised by ${view.summariser}; details of people were taken out before.`,
  ];
  return facts.filter((fact) => fact !== '').join(' ');
}
