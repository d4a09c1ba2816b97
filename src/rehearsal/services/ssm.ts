import type { JsonObject } from "../../template/types.ts";
import { secretCalled, secretText, withSecrets } from "../resources/secrets.ts";
import { addVersion, storedParameter, valuesOf } from "../resources/stored-parameters.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, flag, type Handler, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import {
  arnOf,
  createResource,
  deleteResource,
  findResource,
  listResources,
  seconds,
  tagList,
  tagsIn,
} from "./common/resources.ts";
import { startSession, terminateSession } from "./sessions.ts";

const TYPE = "AWS::SSM::Parameter";

function parameterOf(
  simulator: Simulator,
  parameter: ServiceResource,
  version = valuesOf(parameter).length,
): CallResult {
  return {
    Name: parameter.id,
    Type: parameter.properties.Type ?? "String",
    Value: withSecrets(simulator, parameter, valuesOf(parameter)[version - 1] ?? ""),
    Version: version,
    LastModifiedDate: seconds(parameter.created),
    ARN: arnOf(parameter),
    DataType: "text",
  };
}

/** A public parameter of AWS. */
function publicOf(simulator: Simulator, call: Call, name: string): CallResult | undefined {
  const found = storedParameter(simulator, call.scope, name);
  if (!found) return undefined;
  const ARN = `arn:aws:ssm:${call.scope.region}::parameter${name}`;
  return { Name: name, Type: found.type, Value: found.value, Version: found.version, ARN, DataType: "text" };
}

/** A parameter by its name, or by its ARN, in which a name has a slash before it (User Guide, "Working with shared parameters"). */
function called(simulator: Simulator, call: Call, name: string): ServiceResource | undefined {
  const path = /^arn:[^:]+:ssm:[^:]*:\d*:parameter(\/.*)$/.exec(name)?.[1];
  // One without a path is found with a slash before it too (localstack's test_put_parameters).
  if (path === undefined)
    return (
      findResource(simulator, call, TYPE, name) ??
      findResource(simulator, call, TYPE, name.replace(/^\/(?=[^/]+$)/, ""))
    );
  return findResource(simulator, call, TYPE, path) ?? findResource(simulator, call, TYPE, path.slice(1));
}

/** Names with slashes must be absolute paths (Systems Manager's messages; localstack's test_hierarchical_parameter). */
function checkName(name: string): void {
  if (name.startsWith("arn:") || !name.includes("/") || /^(\/[^/]+)+$/.test(name)) return;
  throw new AwsError(
    "ValidationException",
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  );
}

const SECRETS = "/aws/reference/secretsmanager/";

/** A secret by its Parameter Store name (User Guide, "Referencing AWS Secrets Manager secrets"). */
function secretAs(simulator: Simulator, call: Call, name: string): CallResult | undefined {
  const secret = name.startsWith(SECRETS) ? secretCalled(simulator, call.scope, name.slice(SECRETS.length)) : undefined;
  if (!secret) return undefined;
  const ARN = `arn:aws:ssm:${call.scope.region}:${call.scope.account}:parameter${name}`;
  const LastModifiedDate = seconds(secret.created);
  const Value = secretText(simulator, secret);
  const SourceResult = JSON.stringify({
    ARN: secret.id,
    name: secret.state.name,
    versionId: secret.state.version,
    versionStages: ["AWSCURRENT"],
    createdDate: new Date(secret.created).toISOString(),
  });
  return { Name: name, Type: "SecureString", Value, Version: 0, SourceResult, LastModifiedDate, ARN, DataType: "text" };
}

/** A name and its version suffix; an ARN has colons of its own (API Reference, GetParameter). */
const SELECTED = /^(arn:(?:[^:]*:){4}[^:]*|[^:]*)(?::(.*))?$/;

