import { Aws, type CfnResource, type CfnTag, Fn } from "aws-cdk-lib";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as iam from "aws-cdk-lib/aws-iam";
import * as logs from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { SecurityGroups } from "../lib/security-groups";

/** The last but one number of a subnet's address in the first zone; ten more in each further zone. */
const TIERS = { Public: 1, Private: 2, Database: 3 } as const;
type Tier = keyof typeof TIERS;

/**
 * Load balancers and database subnet groups want subnets in two zones, however few the workloads run in (Elastic Load
 * Balancing User Guide, "Subnets for your load balancer"; Amazon RDS User Guide, "Working with DB subnet groups").
 */
const FEWEST_ZONES = 2;

/** What tasks call without a NAT gateway: images, logs, secrets and ECS Exec (Amazon ECS Developer Guide, "VPC endpoints"). */
const INTERFACE_ENDPOINTS = {
  EcrApi: "ecr.api",
  EcrDkr: "ecr.dkr",
  Logs: "logs",
  SecretsManager: "secretsmanager",
  SsmMessages: "ssmmessages",
} as const;

/**
 * VPC, subnets, gateways, routes and the four security groups.
 *
 * Every zone's addresses are fixed from day one (10.0.1-3, 10.0.11-13, 10.0.21-23), so that further zones only add.
 */
export class NetworkStack extends AstroStack {
  readonly vpcId: string;
  readonly publicSubnets: string[];
  readonly privateSubnets: string[];
  /** Where the load balancer is: public subnets, or private ones if nothing but the CDN is to reach it. */
  readonly balancerSubnets: string[];
  readonly databaseSubnets: string[];
  readonly securityGroups: { alb: string; ecs: string; rds: string; redis: string };
  private readonly subnets: { [tier in Tier]: string[] } = { Public: [], Private: [], Database: [] };
  private readonly privateRouteTables: string[] = [];

  constructor(scope: Construct, settings: Settings) {
    super(scope, settings, {
      name: "network",
      phase: "vpc",
      description: "VPC, subnets, gateways and security groups",
    });
    const { azs, nat, flowLogs } = settings.config.network;

    const vpc = new ec2.CfnVPC(this, "Vpc", {
      cidrBlock: "10.0.0.0/16",
      // Both, or endpoints have no private names (Amazon VPC User Guide, "DNS attributes for your VPC").
      enableDnsHostnames: true,
      enableDnsSupport: true,
      tags: this.named("vpc"),
    });
    this.vpcId = this.share("VpcId", vpc.ref);
    const attachment = this.internetGateway();
    const publicRoutes = this.routeTable("PublicRouteTable", "public");
    const toInternet = new ec2.CfnRoute(this, "PublicDefaultRoute", {
      routeTableId: publicRoutes,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: attachment.internetGatewayId,
    });
    toInternet.addResourceDependency(attachment);
    const databaseRoutes = this.routeTable("DatabaseRouteTable", "database");

    for (let zone = 1; zone <= Math.max(azs, FEWEST_ZONES); zone++) {
      this.subnet("Public", zone, publicRoutes);
      this.subnet("Database", zone, databaseRoutes);
    }
    const isPrivate = settings.config.loadBalancer.private;
    for (let zone = 1; zone <= Math.max(azs, isPrivate ? FEWEST_ZONES : 1); zone++) {
      const routes = this.routeTable(`PrivateRouteTable${zone}`, `private-${zone}`);
      if (zone <= azs) this.privateRouteTables.push(routes);
      this.subnet("Private", zone, routes);
    }
    this.publicSubnets = this.shareList("PublicSubnets", this.subnets.Public);
    this.privateSubnets = this.shareList("PrivateSubnets", this.subnets.Private.slice(0, azs));
    this.balancerSubnets = isPrivate ? this.shareList("BalancerSubnets", this.subnets.Private) : this.publicSubnets;
    this.databaseSubnets = this.shareList("DatabaseSubnets", this.subnets.Database);
    const groups = new SecurityGroups(this, this.vpcId, settings);
    this.securityGroups = {
      alb: this.share("AlbSecurityGroup", groups.alb),
      ecs: this.share("EcsSecurityGroup", groups.ecs),
      rds: this.share("RdsSecurityGroup", groups.rds),
      redis: this.share("RedisSecurityGroup", groups.redis),
    };

    const gateways = nat === "none" ? 0 : nat === "one" ? 1 : azs;
    this.natGateways(gateways, toInternet);
    this.gatewayEndpoint("S3Endpoint", "s3");
    this.gatewayEndpoint("DynamoDbEndpoint", "dynamodb");
    if (nat === "none") this.interfaceEndpoints(groups.endpoints(this));
    if (flowLogs) this.flowLogs();
  }

  private internetGateway(): ec2.CfnVPCGatewayAttachment {
    const gateway = new ec2.CfnInternetGateway(this, "InternetGateway", { tags: this.named("internet") });
    return new ec2.CfnVPCGatewayAttachment(this, "InternetGatewayAttachment", {
      vpcId: this.vpcId,
      internetGatewayId: gateway.ref,
    });
  }

