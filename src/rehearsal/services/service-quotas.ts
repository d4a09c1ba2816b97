import { uuid } from "../hash.ts";
import { QUOTAS, type Quota } from "../quota-table.ts";
import { type Increase, isGlobal, isGranted, quotaValue } from "../quotas.ts";
import type { Stage } from "../stage.ts";
import { type Call, type Handler, type Result, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { seconds } from "./shelf.ts";

function theQuota({ input }: Call): Quota {
  const [service, code] = [text(input, "ServiceCode"), text(input, "QuotaCode")];
  const found = QUOTAS.find((one) => one.service === service && one.code === code);
  if (found) return found;
  throw new AwsError(
    "NoSuchResourceException",
    QUOTAS.some((one) => one.service === service)
      ? `The request failed because the specified quota ${code} does not exist.`
      : `The request failed because the specified service ${service} does not exist.`,
  );
}

function listed({ place }: Call, quota: Quota, Value: number): Result {
  const { service, code, title } = quota;
  return {
    ServiceCode: service,
    ServiceName: NAMES[service] ?? service,
    QuotaArn: `arn:aws:servicequotas:${place.region}:${place.account}:${service}/${code}`,
    QuotaCode: code,
    QuotaName: title,
    Value,
    Unit: "None",
    Adjustable: true,
    GlobalQuota: isGlobal(quota),
  };
}

const NAMES: { readonly [service: string]: string } = {
  acm: "AWS Certificate Manager (ACM)",
  cloudformation: "AWS CloudFormation",
  cloudfront: "Amazon CloudFront",
  dynamodb: "Amazon DynamoDB",
  ec2: "Amazon Elastic Compute Cloud (Amazon EC2)",
  elasticache: "Amazon ElastiCache",
  elasticloadbalancing: "Elastic Load Balancing (ELB)",
  fargate: "AWS Fargate",
  iam: "AWS Identity and Access Management (IAM)",
  rds: "Amazon Relational Database Service (Amazon RDS)",
  route53: "Amazon Route 53",
  s3: "Amazon Simple Storage Service (Amazon S3)",
  vpc: "Amazon Virtual Private Cloud (Amazon VPC)",
};

function increaseOf(stage: Stage, call: Call, increase: Increase): Result {
  const quota = QUOTAS.find(({ code }) => code === increase.code);
  return {
    ...(quota && listed(call, quota, increase.desired)),
    Value: undefined,
    Adjustable: undefined,
    Id: increase.id,
    DesiredValue: increase.desired,
    Status: isGranted(stage.world, increase) ? "APPROVED" : "PENDING",
    Created: seconds(increase.at),
    LastUpdated: seconds(increase.at),
    Requester: `{"accountId":"${increase.account}","callerArn":"arn:aws:iam::${increase.account}:user/rehearsal"}`,
  };
}

function mine(stage: Stage, { place }: Call): readonly Increase[] {
  const all = stage.world.increases ?? [];
  return all.filter(({ account, region }) => account === place.account && region === place.region);
}

const requestIncrease: Handler = (stage, call) => {
  const quota = theQuota(call);
  const desired = Number(call.input.DesiredValue ?? Number.NaN);
  if (mine(stage, call).some((one) => one.code === quota.code && !isGranted(stage.world, one))) {
    throw new AwsError("ResourceAlreadyExistsException", "Only one open service quota increase request is allowed.");
  }
  if (!(desired > quotaValue(stage, call.place, quota))) {
    throw new AwsError(
      "IllegalArgumentException",
      "You must provide a quota value greater than or equal to the current quota value",
    );
  }
  stage.world.serial += 1;
  const id = uuid(stage.world.seed, "quota increase", stage.world.serial).replaceAll("-", "");
  const increase: Increase = { ...call.place, id, code: quota.code, desired, at: stage.world.now };
  stage.world.increases = [...(stage.world.increases ?? []), increase];
  return { RequestedQuota: increaseOf(stage, call, increase) };
};

const history: Handler = (stage, call) => {
  const [service, code] = [text(call.input, "ServiceCode"), text(call.input, "QuotaCode")];
  const found = mine(stage, call).filter((one) => {
    const quota = QUOTAS.find((each) => each.code === one.code);
    return (service === undefined || quota?.service === service) && (code === undefined || one.code === code);
  });
  return { RequestedQuotas: found.map((one) => increaseOf(stage, call, one)) };
};

const list =
  (value: (stage: Stage, call: Call, quota: Quota) => number): Handler =>
  (stage, call) => ({
    Quotas: QUOTAS.filter(({ service }) => service === call.input.ServiceCode).map((one) =>
      listed(call, one, value(stage, call, one)),
    ),
  });

/** Service Quotas, API version 2019-06-24. */
export const SERVICE_QUOTAS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    GetAWSDefaultServiceQuota: (_, call) => {
      const quota = theQuota(call);
      return { Quota: listed(call, quota, quota.value) };
    },
    GetRequestedServiceQuotaChange: (stage, call) => {
      const found = mine(stage, call).find(({ id }) => id === call.input.RequestId);
      if (!found) throw new AwsError("NoSuchResourceException", "The request does not exist.");
      return { RequestedQuota: increaseOf(stage, call, found) };
    },
    GetServiceQuota: (stage, call) => {
      const quota = theQuota(call);
      return { Quota: listed(call, quota, quotaValue(stage, call.place, quota)) };
    },
    ListAWSDefaultServiceQuotas: list((_, __, { value }) => value),
    ListRequestedServiceQuotaChangeHistory: history,
    ListRequestedServiceQuotaChangeHistoryByQuota: history,
    ListServiceQuotas: list((stage, { place }, quota) => quotaValue(stage, place, quota)),
    ListServices: () => ({
      Services: Object.entries(NAMES).map(([ServiceCode, ServiceName]) => ({ ServiceCode, ServiceName })),
    }),
    RequestServiceQuotaIncrease: requestIncrease,
  },
};
