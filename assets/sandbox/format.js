// Times and small words.

export function toDate(ts) {
  return new Date(Number(ts) * 1000);
}

/** 9:41 AM */
export function timeOf(ts) {
  return toDate(ts).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' });
}

/** Today, Yesterday, or Friday, November 20 */
export function dayOf(ts) {
  const date = toDate(ts);
  const days = Math.round((startOfDay(new Date()) - startOfDay(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return date.toLocaleDateString('en-US', { weekday: 'long', month: 'long', day: 'numeric' });
}

export function fullTimeOf(ts) {
  return toDate(ts).toLocaleString('en-US', { dateStyle: 'full', timeStyle: 'medium' });
}

function startOfDay(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function plural(count, word) {
  return `${count} ${count === 1 ? word : word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`}`;
}

/** `1,234` or `1.5` */
export function number(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: 2 });
}

/** Slack's `<!date^…^{date_short} at {time}|…>` tokens. */
export function formatDate(seconds, format, fallback) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  const long = { month: 'long', day: 'numeric', year: 'numeric' };
  const parts = {
    date_num: date.toISOString().slice(0, 10),
    date: date.toLocaleDateString('en-US', long),
    date_short: date.toLocaleDateString('en-US', { ...long, month: 'short' }),
    date_long: date.toLocaleDateString('en-US', { ...long, weekday: 'long' }),
    time: date.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' }),
    time_secs: date.toLocaleTimeString('en-US'),
  };
  return format.replace(/\{([a-z_]+)\}/g, (all, name) => parts[name.replace(/_pretty$/, '')] ?? all);
}
