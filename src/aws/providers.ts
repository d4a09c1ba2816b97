import { GetOpenIDConnectProviderCommand, IAMClient, ListOpenIDConnectProvidersCommand } from "@aws-sdk/client-iam";
import type { Providers } from "../release/port-providers.ts";
import { call } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** Identity providers, in IAM. */
export function providers(session: AwsSession, region: string): Providers {
  const client = session.client((settings) => new IAMClient(settings))(region);
  return {
    tokenProvider: async (issuer) => {
      const list = () => client.send(new ListOpenIDConnectProvidersCommand({}));
      const { OpenIDConnectProviderList = [] } = await call("iam:ListOpenIDConnectProviders", list);
      // The ARN ends with the URL it is for, without https:// (IAM User Guide, "IAM identifiers").
      const arn = OpenIDConnectProviderList.find(({ Arn }) => Arn?.endsWith(`:oidc-provider/${issuer}`))?.Arn;
      if (arn === undefined) return undefined;
      const get = () => client.send(new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }));
      const { ClientIDList = [] } = await call("iam:GetOpenIDConnectProvider", get);
      return { arn, audiences: ClientIDList };
    },
  };
}
