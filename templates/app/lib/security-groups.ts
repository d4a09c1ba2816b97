import * as ec2 from "aws-cdk-lib/aws-ec2";
import type { Construct } from "constructs";
import type { Settings } from "./astro-stack";

/**
 * A group without any outbound rule is given one that allows everything (AWS::EC2::SecurityGroup), so "no outbound" is
 * one rule that leads nowhere: the loopback address, as that page's own example has it.
 */
const NO_OUTBOUND: ec2.CfnSecurityGroup.EgressProperty[] = [
  { ipProtocol: "-1", cidrIp: "127.0.0.1/32", description: "No outbound traffic" },
];

/**
 * The four security groups: internet to ALB (80, 443; if it is private, 80 from the CDN), ALB to ECS (the container's port), ECS to RDS (5432) and Redis
 * (6379). RDS and Redis open no connection of their own.
 */
export class SecurityGroups {
  readonly alb: string;
  readonly ecs: string;
  readonly rds: string;
  readonly redis: string;

  constructor(
    scope: Construct,
    private readonly vpcId: string,
    private readonly settings: Settings,
  ) {
    const { service, loadBalancer } = settings.config;
    const port = service.port;
    this.ecs = this.group(scope, "EcsSecurityGroup", "ecs", "API containers", undefined, [
      { ipProtocol: "-1", cidrIp: "0.0.0.0/0", description: "Everywhere" },
    ]);
    this.alb = this.group(
      scope,
      "AlbSecurityGroup",
      "alb",
      "Load balancer",
      // A private load balancer has no address that the internet could reach. CloudFront comes by interfaces of its own in
      // the VPC, with addresses that are not the VPC's, from a group that it makes later (Amazon CloudFront Developer
      // Guide, "Restrict access with VPC origins").
      loadBalancer.private
        ? [{ ...tcp(80), cidrIp: "0.0.0.0/0", description: "Port 80 from the VPC origin of the CDN" }]
        : [80, 443].map((from) => ({
            ...tcp(from),
            cidrIp: "0.0.0.0/0",
            description: `Port ${from} from the internet`,
          })),
      [{ ...tcp(port), destinationSecurityGroupId: this.ecs, description: "To the API containers" }],
    );
    // On its own: rules inside both groups that name each other would be a circle (AWS::EC2::SecurityGroup).
    new ec2.CfnSecurityGroupIngress(scope, "EcsFromAlb", {
      ...tcp(port),
      groupId: this.ecs,
      sourceSecurityGroupId: this.alb,
      description: "From the load balancer",
    });
    this.rds = this.group(scope, "RdsSecurityGroup", "rds", "Database", [this.fromEcs(5432)], NO_OUTBOUND);
    this.redis = this.group(scope, "RedisSecurityGroup", "redis", "Cache", [this.fromEcs(6379)], NO_OUTBOUND);
  }

  /** A fifth group for the interface endpoints, where there is no NAT gateway. */
  endpoints(scope: Construct): string {
    return this.group(scope, "EndpointSecurityGroup", "endpoints", "VPC endpoints", [this.fromEcs(443)], NO_OUTBOUND);
  }

  private fromEcs(port: number): ec2.CfnSecurityGroup.IngressProperty {
    return { ...tcp(port), sourceSecurityGroupId: this.ecs, description: "From the API containers" };
  }

  private group(
    scope: Construct,
    id: string,
    name: string,
    groupDescription: string,
    securityGroupIngress: ec2.CfnSecurityGroup.IngressProperty[] | undefined,
    securityGroupEgress: ec2.CfnSecurityGroup.EgressProperty[],
  ): string {
    return new ec2.CfnSecurityGroup(scope, id, {
      vpcId: this.vpcId,
      groupDescription,
      securityGroupIngress,
      securityGroupEgress,
      tags: [{ key: "Name", value: `${this.settings.prefix}-${name}` }],
    }).attrGroupId;
  }
}

function tcp(port: number) {
  return { ipProtocol: "tcp", fromPort: port, toPort: port };
}
