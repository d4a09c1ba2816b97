import type { JsonObject } from "../../template/types.ts";
import type { Stage } from "../stage.ts";
import { type Call, flag, type Handler, type Result, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Thing } from "../world.ts";
import { secretCalled, secretText, withSecrets } from "./secrets-manager.ts";
import { allOf, arnOf, make, oneOf, seconds, tagList, tagsIn, unmake } from "./shelf.ts";
import { keepVersion, storedParameter, valuesOf } from "./stored-parameters.ts";

const TYPE = "AWS::SSM::Parameter";

function parameterOf(stage: Stage, parameter: Thing, version = valuesOf(parameter).length): Result {
  return {
    Name: parameter.id,
    Type: parameter.properties.Type ?? "String",
    Value: withSecrets(stage, parameter, valuesOf(parameter)[version - 1] ?? ""),
    Version: version,
    LastModifiedDate: seconds(parameter.created),
    ARN: arnOf(parameter),
    DataType: "text",
  };
}

/** One of AWS's own, which are the same for everybody. */
function publicOf(stage: Stage, call: Call, name: string): Result | undefined {
  const found = storedParameter(stage, call.place, name);
  if (!found) return undefined;
  const ARN = `arn:aws:ssm:${call.place.region}::parameter${name}`;
  return { Name: name, Type: found.type, Value: found.value, Version: found.version, ARN, DataType: "text" };
}

/** A parameter by its name, or by its ARN, in which a name has a slash before it (User Guide, "Working with shared parameters"). */
function called(stage: Stage, call: Call, name: string): Thing | undefined {
  const path = /^arn:[^:]+:ssm:[^:]*:\d*:parameter(\/.*)$/.exec(name)?.[1];
  // One without a path is found with a slash before it too (localstack's test_put_parameters).
  if (path === undefined)
    return oneOf(stage, call, TYPE, name) ?? oneOf(stage, call, TYPE, name.replace(/^\/(?=[^/]+$)/, ""));
  return oneOf(stage, call, TYPE, path) ?? oneOf(stage, call, TYPE, path.slice(1));
}

/**
 * Names with slashes are whole paths (the words of Systems Manager's refusals; localstack's
 * test_hierarchical_parameter).
 */
function checkName(name: string): void {
  if (name.startsWith("arn:") || !name.includes("/") || /^(\/[^/]+)+$/.test(name)) return;
  throw new AwsError(
    "ValidationException",
    'Parameter name: can\'t be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_',
  );
}

const SECRETS = "/aws/reference/secretsmanager/";

/** A secret under the name that Parameter Store has for it (User Guide, "Referencing AWS Secrets Manager secrets"). */
function secretAs(stage: Stage, call: Call, name: string): Result | undefined {
  const secret = name.startsWith(SECRETS) ? secretCalled(stage, call.place, name.slice(SECRETS.length)) : undefined;
  if (!secret) return undefined;
  const ARN = `arn:aws:ssm:${call.place.region}:${call.place.account}:parameter${name}`;
  const LastModifiedDate = seconds(secret.created);
  const Value = secretText(stage, secret);
  const SourceResult = JSON.stringify({
    ARN: secret.id,
    name: secret.state.name,
    versionId: secret.state.version,
    versionStages: ["AWSCURRENT"],
    createdDate: new Date(secret.created).toISOString(),
  });
  return { Name: name, Type: "SecureString", Value, Version: 0, SourceResult, LastModifiedDate, ARN, DataType: "text" };
}

/** A name and the version behind it; an ARN has colons of its own (API Reference, GetParameter). */
const SELECTED = /^(arn:(?:[^:]*:){4}[^:]*|[^:]*)(?::(.*))?$/;

const getParameter: Handler = (stage, call) => {
  const [, name = "", version] = SELECTED.exec(text(call.input, "Name") ?? "") ?? [];
  checkName(name);
  const found = called(stage, call, name);
  const ours = found ? undefined : (secretAs(stage, call, name) ?? publicOf(stage, call, name));
  if (ours) return { Parameter: ours };
  // localstack's test_get_inexistent_secret.
  if (!found && name.startsWith(SECRETS)) throw new AwsError("ParameterNotFound", `Secret ${name.slice(1)} not found.`);
  // Without words, as AWS answers it.
  if (!found) throw new AwsError("ParameterNotFound", "");
  const asked = name === `/${found.id}` ? { Name: name } : {};
  if (version === undefined) return { Parameter: { ...parameterOf(stage, found), ...asked } };
  if (valuesOf(found)[Number(version) - 1] === undefined) {
    throw new AwsError(
      "ParameterVersionNotFound",
      `Systems Manager could not find version ${version} of ${name}. Verify the version and try again.`,
    );
  }
  return { Parameter: parameterOf(stage, found, Number(version)) };
};

