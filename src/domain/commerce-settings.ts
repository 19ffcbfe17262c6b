/** `catalogue/commerce.yml`, checked. */
export interface CommerceSettings {
  /** Repeat buyers, new customers and their cost are counted over so many days back. */
  readonly windowDays: number;
  /** What is still to come from a customer is reckoned for so many months at most. */
  readonly horizonMonths: number;
  /** 0-1: part of a price that is margin where no cost is known. */
  readonly marginWhereUnknown: number;
  /** False: recurring revenue is part of the sales by line already and is not added to them. */
  readonly subscriptionsBesideSales: boolean;
}
