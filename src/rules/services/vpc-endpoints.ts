import { between, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asList, asText, isOff } from "../values.ts";
import { trusts } from "./trust.ts";
import { sameZone } from "./zones.ts";

const ENDPOINT = "AWS::EC2::VPCEndpoint";
const FLOW_LOG = "AWS::EC2::FlowLog";

/** Services that are reached by interface endpoints alone (AWS PrivateLink Guide, "AWS services that integrate"). */
const INTERFACE_ONLY = new Set(
  [
    "athena ec2 ec2messages ecr.api ecr.dkr ecs ecs-agent ecs-telemetry elasticache elasticloadbalancing events",
    "execute-api glue kinesis-streams kinesis-firehose kms lambda logs monitoring rds secretsmanager sns sqs ssm",
    "ssmmessages states sts xray",
  ].flatMap((names) => names.split(" ")),
);

const GATEWAY_WITHOUT = ["SubnetIds", "SecurityGroupIds"] as const;

/** VPC endpoints and flow logs. */
export const ENDPOINT_RULES: readonly Rule[] = [
  {
    id: "vpc-endpoint-kind",
    types: [ENDPOINT],
    document: "AWS PrivateLink Guide, AWS services that integrate with AWS PrivateLink",
    check: ({ properties: { VpcEndpointType = "Gateway", ServiceName } }) => {
      const kind = asText(VpcEndpointType);
      const service = /^com\.amazonaws\.[a-z0-9-]+\.(.+)$/.exec(asText(ServiceName) ?? "")?.[1];
      const wrong = kind === "Gateway" && service !== undefined && INTERFACE_ONLY.has(service);
      const message = "Endpoint type (Gateway) does not match available service types ([Interface]).";
      return wrong ? { property: "VpcEndpointType", value: kind, message } : undefined;
    },
  },
  {
    id: "vpc-endpoint-properties",
    types: [ENDPOINT],
    document: "Amazon EC2 API Reference, CreateVpcEndpoint",
    approximate: true,
    check: ({ properties }) => {
      const { VpcEndpointType = "Gateway" } = properties;
      const kind = asText(VpcEndpointType);
      const names = kind === "Gateway" ? GATEWAY_WITHOUT : kind === "Interface" ? (["RouteTableIds"] as const) : [];
      const property = names.find((name) => asList(properties[name]).length > 0);
      const words = {
        SubnetIds: "Subnet IDs",
        SecurityGroupIds: "Security group IDs",
        RouteTableIds: "Route table IDs",
      };
      const other = kind === "Gateway" ? "Interface" : "Gateway";
      return (
        property && { property, message: `${words[property]} are only supported for ${other} type VPC Endpoints.` }
      );
    },
  },
  {
    id: "vpc-endpoint-zones",
    types: [ENDPOINT],
    document: "AWS PrivateLink Guide, Access an AWS service using an interface VPC endpoint",
    check: (subject) => {
      const subnets = asList(subject.properties.SubnetIds);
      const index = sameZone(subject, subnets);
      if (index === undefined) return undefined;
      const message = `Found another VPC endpoint subnet in the availability zone of ${asText(subnets[index]) ?? "this subnet"}. VPC endpoint subnets should be in different availability zones supported by the VPC endpoint service.`;
      return { property: `SubnetIds/${index}`, value: subnets[index], message };
    },
  },
  {
    id: "vpc-endpoint-private-dns",
    types: [ENDPOINT],
    document: "AWS PrivateLink Guide, Manage DNS names for VPC endpoints",
    check: ({ properties: { PrivateDnsEnabled, VpcId }, find }) => {
      const vpc = asBoolean(PrivateDnsEnabled) ? find(VpcId, "AWS::EC2::VPC") : undefined;
      if (vpc === undefined) return undefined;
      const { EnableDnsHostnames, EnableDnsSupport } = vpc.properties;
      if (!isOff(EnableDnsHostnames) && asBoolean(EnableDnsSupport) !== false) return undefined;
      const message = `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${asText(VpcId) ?? vpc.id}`;
      return { property: "PrivateDnsEnabled", value: true, message };
    },
  },
  {
    id: "flow-log-role",
    types: [FLOW_LOG],
    document: "Amazon EC2 API Reference, CreateFlowLogs (DeliverLogsPermissionArn)",
    approximate: true,
    check: ({ properties: { LogDestinationType = "cloud-watch-logs", DeliverLogsPermissionArn } }) => {
      if (asText(LogDestinationType) !== "cloud-watch-logs" || DeliverLogsPermissionArn !== undefined) return undefined;
      const message = "DeliverLogsPermissionArn can't be empty if LogDestinationType is cloud-watch-logs.";
      return { property: "DeliverLogsPermissionArn", message };
    },
  },
  {
    id: "flow-log-trust",
    types: [FLOW_LOG],
    document: "Amazon VPC User Guide, IAM role for publishing flow logs to CloudWatch Logs",
    check: ({ properties: { DeliverLogsPermissionArn }, find }) => {
      const role = find(DeliverLogsPermissionArn, "AWS::IAM::Role");
      const refused = role !== undefined && trusts(role, "vpc-flow-logs.amazonaws.com") === false;
      const message = "Unable to assume given IAM role";
      return refused ? { property: "DeliverLogsPermissionArn", value: DeliverLogsPermissionArn, message } : undefined;
    },
  },
  {
    id: "flow-log-interval",
    types: [FLOW_LOG],
    document: "Amazon EC2 API Reference, CreateFlowLogs (MaxAggregationInterval)",
    approximate: true,
    check: fits(
      "MaxAggregationInterval",
      ["60", "600"],
      (value) => `Invalid value '${value}' for maxAggregationInterval. Possible values: 60, 600`,
    ),
  },
  {
    id: "nat-gateway-drain",
    types: ["AWS::EC2::NatGateway"],
    document: "CloudFormation Template Reference, AWS::EC2::NatGateway (MaxDrainDurationSeconds)",
    approximate: true,
    check: between(
      "MaxDrainDurationSeconds",
      1,
      4000,
      (value) => `Value (${value}) for parameter maxDrainDurationSeconds is invalid. It must be between 1 and 4000.`,
    ),
  },
];
