/** Up to where each person has read each conversation. */
export interface ReadMarks {
  set(userId: string, channelId: string, ts: string): void;
  /** '' when nothing was read. */
  get(userId: string, channelId: string): string;
}

export function createReadMarks(): ReadMarks {
  const marks = new Map<string, string>();
  return {
    set: (userId, channelId, ts) => void marks.set(`${userId}:${channelId}`, ts),
    get: (userId, channelId) => marks.get(`${userId}:${channelId}`) ?? '',
  };
}