  private routeTable(id: string, name: string): string {
    return new ec2.CfnRouteTable(this, id, { vpcId: this.vpcId, tags: this.named(name) }).ref;
  }

  private subnet(tier: Tier, zone: number, routeTableId: string): void {
    const subnet = new ec2.CfnSubnet(this, `${tier}Subnet${zone}`, {
      vpcId: this.vpcId,
      cidrBlock: `10.0.${(zone - 1) * 10 + TIERS[tier]}.0/24`,
      ...this.zone(zone - 1),
      // Nothing but the load balancer and the NAT gateways has a public address, and those bring their own.
      mapPublicIpOnLaunch: false,
      tags: this.named(`${tier.toLowerCase()}-${zone}`),
    });
    new ec2.CfnSubnetRouteTableAssociation(this, `${tier}Subnet${zone}Routes`, { subnetId: subnet.ref, routeTableId });
    this.subnets[tier].push(subnet.ref);
  }

  /** The zone that is named, or one in the account's own order of zones (CloudFormation User Guide, "Fn::GetAZs"). */
  private zone(index: number): Pick<ec2.CfnSubnetProps, "availabilityZone" | "availabilityZoneId"> {
    const named = this.settings.config.network.zones?.[index];
    if (named === undefined) return { availabilityZone: Fn.select(index, Fn.getAzs()) };
    return /-az\d+$/.test(named) ? { availabilityZoneId: named } : { availabilityZone: named };
  }

  /** Private subnets reach the internet through their own zone's gateway, or the first where there is but one. */
  private natGateways(count: number, toInternet: CfnResource): void {
    const gateways = this.subnets.Public.slice(0, count).map((subnetId, index) => {
      const address = new ec2.CfnEIP(this, `NatAddress${index + 1}`, {
        domain: "vpc",
        tags: this.named(`nat-${index + 1}`),
      });
      // The gateway must be attached before an address is (AWS::EC2::EIP, "DependsOn"), and it is of no use without it.
      address.addResourceDependency(toInternet);
      return new ec2.CfnNatGateway(this, `NatGateway${index + 1}`, {
        subnetId,
        allocationId: address.attrAllocationId,
        tags: this.named(`nat-${index + 1}`),
      }).ref;
    });
    this.privateRouteTables.forEach((routeTableId, index) => {
      const natGatewayId = gateways[index] ?? gateways[0];
      if (natGatewayId === undefined) return;
      new ec2.CfnRoute(this, `PrivateDefaultRoute${index + 1}`, {
        routeTableId,
        destinationCidrBlock: "0.0.0.0/0",
        natGatewayId,
      });
    });
  }

  /** Traffic to the service stays off the NAT gateway, and costs nothing (Amazon VPC, "Gateway endpoints"). */
  private gatewayEndpoint(id: string, service: string): void {
    new ec2.CfnVPCEndpoint(this, id, {
      vpcId: this.vpcId,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${this.region}.${service}`,
      routeTableIds: this.privateRouteTables,
      tags: this.named(service),
    });
  }

  private interfaceEndpoints(securityGroup: string): void {
    for (const [id, service] of Object.entries(INTERFACE_ENDPOINTS)) {
      new ec2.CfnVPCEndpoint(this, `${id}Endpoint`, {
        vpcId: this.vpcId,
        vpcEndpointType: "Interface",
        serviceName: `com.amazonaws.${this.region}.${service}`,
        subnetIds: this.subnets.Private.slice(0, this.settings.config.network.azs),
        securityGroupIds: [securityGroup],
        privateDnsEnabled: true,
        tags: this.named(service.replace(".", "-")),
      });
    }
  }

  /** All traffic's metadata, with the rights that the Amazon VPC User Guide's "IAM role for publishing flow logs" lists. */
  private flowLogs(): void {
    const group = new logs.CfnLogGroup(this, "FlowLogGroup", { retentionInDays: this.settings.config.service.logDays });
    const role = new iam.CfnRole(this, "FlowLogRole", {
      assumeRolePolicyDocument: new iam.PolicyDocument({
        statements: [
          new iam.PolicyStatement({
            actions: ["sts:AssumeRole"],
            principals: [new iam.ServicePrincipal("vpc-flow-logs.amazonaws.com")],
            conditions: { StringEquals: { "aws:SourceAccount": Aws.ACCOUNT_ID } },
          }),
        ],
      }),
      policies: [
        {
          policyName: "write-flow-logs",
          policyDocument: new iam.PolicyDocument({
            statements: [
              new iam.PolicyStatement({
                actions: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                resources: [group.attrArn],
              }),
            ],
          }),
        },
      ],
    });
    new ec2.CfnFlowLog(this, "FlowLog", {
      resourceType: "VPC",
      resourceId: this.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logGroupName: group.ref,
      deliverLogsPermissionArn: role.attrArn,
      tags: this.named("flow-log"),
    });
  }

  private named(name: string): CfnTag[] {
    return [{ key: "Name", value: `${this.settings.prefix}-${name}` }];
  }
}
