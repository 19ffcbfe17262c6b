/** An id of Salesforce's shape: 18 characters, the first three telling the object, the last three the check suffix. */
export function salesforceId(
  prefix: '001' | '003' | '005' | '006' | '008' | '017' | '02s' | '500',
  number: number,
): string {
  return `${prefix}5e${String(number).padStart(10, '0')}AAA`;
}
