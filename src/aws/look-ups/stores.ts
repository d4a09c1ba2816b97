import { command } from "../../command-line.ts";
import type { TakenName } from "../../preflight/look-ups.ts";
import { type Asking, isOneOf, statusOf } from "./asking.ts";
import { day, named, phrase, seenTags, type Tagged } from "./seen.ts";

/** How one type tells what has a name, and whose that is; `undefined` if nothing has it. */
export type Look = (asking: Asking, region: string, name: string) => Promise<TakenName | undefined>;

/**
 * How each type tells whether a name is taken, by what, and whose that is (API Reference of each service). One call where
 * the name is free.
 */
export const STORES: { readonly [type: string]: Look } = {
  "AWS::DynamoDB::Table": async (asking, region, TableName) => {
    const sdk = await import("@aws-sdk/client-dynamodb");
    const client = asking.at(region, "dynamodb", (settings) => new sdk.DynamoDBClient(settings));
    const send = () => client.send(new sdk.DescribeTableCommand({ TableName }));
    const found = await asking.ask("dynamodb:DescribeTable", send, isOneOf("ResourceNotFound"));
    if (found === undefined) return undefined;
    const { CreationDateTime, ItemCount, DeletionProtectionEnabled, TableArn: ResourceArn } = found.Table ?? {};
    const unlock = command`aws dynamodb update-table --no-deletion-protection-enabled --table-name ${TableName} --region ${region}`;
    return {
      ...phrase(day("made", CreationDateTime), ItemCount !== undefined && `about ${ItemCount} items`),
      ...(DeletionProtectionEnabled && { before: [unlock] }),
      ...(await seenTags(async () => {
        const listed = () => client.send(new sdk.ListTagsOfResourceCommand({ ResourceArn }));
        return (await asking.ask("dynamodb:ListTagsOfResource", listed)).Tags;
      })),
    };
  },
  "AWS::ECR::Repository": async (asking, region, name) => {
    const sdk = await import("@aws-sdk/client-ecr");
    const client = asking.at(region, "ecr", (settings) => new sdk.ECRClient(settings));
    const send = () => client.send(new sdk.DescribeRepositoriesCommand({ repositoryNames: [name] }));
    const found = await asking.ask("ecr:DescribeRepositories", send, isOneOf("RepositoryNotFound"));
    if (found === undefined) return undefined;
    const { createdAt, repositoryArn: resourceArn } = found.repositories?.[0] ?? {};
    return {
      ...phrase(day("made", createdAt)),
      ...(await seenTags(async () => {
        const listed = () => client.send(new sdk.ListTagsForResourceCommand({ resourceArn }));
        return (await asking.ask("ecr:ListTagsForResource", listed)).tags;
      })),
    };
  },
  "AWS::Logs::LogGroup": async (asking, region, name) => {
    const sdk = await import("@aws-sdk/client-cloudwatch-logs");
    const client = asking.at(region, "logs", (settings) => new sdk.CloudWatchLogsClient(settings));
    const send = () => client.send(new sdk.DescribeLogGroupsCommand({ logGroupNamePrefix: name }));
    // In the order of their names: the very name is on the first page.
    const { logGroups = [] } = await asking.ask("logs:DescribeLogGroups", send);
    const found = logGroups.find(({ logGroupName }) => logGroupName === name);
    if (found === undefined) return undefined;
    const { creationTime, storedBytes, arn, logGroupArn = arn?.replace(/:\*$/, "") } = found;
    return {
      ...phrase(
        creationTime !== undefined && day("made", new Date(creationTime)),
        storedBytes !== undefined && `${storedBytes} bytes of logs`,
      ),
      ...(await seenTags(async () => {
        const listed = () => client.send(new sdk.ListTagsForResourceCommand({ resourceArn: logGroupArn }));
        return listOf((await asking.ask("logs:ListTagsForResource", listed)).tags);
      })),
    };
  },
  "AWS::RDS::DBInstance": async (asking, region, DBInstanceIdentifier) => {
    const sdk = await import("@aws-sdk/client-rds");
    const client = asking.at(region, "rds", (settings) => new sdk.RDSClient(settings));
    const send = () => client.send(new sdk.DescribeDBInstancesCommand({ DBInstanceIdentifier }));
    const found = await asking.ask("rds:DescribeDBInstances", send, isOneOf("DBInstanceNotFound"));
    if (found === undefined) return undefined;
    const { Engine, EngineVersion, DBInstanceStatus, InstanceCreateTime, DeletionProtection, TagList } =
      found.DBInstances?.[0] ?? {};
    const unlock = command`aws rds modify-db-instance --no-deletion-protection --apply-immediately --db-instance-identifier ${DBInstanceIdentifier} --region ${region}`;
    return {
      ...phrase(`${Engine} ${EngineVersion}, ${DBInstanceStatus}`, day("made", InstanceCreateTime)),
      ...(DeletionProtection && { before: [unlock] }),
      ...named(TagList),
    };
  },
  "AWS::S3::Bucket": async (asking, region, Bucket) => {
    const sdk = await import("@aws-sdk/client-s3");
    // An emulator has no DNS names for buckets.
    const client = asking.at(region, "s3", (settings) => new sdk.S3Client(settings));
    const send = async (): Promise<{ readonly lies: string }> => {
      try {
        const { BucketRegion = region } = await client.send(new sdk.HeadBucketCommand({ Bucket }));
        return { lies: BucketRegion };
      } catch (error) {
        // Somewhere else there is one of that name.
        if (statusOf(error) !== 301) throw error;
        return { lies: headersOf(error)["x-amz-bucket-region"] ?? "another region" };
      }
    };
    const found = await asking.ask("s3:HeadBucket", send, (error) => statusOf(error) === 404);
    if (found === undefined) return undefined;
    if (found.lies !== region) return { ...phrase(`it lies in ${found.lies}`), elsewhere: found.lies };
    return seenTags(async () => {
      const tags = () => client.send(new sdk.GetBucketTaggingCommand({ Bucket }));
      return (await asking.ask("s3:GetBucketTagging", tags, isOneOf("NoSuchTagSet")))?.TagSet ?? [];
    });
  },
  "AWS::SecretsManager::Secret": async (asking, region, SecretId) => {
    const sdk = await import("@aws-sdk/client-secrets-manager");
    const client = asking.at(region, "secretsmanager", (settings) => new sdk.SecretsManagerClient(settings));
    const send = () => client.send(new sdk.DescribeSecretCommand({ SecretId }));
    const found = await asking.ask("secretsmanager:DescribeSecret", send, isOneOf("ResourceNotFound"));
    if (found === undefined) return undefined;
    const { ARN, DeletedDate, CreatedDate, LastAccessedDate, Tags = [] } = found;
    return {
      ...phrase(day("made", CreatedDate), day("last read", LastAccessedDate)),
      ...(DeletedDate && { until: DeletedDate }),
      ...(ARN !== undefined && { id: ARN }),
      ...named(Tags),
    };
  },
};

function headersOf(error: unknown): { readonly [name: string]: string } {
  const { $response } = error as { readonly $response?: { readonly headers?: { readonly [name: string]: string } } };
  return $response?.headers ?? {};
}

function listOf(tags: { readonly [key: string]: string } = {}): readonly Tagged[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
