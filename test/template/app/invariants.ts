import { loadAwsServiceSpecSync } from "@aws-cdk/aws-service-spec";
import { isPhase, PHASES } from "../../../src/config/phases.ts";
import { valueAt } from "../../../src/config/values.ts";
import { imageParameterOf } from "../../../src/template/image-parameter.ts";
import type { Json, JsonObject, Resource, Template } from "../../../src/template/types.ts";
import type { Synthesised } from "./synth.ts";

const spec = loadAwsServiceSpecSync();

/** What CloudFormation takes without a body in the bucket (CloudFormation User Guide, "Quotas"). */
const LARGEST_INLINE = 51_200;

/** Tagged by their stack's tags alone: linters do not know their own yet. */
const TAGGED_BY_STACK = new Set([
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::CloudWatch::Dashboard",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::ListenerRule",
]);

type Found = { readonly id: string; readonly resource: Resource };

/** Every way in which an environment's templates break a rule of the architecture; empty if they keep them all. */
export function broken(stacks: readonly Synthesised[]): readonly string[] {
  return [
    ...stacks.flatMap((stack) => brokenReferences(stack, stacks)),
    ...stacks.flatMap(replacedUnseen),
    ...stacks.flatMap(untagged),
    ...stacks.flatMap(unsendable),
    ...network(stacks),
    ...data(stacks),
  ];
}

/** What a stack writes into Parameter Store under a name, as a reader of the same region finds it. */
function writtenUnder(name: Json | undefined, { environment: { region } }: Synthesised, all: readonly Synthesised[]) {
  const written = all
    .filter(({ environment }) => environment.region === region)
    .flatMap((stack) =>
      Object.values(stack.template.Resources).flatMap(({ Type, Properties }) =>
        Type === "AWS::SSM::Parameter" && Properties?.Name === name ? [{ stack, properties: Properties ?? {} }] : [],
      ),
    );
  return written.length === 1 ? written[0] : undefined;
}

/** Whether a parameter names what a stack writes that stands before and is of no later phase, of the type it is there. */
function isWritten(id: string, stack: Synthesised, all: readonly Synthesised[]): boolean {
  const { Type, Default } = stack.template.Parameters?.[id] ?? {};
  const found = writtenUnder(Default, stack, all);
  const type = found?.properties?.Type === "StringList" ? "List<String>" : "String";
  return (
    found !== undefined &&
    Type === `AWS::SSM::Parameter::Value<${type}>` &&
    stack.needs.includes(found.stack.stackName) &&
    phaseOf(found.stack) <= phaseOf(stack)
  );
}

/** Whether it is the parameter that a deployment sets: empty before the first, so that every stack can be made. */
function isImage(id: string, template: Template): boolean {
  return imageParameterOf(template)?.parameter === id && template.Parameters?.[id]?.Default === "";
}

/**
 * Every Ref, Fn::GetAtt and Fn::GetStackOutput names what is there, in a stack that stands before and in no later phase;
 * another region's outputs alone are read by Fn::GetStackOutput.
 */
