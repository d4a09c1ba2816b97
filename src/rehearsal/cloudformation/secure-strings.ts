import type { Json, Template } from "../../template/types.ts";
import { invalid, Unresolvable } from "../wire/error.ts";

/** Properties that a secure parameter may stand in (User Guide, "Get a secure string value from Systems Manager Parameter Store"). */
const SUPPORTED: ReadonlySet<string> = new Set([
  "AWS::DirectoryService::MicrosoftAD/Properties/Password",
  "AWS::DirectoryService::SimpleAD/Properties/Password",
  "AWS::ElastiCache::ReplicationGroup/Properties/AuthToken",
  "AWS::IAM::User/Properties/LoginProfile/Password",
  "AWS::KinesisFirehose::DeliveryStream/Properties/RedshiftDestinationConfiguration/Password",
  "AWS::OpsWorks::App/Properties/AppSource/Password",
  "AWS::OpsWorks::Stack/Properties/CustomCookbooksSource/Password",
  "AWS::OpsWorks::Stack/Properties/RdsDbInstances",
  "AWS::RDS::DBCluster/Properties/MasterUserPassword",
  "AWS::RDS::DBInstance/Properties/MasterUserPassword",
  "AWS::Redshift::Cluster/Properties/MasterUserPassword",
]);

const REFERENCE = /\{\{resolve:ssm-secure:[^{}]*?(:\d+)?\}\}/;

/**
 * Throws for secure parameters in properties that do not support them: the call is refused if their version is given,
 * else its operation fails.
 */
export function checkSecure(template: Template): void {
  const found = Object.values(template.Resources).flatMap(({ Type, Properties }) =>
    places(Properties, `${Type}/Properties`).filter(({ path }) => !SUPPORTED.has(path)),
  );
  if (found.length === 0) return;
  const words = `SSM Secure reference is not supported in: [${found.map(({ path }) => path).join(",")}]`;
  throw found.some(({ versioned }) => versioned) ? invalid(words) : new Unresolvable(words);
}

type Found = { readonly path: string; readonly versioned: boolean };

/** Paths of such references: the property that holds them, down to a list or function. */
function places(value: Json | undefined, path: string): readonly Found[] {
  if (typeof value === "string") {
    const match = REFERENCE.exec(value);
    return match ? [{ path, versioned: match[1] !== undefined }] : [];
  }
  if (value === null || value === undefined || typeof value !== "object") return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => places(item, path)).slice(0, 1);
  return Object.entries(value).flatMap(([name, inner]) =>
    places(inner, name.startsWith("Fn::") ? path : `${path}/${name}`),
  );
}
