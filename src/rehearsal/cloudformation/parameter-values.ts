import type { Template } from "../../template/types.ts";
import { scopeOf } from "../resources/handler.ts";
import { handlerOf } from "../resources/handlers.ts";
import { zonesOf } from "../state/regions.ts";
import { resourceAt, resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { isFromSsm, parameterValue } from "../template/parameters.ts";
import { Unresolvable } from "../wire/error.ts";
import { storedValue } from "./external-values.ts";

type Exists = (simulator: Simulator, scope: Scope, value: string) => boolean;

const isThere =
  (type: string): Exists =>
  (simulator, scope, value) =>
    resourceAt(simulator.state, type, scopeOf(handlerOf(type), scope), value) !== undefined;

/** Types of parameters whose values are looked up; images, key pairs and zones may be the real account's. */
const EXISTS: { readonly [type: string]: Exists } = {
  "AWS::EC2::AvailabilityZone::Name": (_, { region }, value) => zonesOf(region).includes(value),
  "AWS::EC2::SecurityGroup::Id": (simulator, scope, value) =>
    isThere("AWS::EC2::SecurityGroup")(simulator, scope, value) ||
    resourcesAt(simulator.state, "AWS::EC2::VPC", scope).some(
      ({ attributes }) => attributes.DefaultSecurityGroup === value,
    ),
  "AWS::EC2::Subnet::Id": isThere("AWS::EC2::Subnet"),
  "AWS::EC2::VPC::Id": isThere("AWS::EC2::VPC"),
  "AWS::SSM::Parameter::Name": isThere("AWS::SSM::Parameter"),
};

/**
 * Throws, once the call is accepted, for the first parameter whose value does not exist (User Guide, "Specify existing
 * resources at runtime with CloudFormation-supplied parameter types").
 */
export function checkValues(
  simulator: Simulator,
  scope: Scope,
  { Parameters }: Template,
  deployment: Deployment,
): void {
  for (const [name, parameter] of Object.entries(Parameters ?? {})) {
    const inner = /^(?:AWS::SSM::Parameter::Value<)?(?:List<)?([^<>]+)>*$/.exec(parameter.Type)?.[1] ?? "";
    const exists = EXISTS[inner];
    const text = deployment.parameters[name];
    if (!exists || text === undefined) continue;
    const value = isFromSsm(parameter) ? storedValue(simulator, scope, deployment, name, parameter) : text;
    const missing = [parameterValue(parameter, value)].flat().find((one) => !exists(simulator, scope, String(one)));
    if (missing !== undefined)
      throw new Unresolvable(
        `Parameter validation failed: parameter value ${String(missing)} for parameter name ${name} does not exist.`,
      );
  }
}
