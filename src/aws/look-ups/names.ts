import { NotChecked } from "../../preflight/finding.ts";
import type { LookUps, OwningStack } from "../../preflight/look-ups.ts";
import { sideBySide } from "../../provision/side-by-side.ts";
import { isMissing } from "../errors.ts";
import { enabledRegions } from "./account.ts";
import type { Asking } from "./asking.ts";
import { CONTROLLED } from "./control.ts";
import { SERVICES } from "./services.ts";
import { STORES } from "./stores.ts";

/** Whether names are taken, and by which stack; of types that have no such look-up, none is. */
export function names(asking: Asking): Pick<LookUps, "taken" | "holder"> {
  return {
    taken: async (region, type, name) => (STORES[type] ?? SERVICES[type] ?? CONTROLLED[type])?.(asking, region, name),
    holder: async (region, type, id) => {
      const here = await holderIn(asking, region, type, id);
      if (here !== undefined || !EVERYWHERE.test(type)) return here;
      const found = await sideBySide(await otherRegions(asking, region), async (other) => {
        try {
          const holder = await holderIn(asking, other, type, id);
          return holder && { ...holder, region: other };
        } catch (error) {
          // A region that may not be looked at hides nothing that another one tells.
          if (error instanceof NotChecked) return error;
          throw error;
        }
      });
      const [holder] = found.flatMap((one) => (one === undefined || one instanceof NotChecked ? [] : [one]));
      const unseen = found.find((one) => one instanceof NotChecked);
      if (holder === undefined && unseen !== undefined) throw unseen;
      return holder;
    },
  };
}

/**
 * Types whose names hold in all regions of an account, and which do not tell of what region's stack they are: IAM shows
 * none of CloudFormation's own tags (localstack's test_cfn_lambda_sqs_source, recorded 2025-08-27).
 */
const EVERYWHERE = /^AWS::((IAM|CloudFront|Budgets)::|CloudWatch::Dashboard$)/;

async function holderIn(asking: Asking, region: string, type: string, id: string): Promise<OwningStack | undefined> {
  const { CloudFormationClient } = await import("@aws-sdk/client-cloudformation");
  const { stackThatHas } = await import("../holder.ts");
  const client = asking.at(region, "cloudformation", (settings) => new CloudFormationClient(settings));
  return asking.ask("cloudformation:DescribeStackResources", () => stackThatHas(client, type, id), isMissing);
}

/** The regions that the account has switched on, but for this one. */
async function otherRegions(asking: Asking, region: string): Promise<readonly string[]> {
  return (await enabledRegions(asking, region)).filter((name) => name !== region);
}
