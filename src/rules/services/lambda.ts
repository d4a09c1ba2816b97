import { constrained, constraint, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asList, asNumber, asObject, asText, isKnown } from "../values.ts";
import { trusts } from "./trust.ts";

const FUNCTION = "AWS::Lambda::Function";

const CREATE = "AWS Lambda API Reference, CreateFunction";
const VARIABLES = "AWS Lambda Developer Guide, Working with Lambda environment variables";

/** Variables that Lambda sets itself (VARIABLES, "Defined runtime environment variables"). */
const RESERVED = [
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_DEFAULT_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "LAMBDA_RUNTIME_DIR",
  "LAMBDA_TASK_ROOT",
];

const UNABLE =
  "Lambda was unable to configure your environment variables because the environment variables you have provided";

/** Functions. */
export const LAMBDA_RULES: readonly Rule[] = [
  {
    id: "function-timeout",
    types: [FUNCTION],
    document: `${CREATE} (Timeout)`,
    check: constrained("Timeout", 1, 900, "timeout"),
  },
  {
    id: "function-memory",
    types: [FUNCTION],
    document: `${CREATE} (MemorySize)`,
    check: constrained("MemorySize", 128, 10_240, "memorySize"),
  },
  {
    id: "function-storage",
    types: [FUNCTION],
    document: "AWS Lambda API Reference, EphemeralStorage",
    check: constrained("EphemeralStorage.Size", 512, 10_240, "ephemeralStorage.size"),
  },
  {
    id: "function-name",
    types: [FUNCTION],
    document: `${CREATE} (FunctionName)`,
    check: fits(
      "FunctionName",
      (name) => name.startsWith("arn:") || (/^([0-9]{12}:)?[a-zA-Z0-9-_]+$/.test(name) && name.length <= 64),
      (name) =>
        constraint(
          name,
          "functionName",
          /^[a-zA-Z0-9-_:]+$/.test(name)
            ? "have length less than or equal to 64"
            : "satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
        ),
    ),
  },
  {
    id: "function-variable-kept",
    types: [FUNCTION],
    document: VARIABLES,
    check: ({ properties: { Environment } }) => {
      const used = Object.keys(asObject(asObject(Environment).Variables)).filter((name) => RESERVED.includes(name));
      const message = `${UNABLE} contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${used.join(", ")}`;
      return used.length > 0 ? { property: "Environment/Variables", value: used[0], message } : undefined;
    },
  },
  {
    id: "function-variables-size",
    types: [FUNCTION],
    document: "AWS Lambda Developer Guide, Lambda quotas",
    // AWS goes on to repeat all of them.
    approximate: true,
    check: ({ properties: { Environment } }) => {
      const { Variables } = asObject(Environment);
      const visible = Object.entries(asObject(Variables)).filter(([, value]) => isKnown(value));
      const size = new TextEncoder().encode(JSON.stringify(Object.fromEntries(visible))).length;
      return size > 4096
        ? { property: "Environment/Variables", value: size, message: `${UNABLE} exceeded the 4KB limit.` }
        : undefined;
    },
  },
  {
    id: "function-handler",
    types: [FUNCTION],
    document: `${CREATE} (Handler, Runtime)`,
    check: ({ properties: { PackageType, Handler, Runtime, Code } }) => {
      const zipped = PackageType === undefined ? asObject(Code).ImageUri === undefined : asText(PackageType) === "Zip";
      const missing = Runtime === undefined ? "Runtime" : Handler === undefined ? "Handler" : undefined;
      const message = "Runtime and Handler are mandatory parameters for functions created with deployment packages.";
      return zipped && missing !== undefined ? { property: missing, message } : undefined;
    },
  },
  {
    id: "function-image",
    types: [FUNCTION],
    document: `${CREATE} (PackageType)`,
    check: ({ properties }) => {
      const given = ["Runtime", "Handler", "Layers"].find((name) => properties[name] !== undefined);
      const message =
        "Please don't provide Handler or Runtime or Layer when the intent is to create Function using container image.";
      return asText(properties.PackageType) === "Image" && given !== undefined
        ? { property: given, value: properties[given], message }
        : undefined;
    },
  },
  {
    id: "function-layers",
    types: [FUNCTION],
    document: "AWS Lambda Developer Guide, Lambda quotas",
    check: ({ properties: { Layers } }) =>
      Array.isArray(Layers) && Layers.length > 5
        ? { property: "Layers", value: Layers.length, message: "Cannot reference more than 5 layers." }
        : undefined,
  },
  {
    id: "function-inline",
    types: [FUNCTION],
    document: "CloudFormation Template Reference, AWS::Lambda::Function Code (ZipFile)",
    approximate: true,
    check: ({ properties: { Code, Runtime } }) => {
      const runtime = asText(Runtime);
      const inline = asObject(Code).ZipFile !== undefined;
      const message = `ZipFile can only be used with Node.js and Python runtimes, not with ${runtime}`;
      return inline && runtime !== undefined && !/^(nodejs|python)/.test(runtime)
        ? { property: "Code/ZipFile", value: runtime, message }
        : undefined;
    },
  },
  {
    id: "function-role-trust",
    types: [FUNCTION],
    document: "AWS Lambda Developer Guide, Defining Lambda function permissions with an execution role",
    check: ({ properties: { Role }, find }) => {
      const role = find(Role, "AWS::IAM::Role");
      const message = "The role defined for the function cannot be assumed by Lambda.";
      return role && trusts(role, "lambda.amazonaws.com") === false
        ? { property: "Role", value: Role, message }
        : undefined;
    },
  },
  {
    id: "event-source-queue-timeout",
    types: ["AWS::Lambda::EventSourceMapping"],
    document: "AWS Lambda Developer Guide, Creating and configuring an Amazon SQS event source mapping",
    check: ({ properties: { EventSourceArn, FunctionName }, find }) => {
      const queue = find(EventSourceArn, "AWS::SQS::Queue");
      const target = find(FunctionName, FUNCTION);
      if (queue === undefined || target === undefined) return undefined;
      const { VisibilityTimeout: hidden = 30 } = queue.properties;
      const { Timeout: limit = 3 } = target.properties;
      const [wait, run] = [asNumber(hidden), asNumber(limit)];
      if (wait === undefined || run === undefined || wait >= run) return undefined;
      const message = `Queue visibility timeout: ${wait} seconds is less than Function timeout: ${run} seconds`;
      return { property: "EventSourceArn", value: wait, message };
    },
  },
  {
    id: "event-source-batch-window",
    types: ["AWS::Lambda::EventSourceMapping"],
    document: "AWS Lambda API Reference, CreateEventSourceMapping (BatchSize)",
    check: ({ properties: { BatchSize, EventSourceArn, MaximumBatchingWindowInSeconds }, find }) => {
      const size = asNumber(BatchSize) ?? 0;
      const isQueue =
        find(EventSourceArn, "AWS::SQS::Queue") !== undefined || /:sqs:/.test(asText(EventSourceArn) ?? "");
      const none = MaximumBatchingWindowInSeconds === undefined || asNumber(MaximumBatchingWindowInSeconds) === 0;
      const message = "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10";
      return isQueue && size > 10 && none ? { property: "BatchSize", value: size, message } : undefined;
    },
  },
  {
    id: "function-concurrency",
    types: [FUNCTION],
    document: "AWS Lambda API Reference, PutFunctionConcurrency",
    check: constrained("ReservedConcurrentExecutions", 0, Number.MAX_SAFE_INTEGER, "reservedConcurrentExecutions"),
  },
  {
    id: "function-network",
    types: [FUNCTION],
    document: "AWS Lambda API Reference, VpcConfig",
    approximate: true,
    check: ({ properties: { VpcConfig } }) => {
      const { SubnetIds, SecurityGroupIds } = asObject(VpcConfig);
      const [subnets, groups] = [asList(SubnetIds).length, asList(SecurityGroupIds).length];
      if (subnets > 16)
        return {
          property: "VpcConfig/SubnetIds",
          message: constraint(subnets, "vpcConfig.subnetIds", "have length less than or equal to 16"),
        };
      return groups > 5
        ? {
            property: "VpcConfig/SecurityGroupIds",
            message: constraint(groups, "vpcConfig.securityGroupIds", "have length less than or equal to 5"),
          }
        : undefined;
    },
  },
];
