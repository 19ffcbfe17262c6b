/**
 * Words that a model wrote and a person will read: one line, no addresses (a link made by a model may carry data
 * out), no invisible characters, no markup of a chat platform.
 */
export function plainWords(text: string, longest: number): string {
  const plain = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .replaceAll(/[<>]/g, '')
    .replaceAll(/(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|javascript:|data:)\S*/gi, '(address left out)')
    .trim();
  return plain.length > longest ? `${plain.slice(0, longest - 1).toWellFormed()}…` : plain;
}
