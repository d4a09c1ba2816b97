import { createHash } from "node:crypto";
import type { JsonObject } from "../../template/types.ts";
import { isOn, listOf, textOf } from "../resources/properties.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestCall, RestService } from "../wire/rest-xml.ts";
import { arnOf, findResource, listResources } from "./common/resources.ts";

const FUNCTION = "AWS::Lambda::Function";

function theFunction(simulator: Simulator, call: RestCall): ServiceResource {
  const asked = call.parts[0] ?? "";
  const found = findResource(simulator, call, FUNCTION, asked.split(":function:").at(-1) ?? asked);
  if (found) return found;
  const { region, account } = call.scope;
  const arn = `arn:aws:lambda:${region}:${account}:function:${asked}`;
  throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
}

/** The policy that the function's permissions make (Lambda Developer Guide, "Viewing resource-based IAM policies"). */
function policyOf(simulator: Simulator, call: RestCall): CallResult {
  const found = theFunction(simulator, call);
  const arn = arnOf(found);
  const permissions = listResources(simulator, call, "AWS::Lambda::Permission").filter(({ properties }) =>
    isCalled(found, textOf(properties, "FunctionName")),
  );
  if (permissions.length === 0)
    throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
  const Statement = permissions.map(({ id, properties }) => {
    const [principal, source, account] = ["Principal", "SourceArn", "SourceAccount"].map((name) =>
      textOf(properties, name),
    );
    const isService = principal?.includes(".") ?? false;
    return {
      Sid: id,
      Effect: "Allow",
      Principal: principal === "*" ? "*" : { [isService ? "Service" : "AWS"]: principal },
      Action: textOf(properties, "Action"),
      Resource: arn,
      ...((source || account) && {
        Condition: {
          ...(source && { ArnLike: { "AWS:SourceArn": source } }),
          ...(account && { StringEquals: { "AWS:SourceAccount": account } }),
        },
      }),
    };
  });
  const Policy = JSON.stringify({ Version: "2012-10-17", Id: "default", Statement });
  return { Policy, RevisionId: uuid(arn, Policy) };
}

/** Whether a name, a partial ARN or an ARN refers to the function. */
const isCalled = (found: ServiceResource, name: string) =>
  name === found.id || name.split(":function:").at(-1) === found.id;

function mappingsOf(simulator: Simulator, call: RestCall): CallResult {
  const [name, source] = [call.query.get("FunctionName"), call.query.get("EventSourceArn")];
  const kept = listResources(simulator, call, "AWS::Lambda::EventSourceMapping").filter(
    ({ properties }) =>
      (name === null ||
        textOf(properties, "FunctionName").split(":function:").at(-1) === name.split(":function:").at(-1)) &&
      (source === null || properties.EventSourceArn === source),
  );
  return { EventSourceMappings: kept.map(mappingOf) };
}

function mappingOf({ id, created, properties, region, account }: ServiceResource): CallResult {
  return {
    UUID: id,
    EventSourceArn: textOf(properties, "EventSourceArn"),
    FunctionArn: `arn:aws:lambda:${region}:${account}:function:${textOf(properties, "FunctionName").split(":function:").at(-1)}`,
    BatchSize: Number(properties.BatchSize ?? 10),
    State: isOn(properties.Enabled ?? true) ? "Enabled" : "Disabled",
    LastModified: created / 1000,
  };
}

function theMapping(simulator: Simulator, call: RestCall): ServiceResource {
  const found = findResource(simulator, call, "AWS::Lambda::EventSourceMapping", call.parts[0] ?? "");
  if (found) return found;
  throw new AwsError("ResourceNotFoundException", "The resource you requested does not exist.", 404);
}

function tagsOf(simulator: Simulator, call: RestCall): CallResult {
  return {
    Tags: {
      ...theFunction(simulator, { ...call, parts: [(call.parts[0] ?? "").split(":function:").at(-1) ?? ""] }).tags,
    },
  };
}

/**
 * A function's LoggingConfig, with levels if the format is JSON (localstack's test_lambda_logging_config, recorded
 * 2025-04-08).
 */
function loggingOf(id: string, given: JsonObject = {}): JsonObject {
  const levels = given.LogFormat === "JSON" ? { ApplicationLogLevel: "INFO", SystemLogLevel: "INFO" } : {};
  return { LogFormat: "Text", LogGroup: `/aws/lambda/${id}`, ...levels, ...given };
}

function configurationOf({ id, created, properties, ...rest }: ServiceResource): CallResult {
  const { Environment, MemorySize, Timeout, VpcConfig, LoggingConfig } = properties;
  const code = JSON.stringify(properties.Code ?? {});
  return {
    FunctionName: id,
    FunctionArn: arnOf({ id, created, properties, ...rest }),
    Runtime: textOf(properties, "Runtime"),
    Role: textOf(properties, "Role"),
    Handler: textOf(properties, "Handler"),
    CodeSize: code.length,
    CodeSha256: createHash("sha256").update(code).digest("base64"),
    Description: textOf(properties, "Description"),
    Timeout: Number(Timeout ?? 3),
    MemorySize: Number(MemorySize ?? 128),
    LastModified: new Date(created).toISOString().replace("Z", "+0000"),
    Version: "$LATEST",
    PackageType: textOf(properties, "PackageType", "Zip"),
    Architectures: listOf(properties, "Architectures").length > 0 ? listOf(properties, "Architectures") : ["x86_64"],
    State: "Active",
    LastUpdateStatus: "Successful",
    LoggingConfig: loggingOf(id, LoggingConfig as JsonObject | undefined),
    ...(Environment !== undefined && { Environment: Environment as JsonObject }),
    ...(VpcConfig !== undefined && { VpcConfig: VpcConfig as JsonObject }),
  };
}

const answer = (value: CallResult) => ({ root: "", value });

/** AWS Lambda, API version 2015-03-31: describe calls for functions; functions are not run. */
export const LAMBDA: RestService = {
  prefixes: ["2015-03-31", "2017-03-31"],
  namespace: "",
  format: "json",
  lists: [],
  routes: [
    {
      route: "GET functions",
      operation: "ListFunctions",
      handler: (simulator, call) =>
        answer({ Functions: listResources(simulator, call, FUNCTION).map(configurationOf) }),
    },
    {
      route: "GET functions/*",
      operation: "GetFunction",
      handler: (simulator, call) => {
        const found = theFunction(simulator, call);
        return answer({ Configuration: configurationOf(found), Tags: { ...found.tags } });
      },
    },
    {
      route: "GET functions/*/configuration",
      operation: "GetFunctionConfiguration",
      handler: (simulator, call) => answer(configurationOf(theFunction(simulator, call))),
    },
    {
      route: "GET functions/*/policy",
      operation: "GetPolicy",
      handler: (simulator, call) => answer(policyOf(simulator, call)),
    },
    {
      route: "GET event-source-mappings",
      operation: "ListEventSourceMappings",
      handler: (simulator, call) => answer(mappingsOf(simulator, call)),
    },
    {
      route: "GET event-source-mappings/*",
      operation: "GetEventSourceMapping",
      handler: (simulator, call) => answer(mappingOf(theMapping(simulator, call))),
    },
    { route: "GET tags/*", operation: "ListTags", handler: (simulator, call) => answer(tagsOf(simulator, call)) },
  ],
};
