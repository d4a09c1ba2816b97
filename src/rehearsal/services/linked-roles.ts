import { hex } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import { type Call, type CallResult, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { createResource, listResources } from "./common/resources.ts";

const TYPE = "AWS::IAM::ServiceLinkedRole";

/** Services whose service-linked roles this account has already (IAM User Guide, "Service-linked roles"). */
const USED: { readonly [service: string]: string } = {
  "ecs.amazonaws.com": "AWSServiceRoleForECS",
  "ecs.application-autoscaling.amazonaws.com": "AWSServiceRoleForApplicationAutoScaling_ECSService",
  "elasticache.amazonaws.com": "AWSServiceRoleForElastiCache",
  "elasticloadbalancing.amazonaws.com": "AWSServiceRoleForElasticLoadBalancing",
  "rds.amazonaws.com": "AWSServiceRoleForRDS",
  "vpcorigin.cloudfront.amazonaws.com": "AWSServiceRoleForCloudFrontVPCOrigin",
};

/** Service-linked roles: of services used before, and created by calls. */
export function linkedRolesOf(simulator: Simulator, call: Call): readonly CallResult[] {
  const made = listResources(simulator, call, TYPE).map(
    ({ id, properties }) => [String(properties.AWSServiceName), id] as const,
  );
  return [...Object.entries(USED), ...made].map(([service, name]) => roleOf(call, service, name));
}

function roleOf({ scope }: Call, service: string, name: string): CallResult {
  const path = `/aws-service-role/${service}/`;
  return {
    Path: path,
    RoleName: name,
    RoleId: `AROA${hex(17, name).toUpperCase()}`,
    Arn: `arn:aws:iam::${scope.account}:role${path}${name}`,
    CreateDate: "2020-01-01T00:00:00Z",
    MaxSessionDuration: 3600,
  };
}

/** CreateServiceLinkedRole: once a service. */
export const createLinkedRole: Handler = (simulator, call) => {
  const service = text(call.input, "AWSServiceName") ?? "";
  // localstack's test_service_role_lifecycle_custom_suffix_not_allowed, recorded 2025-03-13.
  if (USED[service] !== undefined && text(call.input, "CustomSuffix") !== undefined)
    throw new AwsError("InvalidInput", `Custom suffix is not allowed for ${service}`);
  const there = linkedRolesOf(simulator, call).find(({ Path }) => Path === `/aws-service-role/${service}/`);
  if (there) {
    throw new AwsError(
      "InvalidInput",
      `Service role name ${there.RoleName} has been taken in this account, please try a different suffix.`,
    );
  }
  const id = `AWSServiceRoleFor_${service.split(".")[0]}`;
  createResource(simulator, call, { type: TYPE, id, properties: { AWSServiceName: service } });
  return { Role: roleOf(call, service, id) };
};
