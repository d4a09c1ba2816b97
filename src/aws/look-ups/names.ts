import type { LookUps } from "../../preflight/look-ups.ts";
import { isMissing } from "../errors.ts";
import type { Asking } from "./asking.ts";
import { SERVICES } from "./services.ts";
import { STORES } from "./stores.ts";

/** Whether names are taken, and by which stack; of types that have no such look-up, none is. */
export function names(asking: Asking): Pick<LookUps, "taken" | "holder"> {
  return {
    taken: async (region, type, name) => (STORES[type] ?? SERVICES[type])?.(asking, region, name),
    holder: async (region, type, id) => {
      const { CloudFormationClient } = await import("@aws-sdk/client-cloudformation");
      const { stackThatHas } = await import("../holder.ts");
      const client = asking.at(region, "cloudformation", (settings) => new CloudFormationClient(settings));
      return asking.ask("cloudformation:DescribeStackResources", () => stackThatHas(client, type, id), isMissing);
    },
  };
}
