import { command } from "../../command-line.ts";
import { SERVICE_LINKED } from "../../policy/roles.ts";
import type { PreflightCheck } from "../check.ts";
import { isMade } from "../declared.ts";

/**
 * Whether the roles are there through which the services of the plan act. The services make them on first use if the
 * caller may; an account's first cluster often fails all the same, as ECS uses the role at once
 * (aws-cloudformation/cloudformation-coverage-roadmap#818).
 */
export const LINKED_ROLE_CHECK: PreflightCheck = {
  code: "linked-roles",
  document: "AWS Identity and Access Management User Guide, Create a service-linked role",
  of: async ({ look, resources }) => {
    const needed = [...new Set(resources.filter(isMade).flatMap(({ type }) => SERVICE_LINKED[type] ?? []))].sort();
    if (needed.length === 0) return [];
    const there = await look.linkedRoles();
    const missing = needed.filter((service) => !there.includes(principal(service)));
    if (missing.length === 0) return [{ outcome: "ok", words: `all ${needed.length} are there` }];
    const services = missing.map(principal);
    const hints = services.map((service, at) => ({
      text: at === 0 ? "make them first" : "then",
      command: command`aws iam create-service-linked-role --aws-service-name ${service}`,
    }));
    const warning = { type: "linked-roles-missing", services } as const;
    const fix = { hints, action: { type: "create-roles", services } as const };
    return [{ outcome: "warning", warning, fix }];
  },
};

function principal(service: string): string {
  return `${service}.amazonaws.com`;
}
