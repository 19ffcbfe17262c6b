import { z } from 'zod';
import { parseChartSpec } from '../charts/chart-spec-schema.ts';
import type { ChartSpec } from '../domain/chart-data.ts';
import type { Message } from './message.ts';

const tone = z.enum(['neutral', 'good', 'notice', 'warning', 'critical']);

const inline = z.union([
  z.string(),
  z.object({ kind: z.enum(['strong', 'emphasis', 'code']), text: z.string() }),
  z.object({ kind: z.literal('person'), chatUserId: z.string().nullable(), name: z.string() }),
  z.object({ kind: z.literal('link'), url: z.url(), text: z.string() }),
]);

const chartSpec = z.unknown().transform((value, context): ChartSpec => {
  try {
    return parseChartSpec(value);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is not a chart' });
    return z.NEVER;
  }
});

const button = z.object({
  kind: z.literal('button'),
  action: z.string(),
  label: z.string(),
  value: z.string().max(2000),
  style: z.enum(['primary', 'danger']).exactOptional(),
  accessibilityLabel: z.string().max(75).exactOptional(),
});

const menu = z.object({
  kind: z.literal('menu'),
  action: z.string(),
  placeholder: z.string(),
  options: z.array(z.object({ label: z.string(), value: z.string() })),
});

const overflow = z.object({
  kind: z.literal('overflow'),
  action: z.string(),
  label: z.string(),
  options: z.array(z.object({ label: z.string(), value: z.string() })),
});

const block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('headline'), text: z.string(), tone, word: z.string().exactOptional() }),
  z.object({ kind: z.literal('paragraph'), content: z.array(inline) }),
  z.object({
    kind: z.literal('fields'),
    fields: z.array(z.object({ label: z.string(), value: z.string() })),
  }),
  z.object({
    kind: z.literal('table'),
    caption: z.string(),
    columns: z.array(z.object({ label: z.string(), align: z.enum(['left', 'right']).exactOptional() })),
    rows: z.array(z.array(z.string())),
    omittedRows: z.number().exactOptional(),
  }),
  z.object({ kind: z.literal('chart'), spec: chartSpec }),
  z.object({
    kind: z.literal('actions'),
    actions: z.array(z.discriminatedUnion('kind', [button, menu, overflow])),
  }),
  z.object({ kind: z.literal('context'), content: z.array(inline) }),
  z.object({ kind: z.literal('code'), text: z.string() }),
  z.object({ kind: z.literal('file'), fileId: z.uuid(), fileName: z.string() }),
  z.object({ kind: z.literal('divider') }),
]);

const messageSchema: z.ZodType<Message> = z.object({ text: z.string(), blocks: z.array(block) });

/**
 * Reads a message back from the outbox.
 *
 * @throws ZodError when the stored value is no message (a row written by an incompatible version)
 */
export function parseMessage(value: unknown): Message {
  return messageSchema.parse(value);
}
