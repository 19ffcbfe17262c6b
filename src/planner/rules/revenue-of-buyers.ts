import type { SeenNames } from '../../query/seen-names.ts';
import type { StoredValues } from '../../query/stored-values.ts';
import { canonical } from './canonical.ts';
import { nameIndexOf, nameWords } from './name-index.ts';

/** "Revenue" with nothing before or behind it that says of which kind. */
const bareRevenue =
  /(?<!\b(?:won|win|deal|deals|partner|partners|recurring|sourced|influenced|sell|lost|annual|yearly|expected|projected|forecast|forecasted|closed|booked|signed|order|orders|sales|product|transaction|subscription|net|gross|churned|slipped|costed) )\brevenue\b(?! (?:at|that may|likely|won|lost|retention|forecast|projections?|risk|with partners|movements?|change|per (?:seat|order)|of (?:the )?scored|by churn|from orders|of orders))/i;

/** Words that say that deals, what recurs or what may go is meant. */
const otherKind =
  /\b(?:deals?|opportunit(?:y|ies)|opps?|won|wins?|lost|closed|bookings?|pipeline|forecast|quota|reps?|sellers?|owners?|partners?|recurring|mrr|arr|subscriptions?|churn(?:ed)?|risk|renewals?|lead source|stages?)\b/i;

const buyers = /\b(?:customers?|accounts?|clients?|buyers?|products?|categor(?:y|ies)|skus?|orders?)\b/i;

/**
 * "Revenue per customer", "Northgate's revenue this year", "products by revenue": what was bought, for a customer and a
 * product have orders. Of reps and deals, and alone, the word is what was won.
 */
export function withRevenueOfBuyers(
  question: string,
  names: SeenNames | undefined,
  stored: StoredValues | undefined,
): string {
  if (!bareRevenue.test(question) || otherKind.test(question)) return question;
  if (!buyers.test(question) && !namesCustomer(question, names) && !namesProduct(question, stored))
    return question;
  return question.replace(bareRevenue, 'sales revenue');
}

/** A customer by name, and nobody else who is called so. */
function namesCustomer(question: string, names: SeenNames | undefined): boolean {
  if (names === undefined) return false;
  const words = nameWords(question);
  const { byWord } = nameIndexOf(names);
  return words.some((word, at) => {
    const called = (byWord.get(word) ?? []).filter(
      (one) =>
        one.owner.length === 0 &&
        one.words[0] === word &&
        (one.words.length === 1 || one.words[1] === words[at + 1] || word.length > 5),
    );
    return called.length > 0 && called.every(({ dimension }) => dimension === 'account');
  });
}

/** "Revenue from training days": a product, by the first two words of what it is called. */
function namesProduct(question: string, stored: StoredValues | undefined): boolean {
  const said = ` ${nameWords(question).map(canonical).join(' ')} `;
  return (stored?.get('product') ?? []).some((product) => {
    const words = nameWords(product).map(canonical);
    return words.length > 1 && said.includes(` ${words.slice(0, 2).join(' ')} `);
  });
}
