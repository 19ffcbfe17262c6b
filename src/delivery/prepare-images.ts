import { createHash } from 'node:crypto';
import type { ChartImage } from '../charts/chart-spec.ts';
import type { ChatPlatform, UploadedImage } from '../chat/platform.ts';
import type { ChartSpec } from '../domain/chart-data.ts';
import type { Message } from '../messages/message.ts';
import type { Log } from '../toolkit/log.ts';

export interface PreparedImages {
  /** By position of the chart blocks; null where a picture could not be had. */
  readonly images: readonly (UploadedImage | null)[];
  /** What to remember on the row, so that a further attempt uploads nothing twice. */
  readonly known: Readonly<Record<string, string>>;
  readonly missing: number;
}

/** Draws a chart, or null when it cannot be drawn: a message never waits for its picture. */
export type DrawChart = (spec: ChartSpec) => Promise<ChartImage | null>;

/**
 * Gives every chart of a message an uploaded image. The upload belongs to no conversation, so a repeated or lost one
 * shows nothing to anybody; and a failed one costs the picture, never the message.
 */
export async function prepareImages(
  message: Message,
  known: Readonly<Record<string, string>>,
  deps: { readonly platform: ChatPlatform; readonly draw: DrawChart; readonly log: Log },
): Promise<PreparedImages> {
  const images: (UploadedImage | null)[] = [];
  const seen: Record<string, string> = { ...known };
  for (const block of message.blocks) {
    if (block.kind !== 'chart') continue;
    const key = chartKey(block.spec);
    const imageId = seen[key] ?? (await upload(block.spec));
    if (imageId !== null) seen[key] = imageId;
    images.push(imageId === null ? null : { imageId });
  }
  return { images, known: seen, missing: images.filter((image) => image === null).length };

  async function upload(spec: ChartSpec): Promise<string | null> {
    const drawn = await deps.draw(spec);
    if (drawn === null) return null;
    try {
      const fileName = `${spec.kind}-${chartKey(spec)}.png`;
      const uploaded = await deps.platform.uploadImage({ png: drawn.png, fileName, altText: drawn.altText });
      return uploaded.imageId;
    } catch (error) {
      deps.log.warn(
        { error, chart: spec.kind },
        'a chart could not be uploaded; the message goes without it',
      );
      return null;
    }
  }
}

function chartKey(spec: ChartSpec): string {
  return createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);
}
