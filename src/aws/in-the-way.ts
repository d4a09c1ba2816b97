import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { type CommandLine, command } from "../command-line.ts";
import type { Blocker, InTheWay } from "../provision/cloud.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import {
  DescribeNetworkAclsCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcEndpointsCommand,
  EC2Client,
  type NetworkInterface,
  type Tag,
} from "./ec2.ts";
import { call, callOptional, isMissing } from "./errors.ts";
import type { AwsSession } from "./session.ts";
import { recordsInTheWay } from "./zones.ts";

/** What EC2 tells of something in a network: its id, its tags, what it is known by, and the command that deletes it. */
type Found = {
  readonly type: Exclude<Blocker["resourceType"], "AWS::Route53::RecordSet">;
  readonly id: string;
  readonly tags: readonly Tag[] | undefined;
  readonly known?: string | undefined;
  readonly removal?: CommandLine;
};
type Filters = readonly { readonly Name: string; readonly Values: readonly string[] }[];
type List = (client: EC2Client, region: string, filters: Filters) => Promise<readonly Found[]>;

const by = (Name: string, ...Values: readonly string[]): Filters => [{ Name, Values }];
const input = (filters: Filters) => ({ Filters: filters.map(({ Name, Values }) => ({ Name, Values: [...Values] })) });
const remove = (words: string, id: string, region: string): CommandLine =>
  command`aws ec2 ${words.split(" ")} ${id} --region ${region}`;

const groups: List = async (client, region, filters) => {
  const send = () => client.send(new DescribeSecurityGroupsCommand(input(filters)));
  const { SecurityGroups = [] } = await call("ec2:DescribeSecurityGroups", send);
  // A network's own goes with it.
  return SecurityGroups.filter(({ GroupName }) => GroupName !== "default").map(
    ({ GroupId: id = "", GroupName, Tags }) => ({
      type: "AWS::EC2::SecurityGroup",
      id,
      tags: Tags,
      known: GroupName,
      removal: remove("delete-security-group --group-id", id, region),
    }),
  );
};

const subnets: List = async (client, region, filters) => {
  const { Subnets = [] } = await call("ec2:DescribeSubnets", () =>
    client.send(new DescribeSubnetsCommand(input(filters))),
  );
  return Subnets.map(({ SubnetId: id = "", CidrBlock, Tags }) => ({
    type: "AWS::EC2::Subnet",
    id,
    tags: Tags,
    known: CidrBlock,
    removal: remove("delete-subnet --subnet-id", id, region),
  }));
};

const tables: List = async (client, region, filters) => {
  const send = () => client.send(new DescribeRouteTablesCommand(input(filters)));
  const { RouteTables = [] } = await call("ec2:DescribeRouteTables", send);
  const others = RouteTables.filter(({ Associations = [] }) => Associations.every(({ Main }) => Main !== true));
  return others.map(({ RouteTableId: id = "", Tags }) => ({
    type: "AWS::EC2::RouteTable",
    id,
    tags: Tags,

    removal: remove("delete-route-table --route-table-id", id, region),
  }));
};

const acls: List = async (client, region, filters) => {
  const send = () => client.send(new DescribeNetworkAclsCommand(input(filters)));
  const { NetworkAcls = [] } = await call("ec2:DescribeNetworkAcls", send);
  return NetworkAcls.filter(({ IsDefault }) => IsDefault !== true).map(({ NetworkAclId: id = "", Tags }) => ({
    type: "AWS::EC2::NetworkAcl",
    id,
    tags: Tags,

    removal: remove("delete-network-acl --network-acl-id", id, region),
  }));
};

const endpoints: List = async (client, region, filters) => {
  const send = () => client.send(new DescribeVpcEndpointsCommand(input(filters)));
  const { VpcEndpoints = [] } = await call("ec2:DescribeVpcEndpoints", send);
  return VpcEndpoints.filter(({ State }) => !/delet/i.test(State ?? "")).map(
    ({ VpcEndpointId: id = "", ServiceName, Tags }) => ({
      type: "AWS::EC2::VPCEndpoint",
      id,
      tags: Tags,
      known: ServiceName,
      removal: remove("delete-vpc-endpoints --vpc-endpoint-ids", id, region),
    }),
  );
};