const getParameters: Handler = (stage, call) => {
  const names = texts(call.input, "Names");
  // API Reference, GetParameters: at most ten.
  if (names.length > 10)
    throw new AwsError(
      "ValidationException",
      `1 validation error detected: Value '[${names.join(", ")}]' at 'names' failed to satisfy constraint: Member must have length less than or equal to 10`,
    );
  const found = names.map((asked) => selected(stage, call, asked));
  return {
    Parameters: found.flatMap((one) => one ?? []),
    InvalidParameters: names.filter((_, i) => found[i] === undefined),
  };
};

/** What a name stands for among several: of a version that is not there nothing, as of a name that is not. */
function selected(stage: Stage, call: Call, asked: string): Result | undefined {
  const [, name = "", version] = SELECTED.exec(asked) ?? [];
  const found = called(stage, call, name);
  const isOnly = version === undefined || version === "1";
  if (!found) return isOnly ? (secretAs(stage, call, name) ?? publicOf(stage, call, name)) : undefined;
  const own = name === `/${found.id}` ? { Name: name } : {};
  if (version === undefined) return { ...parameterOf(stage, found), ...own };
  if (valuesOf(found)[Number(version) - 1] === undefined) return undefined;
  return { ...parameterOf(stage, found, Number(version)), ...own, Selector: `:${version}` };
}

const getParametersByPath: Handler = (stage, call) => {
  const path = `${(text(call.input, "Path") ?? "/").replace(/\/$/, "")}/`;
  const deep = flag(call.input, "Recursive");
  const found = allOf(stage, call, TYPE).filter(
    ({ id }) => id.startsWith(path) && (deep || !id.slice(path.length).includes("/")),
  );
  return { Parameters: found.map((one) => parameterOf(stage, one)) };
};

const putParameter: Handler = (stage, call) => {
  const { input } = call;
  const [name = "", value = ""] = [text(input, "Name"), text(input, "Value")];
  const there = oneOf(stage, call, TYPE, name);
  const properties: JsonObject = { Name: name, Value: value, Type: text(input, "Type") ?? "String" };
  if (there && !flag(input, "Overwrite")) {
    throw new AwsError(
      "ParameterAlreadyExists",
      "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
    );
  }
  if (!there) {
    make(stage, call, { type: TYPE, id: name, properties, tags: tagsIn(structures(input, "Tags")) });
    return { Version: 1, Tier: "Standard" };
  }
  there.properties = { ...there.properties, ...properties };
  keepVersion(there);
  return { Version: valuesOf(there).length, Tier: "Standard" };
};

const deleteParameter: Handler = (stage, call) => {
  const found = oneOf(stage, call, TYPE, text(call.input, "Name") ?? "");
  if (!found) throw new AwsError("ParameterNotFound", "");
  unmake(stage, found);
  return {};
};

const describeParameters: Handler = (stage, call) => ({
  Parameters: allOf(stage, call, TYPE).map((one) => {
    const { Value: _, ...shown } = parameterOf(stage, one);
    const { Description, AllowedPattern, Tier = "Standard" } = one.properties;
    return {
      ...shown,
      Tier,
      ...(Description !== undefined && { Description }),
      ...(AllowedPattern !== undefined && { AllowedPattern }),
    };
  }),
});

const listTags: Handler = (stage, call: Call) => {
  const found = oneOf(stage, call, TYPE, text(call.input, "ResourceId") ?? "");
  if (!found)
    throw new AwsError(
      "InvalidResourceId",
      "The resource ID is not valid. Verify that you entered the correct ID and try again.",
    );
  return { TagList: tagList(found) };
};

/** AWS Systems Manager's Parameter Store, API version 2014-11-06. */
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
  },
};
