import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import type { Cloud } from "../provision/cloud.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import { call } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** Names of one call (AWS Systems Manager API Reference, GetParameters). */
const MOST = 10;

/** Parameter Store as the engine asks for it. */
export function storedIn(session: AwsSession): Cloud["storedValues"] {
  const at = session.client((settings) => new SSMClient(settings));
  return async (region, names) => {
    const all = [...new Set(names)];
    const pages = Array.from({ length: Math.ceil(all.length / MOST) }, (_, page) =>
      all.slice(page * MOST, (page + 1) * MOST),
    );
    const found = await sideBySide(pages, async (Names) => {
      const { Parameters = [] } = await call("ssm:GetParameters", () =>
        at(region).send(new GetParametersCommand({ Names })),
      );
      return Parameters.flatMap(({ Name, Value }) =>
        Name === undefined || Value === undefined ? [] : [[Name, Value] as const],
      );
    });
    return new Map(found.flat());
  };
}
