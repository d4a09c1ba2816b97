import { createHash } from "node:crypto";
import type { JsonObject } from "../../template/types.ts";
import { listOf, textOf } from "../resources/kind.ts";
import type { Stage } from "../stage.ts";
import type { Result } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestCall, RestService } from "../wire/rest-xml.ts";
import type { Thing } from "../world.ts";
import { allOf, arnOf, oneOf } from "./shelf.ts";

const FUNCTION = "AWS::Lambda::Function";

function theFunction(stage: Stage, call: RestCall): Thing {
  const asked = call.parts[0] ?? "";
  const found = oneOf(stage, call, FUNCTION, asked.split(":function:").at(-1) ?? asked);
  if (found) return found;
  const { region, account } = call.place;
  const arn = `arn:aws:lambda:${region}:${account}:function:${asked}`;
  throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, 404);
}

function configurationOf({ id, created, properties, ...thing }: Thing): Result {
  const { Environment, MemorySize, Timeout, VpcConfig } = properties;
  const code = JSON.stringify(properties.Code ?? {});
  return {
    FunctionName: id,
    FunctionArn: arnOf({ id, created, properties, ...thing }),
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
    ...(Environment !== undefined && { Environment: Environment as JsonObject }),
    ...(VpcConfig !== undefined && { VpcConfig: VpcConfig as JsonObject }),
  };
}

const answer = (value: Result) => ({ root: "", value });

/** AWS Lambda, API version 2015-03-31: look-ups of functions; none of them runs. */
export const LAMBDA: RestService = {
  prefix: "2015-03-31",
  namespace: "",
  format: "json",
  lists: [],
  routes: [
    {
      route: "GET functions",
      operation: "ListFunctions",
      handler: (stage, call) => answer({ Functions: allOf(stage, call, FUNCTION).map(configurationOf) }),
    },
    {
      route: "GET functions/*",
      operation: "GetFunction",
      handler: (stage, call) => {
        const found = theFunction(stage, call);
        return answer({ Configuration: configurationOf(found), Tags: { ...found.tags } });
      },
    },
    {
      route: "GET functions/*/configuration",
      operation: "GetFunctionConfiguration",
      handler: (stage, call) => answer(configurationOf(theFunction(stage, call))),
    },
  ],
};