function brokenReferences(stack: Synthesised, all: readonly Synthesised[]): readonly string[] {
  const { template, stackName, needs } = stack;
  return functions({ Resources: template.Resources as Json, Outputs: (template.Outputs ?? {}) as Json }).flatMap(
    ({ name, argument }): readonly string[] => {
      if (name === "Ref") {
        const id = String(argument);
        const known =
          id.startsWith("AWS::") || id in template.Resources || isImage(id, template) || isWritten(id, stack, all);
        return known ? [] : [`${stackName}: Ref ${argument}`];
      }
      if (name === "Fn::GetAtt" && Array.isArray(argument)) {
        const [id, attribute] = argument.map(String);
        const resource = template.Resources[id ?? ""];
        const attributes = resource === undefined ? {} : typeOf(resource.Type).attributes;
        return (attribute ?? "") in attributes ? [] : [`${stackName}: Fn::GetAtt ${id}.${attribute}`];
      }
      if (name === "Fn::GetStackOutput") {
        const { StackName, Region, OutputName } = argument as JsonObject;
        const other = all.find((one) => one.stackName === StackName);
        const there =
          other !== undefined &&
          other.environment.region === Region &&
          Region !== stack.environment.region &&
          String(OutputName) in (other.template.Outputs ?? {}) &&
          needs.includes(String(StackName)) &&
          phaseOf(other) <= phaseOf(stack);
        return there ? [] : [`${stackName}: Fn::GetStackOutput ${StackName}.${OutputName} in ${Region}`];
      }
      if (name === "Fn::If") {
        const [condition] = argument as readonly Json[];
        return String(condition) in (template.Conditions ?? {}) ? [] : [`${stackName}: Fn::If ${condition}`];
      }
      // The others join and choose; none reads another stack or a file.
      return ["Fn::Join", "Fn::Select", "Fn::GetAZs", "Fn::Split"].includes(name) ? [] : [`${stackName}: ${name}`];
    },
  );
}

/**
 * What `Fn::GetStackOutput` comes to is known only as it is applied, and AWS replaces whatever reads it in a property that
 * cannot change in place (aws-cdk#38829).
 */
function replacedUnseen({ stackName, template }: Synthesised): readonly string[] {
  return all(template).flatMap(({ id, resource: { Type, Properties = {} } }) =>
    Object.entries(Properties).flatMap(([name, value]) => {
      const read = functions(value).some((one) => one.name === "Fn::GetStackOutput");
      const replaces = typeOf(Type).properties[name]?.causesReplacement ?? "no";
      return read && replaces !== "no" ? [`${stackName}: ${id} is replaced for what ${name} reads weakly`] : [];
    }),
  );
}

function untagged({ stackName, template, tags }: Synthesised): readonly string[] {
  return Object.entries(template.Resources).flatMap(([id, { Type, Properties }]) => {
    const tagged = Type === "AWS::Budgets::Budget" ? "ResourceTags" : typeOf(Type).tagInformation?.tagPropertyName;
    if (tagged === undefined || TAGGED_BY_STACK.has(Type)) return [];
    const written = asTags(Properties?.[tagged]);
    const missing = Object.entries(tags).filter(([key, value]) => written[key] !== value);
    return missing.length === 0 ? [] : [`${stackName}: ${id} lacks tags ${missing.map(([key]) => key).join(", ")}`];
  });
}

function asTags(value: Json | undefined): JsonObject {
  if (!Array.isArray(value)) return (value ?? {}) as JsonObject;
  return Object.fromEntries((value as readonly JsonObject[]).map(({ Key, Value }) => [String(Key), Value ?? ""]));
}

/** CloudFormation's GetTemplate does not give back what is not ASCII, and nothing here needs a second program to run. */
function unsendable({ stackName, template }: Synthesised): readonly string[] {
  const body = JSON.stringify(template, null, 1);
  const types = Object.values(template.Resources).map(({ Type }) => Type);
  const strange = types.filter((type) => type.startsWith("Custom::") || type.startsWith("AWS::Lambda::"));
  return [
    ...(body.length > LARGEST_INLINE ? [`${stackName}: ${body.length} bytes`] : []),
    ...(/^[ -~\n]*$/.test(body) ? [] : [`${stackName}: not ASCII`]),
    ...(types.length === 0 ? [`${stackName}: no resource`] : []),
    ...strange.map((type) => `${stackName}: ${type}`),
  ];
}

