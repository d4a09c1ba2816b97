import { hex } from "../state/hash.ts";
import { text } from "../wire/call.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";

/** AWS Security Token Service, API version 2011-06-15. */
export const STS: Service = {
  protocol: queryProtocol("https://sts.amazonaws.com/doc/2011-06-15/"),
  operations: {
    GetCallerIdentity: (_, { scope }) => ({
      Arn: `arn:aws:iam::${scope.account}:user/rehearsal`,
      UserId: `AIDA${hex(17, scope.account).toUpperCase()}`,
      Account: scope.account,
    }),
    AssumeRole: (simulator, { input, scope }) => {
      const arn = text(input, "RoleArn") ?? "";
      const session = text(input, "RoleSessionName") ?? "session";
      const account = arn.split(":")[4] ?? scope.account;
      return {
        Credentials: credentials(simulator.state.now, account),
        AssumedRoleUser: {
          AssumedRoleId: `AROA${hex(17, arn).toUpperCase()}:${session}`,
          Arn: `arn:aws:sts::${account}:assumed-role/${arn.split("/").at(-1)}/${session}`,
        },
      };
    },
    GetSessionToken: (simulator, { scope }) => ({ Credentials: credentials(simulator.state.now, scope.account) }),
  },
};

/** The access key is the account id, so that calls signed with it are that account's. */
function credentials(now: number, account: string) {
  return {
    AccessKeyId: account,
    SecretAccessKey: hex(40, account),
    SessionToken: hex(64, account, "session"),
    Expiration: new Date(now + 3_600_000).toISOString(),
  };
}
