import { isOnFreePlan } from "../state/faults.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";

/** Months a free plan lasts, and the dollars it begins with (AWS Billing User Guide, "Explore AWS services with Free Tier"). */
const MONTHS = 6;
const CREDITS = 100;

/** AWS Free Tier, API version 2023-09-07: an account on the paid plan, or with a fault on the free one. */
export const FREE_TIER: Service = {
  protocol: jsonProtocol("1.0"),
  operations: {
    GetAccountPlanState: (simulator, { scope }) => {
      const ends = new Date(simulator.state.now);
      ends.setUTCMonth(ends.getUTCMonth() + MONTHS);
      return {
        accountId: scope.account,
        accountPlanStatus: "ACTIVE",
        ...(isOnFreePlan(simulator)
          ? {
              accountPlanType: "FREE",
              accountPlanRemainingCredits: { amount: CREDITS, unit: "USD" },
              accountPlanExpirationDate: Math.floor(ends.getTime() / 1000),
            }
          : { accountPlanType: "PAID" }),
      };
    },
  },
};
