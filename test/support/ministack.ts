import { join } from "node:path";
import { type Emulator, startEmulator } from "./emulator.ts";
import { emulatorTools } from "./python.ts";

/** Resource types this version refuses (tried; see the README's list of what was never applied). */
export const LACKING: ReadonlySet<string> = new Set([
  "AWS::EC2::EIP",
  "AWS::EC2::NatGateway",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::SecurityGroupEgress",
  "AWS::EC2::FlowLog",
  "AWS::ECS::ClusterCapacityProviderAssociations",
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::Budgets::Budget",
]);

/** Starts ministack. A twelve-digit access key is the account's id. */
export function startMinistack(account: string): Promise<Emulator> {
  const recipe = {
    program: join(emulatorTools(), "ministack"),
    args: () => [],
    environment: (port: string) => ({
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: port,
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
    }),
    ready: "/_ministack/health",
  };
  return startEmulator(recipe, account);
}
