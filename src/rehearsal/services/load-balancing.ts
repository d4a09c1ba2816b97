import type { JsonObject } from "../../template/types.ts";
import { listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import { balancingSettings } from "./balancing-settings.ts";
import { findResource, listResources, tagList } from "./common/resources.ts";
import { SERVICE } from "./ecs/rollouts.ts";
import { targetsOf } from "./ecs/targets.ts";

const LOAD_BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";
const TARGET_GROUP = "AWS::ElasticLoadBalancingV2::TargetGroup";
const LISTENER = "AWS::ElasticLoadBalancingV2::Listener";

/** Resources selected by ARNs and names; throws the service's error for the first missing one. */
function chosen(
  simulator: Simulator,
  call: Call,
  type: string,
  by: {
    readonly arns: string;
    readonly names: string;
    readonly name: string;
    readonly code: string;
    readonly words: string;
  },
): readonly ServiceResource[] {
  const all = listResources(simulator, call, type);
  const [arns, names] = [texts(call.input, by.arns), texts(call.input, by.names)];
  const lost = [
    ...arns.filter((arn) => !all.some(({ id }) => id === arn)),
    ...names.filter((name) => !all.some(({ attributes }) => attributes[by.name] === name)),
  ][0];
  if (lost !== undefined) throw new AwsError(by.code, `${by.words} '${lost}' not found`);
  if (arns.length + names.length === 0) return all;
  return all.filter(({ id, attributes }) => arns.includes(id) || names.includes(String(attributes[by.name])));
}

const describeLoadBalancers: Handler = (simulator, call) => {
  const found = chosen(simulator, call, LOAD_BALANCER, {
    arns: "LoadBalancerArns",
    names: "Names",
    name: "LoadBalancerName",
    code: "LoadBalancerNotFound",
    words: "Load balancer",
  });
  return { LoadBalancers: found.map((one) => balancerOf(simulator, call, one)) };
};

function balancerOf(simulator: Simulator, call: Call, balancer: ServiceResource): CallResult {
  const subnets = listOf(balancer.properties, "Subnets").map((id) => ({
    id,
    subnet: findResource(simulator, call, "AWS::EC2::Subnet", id),
  }));
  return {
    LoadBalancerArn: balancer.id,
    LoadBalancerName: textOf(balancer.attributes, "LoadBalancerName"),
    DNSName: textOf(balancer.attributes, "DNSName"),
    CanonicalHostedZoneId: textOf(balancer.attributes, "CanonicalHostedZoneID"),
    CreatedTime: new Date(balancer.created).toISOString(),
    Scheme: textOf(balancer.properties, "Scheme", "internet-facing"),
    Type: textOf(balancer.properties, "Type", "application"),
    IpAddressType: textOf(balancer.properties, "IpAddressType", "ipv4"),
    VpcId: subnets.map(({ subnet }) => subnet && textOf(subnet.properties, "VpcId")).find((id) => id !== undefined),
    State: { Code: "active" },
    AvailabilityZones: subnets.map(({ id, subnet }) => ({
      ZoneName: subnet && textOf(subnet.attributes, "AvailabilityZone"),
      SubnetId: id,
    })),
    SecurityGroups: [...listOf(balancer.properties, "SecurityGroups")],
  };
}

const describeTargetGroups: Handler = (simulator, call) => {
  const found = chosen(simulator, call, TARGET_GROUP, {
    arns: "TargetGroupArns",
    names: "Names",
    name: "TargetGroupName",
    code: "TargetGroupNotFound",
    words: "Target group",
  });
  return { TargetGroups: found.map((one) => targetGroupOf(simulator, call, one)) };
};

function targetGroupOf(simulator: Simulator, call: Call, group: ServiceResource): CallResult {
  const { properties } = group;
  const listeners = listResources(simulator, call, LISTENER).filter((one) =>
    JSON.stringify(one.properties).includes(group.id),
  );
  return {
    TargetGroupArn: group.id,
    TargetGroupName: textOf(group.attributes, "TargetGroupName"),
    Protocol: textOf(properties, "Protocol"),
    Port: Number(properties.Port ?? 80),
    VpcId: textOf(properties, "VpcId"),
    TargetType: textOf(properties, "TargetType", "instance"),
    HealthCheckEnabled: true,
    HealthCheckPath: textOf(properties, "HealthCheckPath", "/"),
    HealthCheckProtocol: textOf(properties, "HealthCheckProtocol", "HTTP"),
    HealthCheckPort: textOf(properties, "HealthCheckPort", "traffic-port"),
    HealthCheckIntervalSeconds: Number(properties.HealthCheckIntervalSeconds ?? 30),
    HealthCheckTimeoutSeconds: Number(properties.HealthCheckTimeoutSeconds ?? 5),
    HealthyThresholdCount: Number(properties.HealthyThresholdCount ?? 5),
    UnhealthyThresholdCount: Number(properties.UnhealthyThresholdCount ?? 2),
    LoadBalancerArns: listeners.map((one) => textOf(one.properties, "LoadBalancerArn")),
  };
}

/** Tasks of the services registered with the group. */
const describeTargetHealth: Handler = (simulator, call) => {
  const arn = text(call.input, "TargetGroupArn") ?? "";
  const group = findResource(simulator, call, TARGET_GROUP, arn);
  if (!group) throw new AwsError("TargetGroupNotFound", `One or more target groups not found`);
  const services = listResources(simulator, call, SERVICE).filter(({ properties }) =>
    rowsOf(properties.LoadBalancers).some(({ TargetGroupArn }) => TargetGroupArn === arn),
  );
  return { TargetHealthDescriptions: services.flatMap((service) => targetsOf(simulator, service, group)) };
};

const describeListeners: Handler = (simulator, call) => {
  const [balancer, arns] = [text(call.input, "LoadBalancerArn"), texts(call.input, "ListenerArns")];
  const found = listResources(simulator, call, LISTENER).filter(
    ({ id, properties }) =>
      (balancer === undefined || properties.LoadBalancerArn === balancer) && (arns.length === 0 || arns.includes(id)),
  );
  return {
    Listeners: found.map(({ id, properties }) => ({
      ListenerArn: id,
      LoadBalancerArn: textOf(properties, "LoadBalancerArn"),
      Port: Number(properties.Port ?? 80),
      Protocol: textOf(properties, "Protocol"),
      SslPolicy: properties.SslPolicy as string | undefined,
      Certificates: rowsOf(properties.Certificates).map(({ CertificateArn }) => ({ CertificateArn })),
      DefaultActions: rowsOf(properties.DefaultActions).map(actionOf),
    })),
  };
};

function actionOf(action: JsonObject): CallResult {
  const { Type, TargetGroupArn, RedirectConfig, FixedResponseConfig } = action;
  return {
    Type,
    TargetGroupArn,
    ...(RedirectConfig !== undefined && { RedirectConfig: partOf(RedirectConfig) }),
    ...(FixedResponseConfig !== undefined && { FixedResponseConfig: partOf(FixedResponseConfig) }),
  };
}

const describeTags: Handler = (simulator, call) => {
  const resources = [LOAD_BALANCER, TARGET_GROUP, LISTENER].flatMap((type) => listResources(simulator, call, type));
  return {
    TagDescriptions: texts(call.input, "ResourceArns").map((arn) => ({
      ResourceArn: arn,
      Tags: resources.filter(({ id }) => id === arn).flatMap(tagList),
    })),
  };
};

/** Elastic Load Balancing, API version 2015-12-01: look-ups and target health. */
export const ELB: Service = {
  protocol: queryProtocol("http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"),
  operations: {
    ...balancingSettings(actionOf),
    DescribeListeners: describeListeners,
    DescribeLoadBalancers: describeLoadBalancers,
    DescribeTags: describeTags,
    DescribeTargetGroups: describeTargetGroups,
    DescribeTargetHealth: describeTargetHealth,
  },
};