/** Interfaces; `isShown` chooses which. */
const interfaces =
  (isShown: (one: NetworkInterface) => boolean): List =>
  async (client, region, filters) => {
    const send = () => client.send(new DescribeNetworkInterfacesCommand(input(filters)));
    const { NetworkInterfaces = [] } = await call("ec2:DescribeNetworkInterfaces", send);
    return NetworkInterfaces.filter(isShown).map((one) => interfaceOf(one, region));
  };

/** True for an interface that a person keeps: those of load balancers, databases or tasks come and go with them. */
function isKeptByHand({ RequesterManaged, Attachment, OwnerId }: NetworkInterface): boolean {
  return RequesterManaged !== true && (Attachment === undefined || Attachment.InstanceOwnerId === OwnerId);
}

function interfaceOf(one: NetworkInterface, region: string): Found {
  const { NetworkInterfaceId: id = "", Description = "", Attachment, RequesterManaged, TagSet: tags } = one;
  const instance = Attachment?.InstanceId;
  if (instance !== undefined) {
    const removal = remove("terminate-instances --instance-ids", instance, region);
    return { type: "AWS::EC2::Instance", id: instance, tags, removal };
  }
  const seen = { type: "AWS::EC2::NetworkInterface", id, tags, known: Description } as const;
  // What a service keeps goes only with what the service keeps it for.
  if (RequesterManaged || Attachment !== undefined) return seen;
  return { ...seen, removal: remove("delete-network-interface --network-interface-id", id, region) };
}

/**
 * What can keep each type from being deleted (Amazon VPC User Guide, "Delete your VPC"; Amazon EC2 API Reference,
 * DeleteSubnet and DeleteSecurityGroup): lists, each by the filter that the physical id is a value of.
 */
const HOLDING: { readonly [type: string]: readonly (readonly [filter: string, list: List])[] } = {
  "AWS::EC2::VPC": [
    ["vpc-id", groups],
    ["vpc-id", subnets],
    ["vpc-id", tables],
    ["vpc-id", acls],
    ["vpc-id", endpoints],
    ["vpc-id", interfaces(isKeptByHand)],
  ],
  "AWS::EC2::Subnet": [["subnet-id", interfaces(() => true)]],
  "AWS::EC2::SecurityGroup": [
    ["group-id", interfaces(() => true)],
    ["ip-permission.group-id", groups],
    ["egress.ip-permission.group-id", groups],
  ],
};

/**
 * What keeps a resource from being deleted and is none of `own`, the physical ids of the environment's stacks. Throws
 * AstroError where a look-up is denied.
 */
export async function inTheWay(
  session: AwsSession,
  region: string,
  type: string,
  id: string,
  own: readonly string[],
): Promise<readonly InTheWay[]> {
  if (type === "AWS::Route53::HostedZone") return recordsInTheWay(session, id, own);
  const client = session.client((settings) => new EC2Client(settings))(region);
  const lists = await sideBySide(HOLDING[type] ?? [], ([filter, list]) => list(client, region, by(filter, id)));
  const found = lists.flat();
  const others = found.filter(
    (one, at) => !own.includes(one.id) && found.findIndex((other) => other.id === one.id) === at,
  );
  return sideBySide(others, async ({ type, id, tags = [], known, removal }) => {
    const tag = (name: string) => tags.find(({ Key }) => Key === `aws:cloudformation:${name}`)?.Value;
    // What a stack has goes with the stack; what one left behind bears its tags still.
    const stack = (await stands(session, region, tag("stack-id"))) ? tag("stack-name") : undefined;
    const by = { resourceType: type, physicalId: id, ...(known && { known }), ...(stack !== undefined && { stack }) };
    return { by, ...(removal !== undefined && stack === undefined && { removal }) };
  });
}

async function stands(session: AwsSession, region: string, StackName: string | undefined): Promise<boolean> {
  if (StackName === undefined) return false;
  const send = () => session.cloudformation(region).send(new DescribeStacksCommand({ StackName }));
  const { Stacks = [] } = (await callOptional("cloudformation:DescribeStacks", send, isMissing)) ?? {};
  return Stacks.some(({ StackStatus }) => StackStatus !== "DELETE_COMPLETE");
}