function network(stacks: readonly Synthesised[]): readonly string[] {
  const found: string[] = [];
  const octets = find(stacks, "AWS::EC2::Subnet").map(({ resource }) => String(resource.Properties?.CidrBlock));
  if (octets.some((cidr) => !/^10\.0\.\d+\.0\/24$/.test(cidr))) found.push(`subnets outside the plan: ${octets}`);
  if (new Set(octets).size !== octets.length) found.push(`subnets overlap: ${octets}`);

  for (const { id, resource } of find(stacks, "AWS::EC2::SecurityGroup")) {
    const { SecurityGroupIngress: ingress = [], SecurityGroupEgress: egress = [] } = resource.Properties ?? {};
    for (const rule of ingress as readonly JsonObject[]) {
      const open =
        rule.CidrIp !== undefined && !(id === "AlbSecurityGroup" && [80, 443].includes(Number(rule.FromPort)));
      if (open || rule.CidrIpv6 !== undefined) found.push(`${id} is open to ${JSON.stringify(rule)}`);
    }
    if ((egress as readonly Json[]).length === 0) found.push(`${id} has AWS's default: all outbound`);
    if (!["RdsSecurityGroup", "RedisSecurityGroup"].includes(id)) continue;
    const sources = (ingress as readonly JsonObject[]).map(({ SourceSecurityGroupId }) => SourceSecurityGroupId);
    if (JSON.stringify(sources) !== '[{"Fn::GetAtt":["EcsSecurityGroup","GroupId"]}]') {
      found.push(`${id} is reached from ${JSON.stringify(sources)}`);
    }
    const out = (egress as readonly JsonObject[]).map(({ CidrIp }) => CidrIp);
    if (String(out) !== "127.0.0.1/32") found.push(`${id} reaches ${out}`);
  }
  for (const { id, resource } of find(stacks, "AWS::EC2::SecurityGroupIngress")) {
    const { GroupId, SourceSecurityGroupId } = resource.Properties ?? {};
    const pair = JSON.stringify([GroupId, SourceSecurityGroupId]);
    if (pair !== JSON.stringify(["EcsSecurityGroup", "AlbSecurityGroup"].map(groupIdOf))) {
      found.push(`${id} opens ${pair}`);
    }
  }
  for (const { id, resource } of find(stacks, "AWS::EC2::SubnetRouteTableAssociation")) {
    const tiers = [resource.Properties?.SubnetId, resource.Properties?.RouteTableId].map(
      (one) => /Public|Private|Database/.exec(JSON.stringify(one))?.[0],
    );
    if (tiers[0] === undefined || tiers[0] !== tiers[1]) found.push(`${id} joins ${tiers.join(" and ")}`);
  }
  for (const { id, resource } of find(stacks, "AWS::EC2::Route")) {
    if (JSON.stringify(resource.Properties?.RouteTableId).includes("Database"))
      found.push(`${id} leads out of the database`);
  }
  return [...found, ...places(stacks)];
}

/** Load balancer, tasks and data each in the subnets that are theirs, and in as many zones as AWS demands. */
function places(stacks: readonly Synthesised[]): readonly string[] {
  const tiers = [
    ["AWS::ElasticLoadBalancingV2::LoadBalancer", ["Subnets"], "PublicSubnet", 2],
    ["AWS::RDS::DBSubnetGroup", ["SubnetIds"], "DatabaseSubnet", 2],
    ["AWS::ElastiCache::SubnetGroup", ["SubnetIds"], "DatabaseSubnet", 2],
    ["AWS::ECS::Service", ["NetworkConfiguration", "AwsvpcConfiguration", "Subnets"], "PrivateSubnet", 1],
  ] as const;
  return tiers.flatMap(([type, path, tier, least]) =>
    find(stacks, type).flatMap(({ id, resource }) => {
      const subnets = valueAt(resource.Properties, path);
      const wanted = resource.Properties?.Scheme === "internal" ? "PrivateSubnet" : tier;
      const names = Array.isArray(subnets) ? subnets.map((one) => JSON.stringify(one)) : [];
      return [
        ...(names.length < least ? [`${id} in ${names.length} zones`] : []),
        ...names.filter((name) => !name.includes(wanted)).map((name) => `${id} in ${name}, which is no ${wanted}`),
      ];
    }),
  );
}

