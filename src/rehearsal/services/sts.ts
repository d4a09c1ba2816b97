import { hex } from "../hash.ts";
import { text } from "../wire/call.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";

/** AWS Security Token Service, API version 2011-06-15. */
export const STS: Service = {
  protocol: queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"),
  operations: {
    GetCallerIdentity: (_, { place }) => ({
      Arn: `arn:aws:iam::${place.account}:user/rehearsal`,
      UserId: `AIDA${hex(17, place.account).toUpperCase()}`,
      Account: place.account,
    }),
    AssumeRole: (stage, { input, place }) => {
      const arn = text(input, "RoleArn") ?? "";
      const session = text(input, "RoleSessionName") ?? "session";
      const account = arn.split(":")[4] ?? place.account;
      return {
        Credentials: credentials(stage.world.now, account),
        AssumedRoleUser: {
          AssumedRoleId: `AROA${hex(17, arn).toUpperCase()}:${session}`,
          Arn: `arn:aws:sts::${account}:assumed-role/${arn.split("/").at(-1)}/${session}`,
        },
      };
    },
    GetSessionToken: (stage, { place }) => ({ Credentials: credentials(stage.world.now, place.account) }),
  },
};

/** The access key is the account, so that calls signed with it are that account's. */
function credentials(now: number, account: string) {
  return {
    AccessKeyId: account,
    SecretAccessKey: hex(40, account),
    SessionToken: hex(64, account, "session"),
    Expiration: new Date(now + 3_600_000).toISOString(),
  };
}
