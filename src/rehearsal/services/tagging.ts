import { type Handler, structures, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { arnOf, tagList } from "./shelf.ts";

const getResources: Handler = (stage, { input, place }) => {
  const filters = structures(input, "TagFilters");
  const types = texts(input, "ResourceTypeFilters");
  const arns = texts(input, "ResourceARNList");
  const things = Object.values(stage.world.things)
    .flatMap((shelf) => Object.values(shelf))
    .filter((thing) => thing.account === place.account && (thing.region === place.region || thing.region === "global"))
    .map((thing) => ({ thing, arn: thing.type === "AWS::S3::Bucket" ? `arn:aws:s3:::${thing.id}` : arnOf(thing) }))
    .filter(({ arn }) => arn.startsWith("arn:"));
  const kept = things.filter(({ thing, arn }) => {
    const tagged = filters.every(({ Key, Values }) => {
      const value = thing.tags[String(Key)];
      return (
        value !== undefined && (!Array.isArray(Values) || Values.length === 0 || Values.map(String).includes(value))
      );
    });
    const [, , service = "", , , resource = ""] = arn.split(":");
    const typed =
      types.length === 0 || types.some((type) => type === service || type === `${service}:${resource.split("/")[0]}`);
    return Object.keys(thing.tags).length > 0 && tagged && typed && (arns.length === 0 || arns.includes(arn));
  });
  return {
    ResourceTagMappingList: kept.map(({ thing, arn }) => ({ ResourceARN: arn, Tags: tagList(thing) })),
    PaginationToken: "",
  };
};

/** Resource Groups Tagging API, version 2017-01-26. */
export const TAGGING: Service = {
  protocol: jsonProtocol("1.1"),
  operations: { GetResources: getResources },
};

/** Default quotas (Service Quotas console), by service and code. */
const QUOTAS = [
  { ServiceCode: "vpc", QuotaCode: "L-F678F1CE", QuotaName: "VPCs per Region", Value: 5 },
  { ServiceCode: "vpc", QuotaCode: "L-FE5A380F", QuotaName: "NAT gateways per Availability Zone", Value: 5 },
  { ServiceCode: "vpc", QuotaCode: "L-A4707A72", QuotaName: "Internet gateways per Region", Value: 5 },
  { ServiceCode: "ec2", QuotaCode: "L-0263D0A3", QuotaName: "EC2-VPC Elastic IPs", Value: 5 },
  { ServiceCode: "fargate", QuotaCode: "L-3032A538", QuotaName: "Fargate On-Demand vCPU resource count", Value: 6 },
  { ServiceCode: "fargate", QuotaCode: "L-36FBB829", QuotaName: "Fargate Spot vCPU resource count", Value: 6 },
  { ServiceCode: "rds", QuotaCode: "L-7B6409FD", QuotaName: "DB instances", Value: 40 },
  {
    ServiceCode: "elasticloadbalancing",
    QuotaCode: "L-53DA6B97",
    QuotaName: "Application Load Balancers per Region",
    Value: 50,
  },
  { ServiceCode: "cloudformation", QuotaCode: "L-0485CB21", QuotaName: "Stack count", Value: 2000 },
] as const;

const quota = ({ ServiceCode, QuotaCode, QuotaName, Value }: (typeof QUOTAS)[number]) => ({
  ServiceCode,
  QuotaCode,
  QuotaName,
  Value,
  Unit: "None",
  Adjustable: true,
  GlobalQuota: false,
});

/** Service Quotas, API version 2019-06-24. */
export const SERVICE_QUOTAS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    GetServiceQuota: (_, { input }) => {
      const found = QUOTAS.find(
        ({ ServiceCode, QuotaCode }) => ServiceCode === input.ServiceCode && QuotaCode === input.QuotaCode,
      );
      if (!found)
        throw new AwsError(
          "NoSuchResourceException",
          `The request failed because the specified quota ${input.QuotaCode} does not exist.`,
        );
      return { Quota: quota(found) };
    },
    ListServiceQuotas: (_, { input }) => ({
      Quotas: QUOTAS.filter(({ ServiceCode }) => ServiceCode === input.ServiceCode).map(quota),
    }),
  },
};
