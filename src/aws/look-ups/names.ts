import type { LookUps, Taken } from "../../preflight/look-ups.ts";
import { isMissing } from "../errors.ts";
import { type Asking, isOneOf, statusOf } from "./asking.ts";

type Look = (asking: Asking, region: string, name: string) => Promise<Taken | undefined>;

/** How each type tells whether a name is taken (API Reference of each service). */
const TYPES: { readonly [type: string]: Look } = {
  "AWS::DynamoDB::Table": async ({ at, ask }, region, TableName) => {
    const { DescribeTableCommand, DynamoDBClient } = await import("@aws-sdk/client-dynamodb");
    const client = at(region, "dynamodb", (settings) => new DynamoDBClient(settings));
    const send = () => client.send(new DescribeTableCommand({ TableName }));
    return (await ask("dynamodb:DescribeTable", send, isOneOf("ResourceNotFound"))) && {};
  },
  "AWS::ECR::Repository": async ({ at, ask }, region, name) => {
    const { DescribeRepositoriesCommand, ECRClient } = await import("@aws-sdk/client-ecr");
    const client = at(region, "ecr", (settings) => new ECRClient(settings));
    const send = () => client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
    return (await ask("ecr:DescribeRepositories", send, isOneOf("RepositoryNotFound"))) && {};
  },
  "AWS::IAM::Role": async ({ at, ask }, region, RoleName) => {
    const { GetRoleCommand, IAMClient } = await import("@aws-sdk/client-iam");
    const client = at(region, "iam", (settings) => new IAMClient(settings));
    const send = () => client.send(new GetRoleCommand({ RoleName }));
    const found = await ask("iam:GetRole", send, isOneOf("NoSuchEntity"));
    return found && { tags: tagsOf(found.Role?.Tags) };
  },
  "AWS::Logs::LogGroup": async ({ at, ask }, region, name) => {
    const { CloudWatchLogsClient, DescribeLogGroupsCommand } = await import("@aws-sdk/client-cloudwatch-logs");
    const client = at(region, "logs", (settings) => new CloudWatchLogsClient(settings));
    const command = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
    // In the order of their names: the very name is on the first page.
    const { logGroups = [] } = await ask("logs:DescribeLogGroups", () => client.send(command));
    return logGroups.some(({ logGroupName }) => logGroupName === name) ? {} : undefined;
  },
  "AWS::RDS::DBInstance": async ({ at, ask }, region, DBInstanceIdentifier) => {
    const { DescribeDBInstancesCommand, RDSClient } = await import("@aws-sdk/client-rds");
    const client = at(region, "rds", (settings) => new RDSClient(settings));
    const send = () => client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    const found = await ask("rds:DescribeDBInstances", send, isOneOf("DBInstanceNotFound"));
    return found && { tags: tagsOf(found.DBInstances?.[0]?.TagList) };
  },
  "AWS::S3::Bucket": async ({ at, ask }, region, Bucket) => {
    const { HeadBucketCommand, S3Client } = await import("@aws-sdk/client-s3");
    const client = at(region, "s3", (settings) => new S3Client(settings));
    const send = async (): Promise<Taken> => {
      try {
        const { BucketRegion } = await client.send(new HeadBucketCommand({ Bucket }));
        return BucketRegion === undefined ? {} : { region: BucketRegion };
      } catch (error) {
        // Somewhere else there is one of that name.
        if (statusOf(error) !== 301) throw error;
        const { $response } = error as {
          readonly $response?: { readonly headers?: { readonly [name: string]: string } };
        };
        const elsewhere = $response?.headers?.["x-amz-bucket-region"];
        return elsewhere === undefined ? {} : { region: elsewhere };
      }
    };
    return ask("s3:HeadBucket", send, (error) => statusOf(error) === 404);
  },
  "AWS::SecretsManager::Secret": async ({ at, ask }, region, SecretId) => {
    const { DescribeSecretCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
    const client = at(region, "secretsmanager", (settings) => new SecretsManagerClient(settings));
    const send = () => client.send(new DescribeSecretCommand({ SecretId }));
    const found = await ask("secretsmanager:DescribeSecret", send, isOneOf("ResourceNotFound"));
    if (found === undefined) return undefined;
    const { ARN, DeletedDate, Tags } = found;
    return {
      ...(DeletedDate && { until: DeletedDate }),
      ...(ARN !== undefined && { id: ARN }),
      tags: tagsOf(Tags),
    };
  },
};

function tagsOf(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): NonNullable<Taken["tags"]> {
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** Whether names are taken, and by which stack; of types that have no such look-up, none is. */
export function names(asking: Asking): Pick<LookUps, "taken" | "holder"> {
  return {
    taken: async (region, type, name) => TYPES[type]?.(asking, region, name),
    holder: async (region, type, id) => {
      const { CloudFormationClient } = await import("@aws-sdk/client-cloudformation");
      const { stackThatHas } = await import("../holder.ts");
      const client = asking.at(region, "cloudformation", (settings) => new CloudFormationClient(settings));
      return asking.ask("cloudformation:DescribeStackResources", () => stackThatHas(client, type, id), isMissing);
    },
  };
}
