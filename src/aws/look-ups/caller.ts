import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { NotChecked } from "../../preflight/finding.ts";
import type { Fixes, LookUps } from "../../preflight/look-ups.ts";
import { call } from "../errors.ts";
import { type Asking, isOneOf } from "./asking.ts";

type Part = Pick<LookUps, "credentials" | "time" | "linkedRoles" | "quota"> & Fixes;

/**
 * The caller's credentials, AWS's clock, and what the account has been given. Credentials that took a person's code are
 * not `renewable`.
 */
export function caller({ at, ask }: Asking, home: string, renewable: boolean): Part {
  const sts = (region: string) => at(region, "sts", (settings) => new STSClient(settings));
  const quotas = async (region: string) => {
    const sdk = await import("@aws-sdk/client-service-quotas");
    return { ...sdk, client: at(region, "quotas", (settings) => new sdk.ServiceQuotasClient(settings)) };
  };
  const iam = async () => {
    const sdk = await import("@aws-sdk/client-iam");
    return { ...sdk, client: at(home, "iam", (settings) => new sdk.IAMClient(settings)) };
  };
  return {
    credentials: async () => {
      const found = await sts(home).config.credentials();
      const { expiration: expires, sessionToken, $source } = found as typeof found & { readonly $source?: object };
      // What comes from the environment is as it is; all other sources are asked anew.
      const renewed = renewable && ($source === undefined || !("CREDENTIALS_ENV_VARS" in $source));
      return { temporary: sessionToken !== undefined || expires !== undefined, renewed, ...(expires && { expires }) };
    },
    time: (region) => ask("sts:GetCallerIdentity", () => dateOf(sts(region))),
    quota: async (region, service, code) => {
      const { client, GetServiceQuotaCommand, GetAWSDefaultServiceQuotaCommand } = await quotas(region);
      const input = { ServiceCode: service, QuotaCode: code };
      const call = "servicequotas:GetServiceQuota";
      const applied = await ask(call, () => client.send(new GetServiceQuotaCommand(input)), isOneOf("NoSuchResource"));
      if (applied?.Quota?.Value !== undefined) return applied.Quota.Value;
      const byDefault = await ask("servicequotas:GetAWSDefaultServiceQuota", () =>
        client.send(new GetAWSDefaultServiceQuotaCommand(input)),
      );
      const value = byDefault.Quota?.Value;
      if (value === undefined) throw new NotChecked(`Service Quotas does not tell ${code}`);
      return value;
    },
    raiseQuota: async (region, service, code, to) => {
      const { client, RequestServiceQuotaIncreaseCommand } = await quotas(region);
      const input = { ServiceCode: service, QuotaCode: code, DesiredValue: to };
      await call("servicequotas:RequestServiceQuotaIncrease", () =>
        client.send(new RequestServiceQuotaIncreaseCommand(input)),
      );
    },
    linkedRoles: async () => {
      const { client, paginateListRoles } = await iam();
      return ask("iam:ListRoles", async () => {
        const services: string[] = [];
        for await (const { Roles = [] } of paginateListRoles({ client }, { PathPrefix: "/aws-service-role/" })) {
          services.push(...Roles.flatMap(({ Path }) => Path?.split("/")[2] ?? []));
        }
        return services;
      });
    },
    createLinkedRole: async (service) => {
      const { client, CreateServiceLinkedRoleCommand } = await iam();
      await call("iam:CreateServiceLinkedRole", () =>
        client.send(new CreateServiceLinkedRoleCommand({ AWSServiceName: service })),
      );
    },
  };
}

/** The time that an answer's `Date` header carries. */
async function dateOf(client: STSClient): Promise<Date> {
  let date = "";
  const command = new GetCallerIdentityCommand({});
  command.middlewareStack.add(
    (next) => async (given) => {
      const answer = await next(given);
      const { headers } = answer.response as { readonly headers?: { readonly [name: string]: string } };
      date = headers?.date ?? "";
      return answer;
    },
    { step: "deserialize", name: "readDate" },
  );
  await client.send(command);
  const time = new Date(date);
  if (Number.isNaN(time.getTime())) throw new NotChecked("AWS's answer carries no time");
  return time;
}
