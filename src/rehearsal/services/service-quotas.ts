import { QUOTAS, type Quota } from "../rules/quota-table.ts";
import { isGlobal, isGranted, quotaValue } from "../rules/quotas.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Increase } from "../state/state.ts";
import { type Call, type CallResult, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { seconds } from "./common/resources.ts";

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

function listed({ scope }: Call, quota: Quota, Value: number): CallResult {
  const { service, code, title } = quota;
  return {
    ServiceCode: service,
    ServiceName: NAMES[service] ?? service,
    QuotaArn: `arn:aws:servicequotas:${scope.region}:${scope.account}:${service}/${code}`,
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

function increaseOf(simulator: Simulator, call: Call, increase: Increase): CallResult {
  const quota = QUOTAS.find(({ code }) => code === increase.code);
  return {
    ...(quota && listed(call, quota, increase.desired)),
    Value: undefined,
    Adjustable: undefined,
    Id: increase.id,
    DesiredValue: increase.desired,
    Status: isGranted(simulator.state, increase) ? "APPROVED" : "PENDING",
    Created: seconds(increase.at),
    LastUpdated: seconds(increase.at),
    Requester: `{"accountId":"${increase.account}","callerArn":"arn:aws:iam::${increase.account}:user/rehearsal"}`,
  };
}

function mine(simulator: Simulator, { scope }: Call): readonly Increase[] {
  const all = simulator.state.increases ?? [];
  return all.filter(({ account, region }) => account === scope.account && region === scope.region);
}

const requestIncrease: Handler = (simulator, call) => {
  const quota = theQuota(call);
  const desired = Number(call.input.DesiredValue ?? Number.NaN);
  if (mine(simulator, call).some((one) => one.code === quota.code && !isGranted(simulator.state, one))) {
    throw new AwsError("ResourceAlreadyExistsException", "Only one open service quota increase request is allowed.");
  }
  if (!(desired > quotaValue(simulator, call.scope, quota))) {
    throw new AwsError(
      "IllegalArgumentException",
      "You must provide a quota value greater than or equal to the current quota value",
    );
  }
  simulator.state.serial += 1;
  const id = uuid(simulator.state.seed, "quota increase", simulator.state.serial).replaceAll("-", "");
  const increase: Increase = { ...call.scope, id, code: quota.code, desired, at: simulator.state.now };
  simulator.state.increases = [...(simulator.state.increases ?? []), increase];
  return { RequestedQuota: increaseOf(simulator, call, increase) };
};

const history: Handler = (simulator, call) => {
  const [service, code] = [text(call.input, "ServiceCode"), text(call.input, "QuotaCode")];
  const found = mine(simulator, call).filter((one) => {
    const quota = QUOTAS.find((each) => each.code === one.code);
    return (service === undefined || quota?.service === service) && (code === undefined || one.code === code);
  });
  return { RequestedQuotas: found.map((one) => increaseOf(simulator, call, one)) };
};

const list =
  (value: (simulator: Simulator, call: Call, quota: Quota) => number): Handler =>
  (simulator, call) => ({
    Quotas: QUOTAS.filter(({ service }) => service === call.input.ServiceCode).map((one) =>
      listed(call, one, value(simulator, call, one)),
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
    GetRequestedServiceQuotaChange: (simulator, call) => {
      const found = mine(simulator, call).find(({ id }) => id === call.input.RequestId);
      if (!found) throw new AwsError("NoSuchResourceException", "The request does not exist.");
      return { RequestedQuota: increaseOf(simulator, call, found) };
    },
    GetServiceQuota: (simulator, call) => {
      const quota = theQuota(call);
      return { Quota: listed(call, quota, quotaValue(simulator, call.scope, quota)) };
    },
    ListAWSDefaultServiceQuotas: list((_, __, { value }) => value),
    ListRequestedServiceQuotaChangeHistory: history,
    ListRequestedServiceQuotaChangeHistoryByQuota: history,
    ListServiceQuotas: list((simulator, { scope }, quota) => quotaValue(simulator, scope, quota)),
    ListServices: () => ({
      Services: Object.entries(NAMES).map(([ServiceCode, ServiceName]) => ({ ServiceCode, ServiceName })),
    }),
    RequestServiceQuotaIncrease: requestIncrease,
  },
};
