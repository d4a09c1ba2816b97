import { NotChecked } from "../../preflight/finding.ts";
import type { AccountPlan, LookUps } from "../../preflight/look-ups.ts";
import type { Asking } from "./asking.ts";

/** Where the one endpoint is, and how it is called (AWS General Reference, "AWS Billing and Cost Management endpoints"). */
const REGION = "us-east-1";
const ENDPOINT = new URL(`https://freetier.${REGION}.api.aws`);

const CALL = "freetier:GetAccountPlanState";

/** Milliseconds an answer may take: whoever waits wants to begin. */
const PATIENCE = 6000;

/**
 * The account's plan, by a request of its own: the registry this is built from has no client of the service. Its form is
 * AWS JSON 1.0 (AWS Billing and Cost Management API Reference, GetAccountPlanState).
 */
export function accountPlan({ at }: Asking): Pick<LookUps, "accountPlan"> {
  return {
    accountPlan: async () => {
      const [{ STSClient }, { HttpRequest }, { SignatureV4 }] = await Promise.all([
        import("@aws-sdk/client-sts"),
        import("@smithy/core/protocols"),
        import("@smithy/signature-v4"),
      ]);
      // Its credentials, its address if all services have one, and its way through proxies.
      const { config } = at(REGION, "sts", (settings) => new STSClient(settings));
      const { protocol, hostname, port, path } = (await config.endpoint?.()) ?? partsOf(ENDPOINT);
      const { sha256, credentials } = config;
      const signer = new SignatureV4({ service: "freetier", region: REGION, credentials, sha256 });
      const request = new HttpRequest({
        method: "POST",
        protocol,
        hostname,
        ...(port !== undefined && { port }),
        path,
        headers: {
          host: port === undefined ? hostname : `${hostname}:${port}`,
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": "AWSFreeTierService.GetAccountPlanState",
        },
        body: "{}",
      });
      const signed = new HttpRequest(await signer.sign(request));
      const { response } = await config.requestHandler
        .handle(signed, { requestTimeout: PATIENCE })
        .catch(() => Promise.reject(new NotChecked(`${CALL} does not answer`)));
      return planOf(response.statusCode, await config.streamCollector(response.body));
    },
  };
}

function partsOf({ protocol, hostname, pathname: path }: URL) {
  return { protocol, hostname, path, port: undefined };
}

type Answer = {
  readonly __type?: string;
  readonly accountPlanType?: string;
  readonly accountPlanStatus?: string;
  readonly accountPlanRemainingCredits?: { readonly amount: number; readonly unit: string };
  readonly accountPlanExpirationDate?: number | string;
};

function planOf(status: number, body: Uint8Array): AccountPlan | undefined {
  const answer = read(body);
  const code = answer.__type?.split("#").at(-1) ?? "";
  // Accounts from before there were plans have none.
  if (code === "ResourceNotFoundException") return undefined;
  if (/AccessDenied/.test(code)) throw new NotChecked(`these credentials do not allow ${CALL}`);
  const { accountPlanType: type, accountPlanRemainingCredits: left, accountPlanExpirationDate: ends } = answer;
  if (status !== 200 || type === undefined) throw new NotChecked(`${CALL} does not answer${code && ` (${code})`}`);
  return {
    type,
    status: answer.accountPlanStatus ?? "",
    ...(left && { credits: `${left.unit === "USD" ? "$" : `${left.unit} `}${left.amount.toFixed(2)}` }),
    ...(ends !== undefined && { ends: new Date(typeof ends === "number" ? ends * 1000 : ends) }),
  };
}

function read(body: Uint8Array): Answer {
  try {
    return JSON.parse(new TextDecoder().decode(body)) as Answer;
  } catch {
    throw new NotChecked(`${CALL} does not answer`);
  }
}