function groupIdOf(id: string): Json {
  return { "Fn::GetAtt": [id, "GroupId"] };
}

/** Data is encrypted, closed to the public, and never deleted because something else takes its place. */
function data(stacks: readonly Synthesised[]): readonly string[] {
  const found: string[] = [];
  for (const { id, resource } of find(stacks, "AWS::S3::Bucket")) {
    const { BucketEncryption, PublicAccessBlockConfiguration } = resource.Properties ?? {};
    if (BucketEncryption === undefined) found.push(`${id} is not encrypted`);
    if (Object.values((PublicAccessBlockConfiguration ?? {}) as JsonObject).filter(Boolean).length !== 4) {
      found.push(`${id} may be public`);
    }
    const policies = find(stacks, "AWS::S3::BucketPolicy").filter(({ resource: { Properties } }) =>
      JSON.stringify(Properties?.Bucket).includes(id),
    );
    if (!JSON.stringify(policies).includes('"aws:SecureTransport":"false"'))
      found.push(`${id} takes requests without TLS`);
  }
  for (const { id, resource } of find(stacks, "AWS::RDS::DBInstance")) {
    const { StorageEncrypted, PubliclyAccessible, MasterUserPassword } = resource.Properties ?? {};
    if (StorageEncrypted !== true || PubliclyAccessible !== false) found.push(`${id} is not private`);
    if (!String(MasterUserPassword).startsWith("{{resolve:secretsmanager:")) found.push(`${id} shows its password`);
  }
  const stateful = ["AWS::S3::Bucket", "AWS::KMS::Key", "AWS::SecretsManager::Secret", "AWS::ECR::Repository"];
  for (const { id, resource } of stateful.flatMap((type) => find(stacks, type))) {
    if (id !== "AccessLogsBucket" && resource.UpdateReplacePolicy !== "Retain") found.push(`${id} is lost if replaced`);
  }
  return found;
}

/** Every resource of a type, with what it reads from Parameter Store in its place. */
function find(stacks: readonly Synthesised[], type: string): readonly Found[] {
  return stacks.flatMap((stack) =>
    all(stack.template)
      .filter(({ resource }) => resource.Type === type)
      .map(({ id, resource }) => ({ id, resource: followed(resource as Json, stack, stacks) as Resource })),
  );
}

function followed(value: Json, stack: Synthesised, stacks: readonly Synthesised[]): Json {
  if (Array.isArray(value)) return value.map((item: Json) => followed(item, stack, stacks));
  if (typeof value !== "object" || value === null) return value;
  const { Ref } = value as JsonObject;
  const parameter = stack.template.Parameters?.[String(Ref)];
  const written = parameter && writtenUnder(parameter.Default, stack, stacks)?.properties;
  if (written === undefined) {
    const entries = Object.entries(value as JsonObject).map(([key, inner]) => [key, followed(inner, stack, stacks)]);
    return Object.fromEntries(entries);
  }
  if (written.Type !== "StringList") return written.Value ?? null;
  // Its items joined by commas, or the only one.
  const joined = valueAt(written, ["Value", "Fn::Join"]);
  return Array.isArray(joined) ? (joined[1] as Json) : [written.Value ?? null];
}

function all(template: Template): readonly Found[] {
  return Object.entries(template.Resources).map(([id, resource]) => ({ id, resource }));
}

function typeOf(type: string) {
  return spec.lookup("resource", "cloudFormationType", "equals", type).only();
}

function phaseOf(stack: Synthesised): number {
  const phase = stack.template.Metadata?.["astro:phase"];
  return isPhase(phase) ? PHASES.indexOf(phase) : -1;
}

type Call = { readonly name: string; readonly argument: Json };

function functions(value: Json): readonly Call[] {
  if (Array.isArray(value)) return value.flatMap(functions);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value as JsonObject).flatMap(([name, argument]) =>
    name === "Ref" || name.startsWith("Fn::") ? [{ name, argument }, ...functions(argument)] : functions(argument),
  );
}
