const formats = new Map<string, Intl.NumberFormat>();

/** As `toLocaleString('en-US', …)`; a format is made once, as that takes a hundred times as long as using it. */
export function englishNumber(value: number, options: Intl.NumberFormatOptions): string {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.NumberFormat('en-US', options);
  formats.set(key, format);
  return format.format(value);
}