const getParameter: Handler = (simulator, call) => {
  const [, name = "", version] = SELECTED.exec(text(call.input, "Name") ?? "") ?? [];
  checkName(name);
  const found = called(simulator, call, name);
  const ours = found ? undefined : (secretAs(simulator, call, name) ?? publicOf(simulator, call, name));
  if (ours) return { Parameter: ours };
  // localstack's test_get_inexistent_secret.
  if (!found && name.startsWith(SECRETS)) throw new AwsError("ParameterNotFound", `Secret ${name.slice(1)} not found.`);
  // Without a message, as AWS answers it.
  if (!found) throw new AwsError("ParameterNotFound", "");
  const asked = name === `/${found.id}` ? { Name: name } : {};
  if (version === undefined) return { Parameter: { ...parameterOf(simulator, found), ...asked } };
  if (valuesOf(found)[Number(version) - 1] === undefined) {
    throw new AwsError(
      "ParameterVersionNotFound",
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }
  return { Parameter: parameterOf(simulator, found, Number(version)) };
};

const getParameters: Handler = (simulator, call) => {
  const names = texts(call.input, "Names");
  // API Reference, GetParameters: at most ten.
  if (names.length > 10)
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '[${names.join(", ")}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`,
    );
  const found = names.map((asked) => selected(simulator, call, asked));
  return {
    Parameters: found.flatMap((one) => one ?? []),
    InvalidParameters: names.filter((_, i) => found[i] === undefined),
  };
};

/** The parameter of one of several names; undefined for a missing version, as for a missing name. */
function selected(simulator: Simulator, call: Call, asked: string): CallResult | undefined {
  const [, name = "", version] = SELECTED.exec(asked) ?? [];
  const found = called(simulator, call, name);
  const isOnly = version === undefined || version === "1";
  if (!found) return isOnly ? (secretAs(simulator, call, name) ?? publicOf(simulator, call, name)) : undefined;
  const own = name === `/${found.id}` ? { Name: name } : {};
  if (version === undefined) return { ...parameterOf(simulator, found), ...own };
  if (valuesOf(found)[Number(version) - 1] === undefined) return undefined;
  return { ...parameterOf(simulator, found, Number(version)), ...own, Selector: `:${version}` };
}

const getParametersByPath: Handler = (simulator, call) => {
  const path = `${(text(call.input, "Path") ?? "/").replace(/\/$/, "")}/`;
  const deep = flag(call.input, "Recursive");
  const found = listResources(simulator, call, TYPE).filter(
    ({ id }) => id.startsWith(path) && (deep || !id.slice(path.length).includes("/")),
  );
  return { Parameters: found.map((one) => parameterOf(simulator, one)) };
};

const putParameter: Handler = (simulator, call) => {
  const { input } = call;
  const [name = "", value = ""] = [text(input, "Name"), text(input, "Value")];
  const there = findResource(simulator, call, TYPE, name);
  const properties: JsonObject = { Name: name, Value: value, Type: text(input, "Type") ?? "String" };
  if (there && !flag(input, "Overwrite")) {
    throw new AwsError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  if (!there) {
    createResource(simulator, call, { type: TYPE, id: name, properties, tags: tagsIn(structures(input, "Tags")) });
    return { Version: 1, Tier: "Standard" };
  }
  there.properties = { ...there.properties, ...properties };
  addVersion(there);
  return { Version: valuesOf(there).length, Tier: "Standard" };
};

const deleteParameter: Handler = (simulator, call) => {
  const found = findResource(simulator, call, TYPE, text(call.input, "Name") ?? "");
  if (!found) throw new AwsError("ParameterNotFound", "");
  deleteResource(simulator, found);
  return {};
};

const describeParameters: Handler = (simulator, call) => ({
  Parameters: listResources(simulator, call, TYPE).map((one) => {
    const { Value: _, ...shown } = parameterOf(simulator, one);
    const { Description, AllowedPattern, Tier = "Standard" } = one.properties;
    return {
      ...shown,
      Tier,
      ...(Description !== undefined && { Description }),
      ...(AllowedPattern !== undefined && { AllowedPattern }),
    };
  }),
});

const listTags: Handler = (simulator, call: Call) => {
  const found = findResource(simulator, call, TYPE, text(call.input, "ResourceId") ?? "");
  if (!found)
    throw new AwsError(
      "InvalidResourceId",
      "The resource ID is not valid. Verify that you entered the correct ID and try again.",
    );
  return { TagList: tagList(found) };
};

/** AWS Systems Manager's Parameter Store and sessions, API version 2014-11-06. */
export const SSM: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    DeleteParameter: deleteParameter,
    DescribeParameters: describeParameters,
    GetParameter: getParameter,
    GetParameters: getParameters,
    GetParametersByPath: getParametersByPath,
    ListTagsForResource: listTags,
    PutParameter: putParameter,
    StartSession: startSession,
    TerminateSession: terminateSession,
  },
};
