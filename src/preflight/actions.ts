import { whatGoes } from "../provision/leftover.ts";
import type { Action } from "./finding.ts";

/** What a person is asked before an action is taken, and what is said once it was. */
export function wordsOf(action: Action): { readonly question: string; readonly done: string } {
  switch (action.type) {
    case "pin-account":
      return {
        question: `Pin this environment to account ${action.account} in astro.yaml?`,
        done: `astro.yaml names account ${action.account}`,
      };
    case "choose-zones": {
      const zones = action.zones.join(", ");
      return { question: `Name the zones ${zones} in astro.yaml?`, done: `astro.yaml names the zones ${zones}` };
    }
    case "create-roles": {
      const services = action.services.join(", ");
      return {
        question: `Create the service-linked roles of ${services}?`,
        done: `created the service-linked roles of ${services}`,
      };
    }
    case "raise-quota":
      return {
        question: `Ask AWS to raise quota ${action.quota} in ${action.region} to ${action.to}?`,
        done: `AWS was asked for ${action.to}; until it grants that, nothing has changed`,
      };
    case "delete-leftover":
      return {
        question: `Delete ${action.name} in ${action.region} for good (${whatGoes(action.of)})?`,
        done: `${action.name} is gone`,
      };
  }
}

/** True if an action deletes nothing, so that `--yes` is enough for it. */
export function isHarmless({ type }: Action): boolean {
  return type !== "delete-leftover";
}
