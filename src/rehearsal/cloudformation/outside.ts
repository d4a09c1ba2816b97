import type { JsonObject } from "../../template/types.ts";
import type { Stage } from "../stage.ts";
import { UNKNOWN } from "../template/unknown.ts";
import { thingAt, thingsAt } from "../things.ts";
import { invalid, Unresolvable } from "../wire/error.ts";
import type { Place } from "../world.ts";
import { exportNamed, stackCalled } from "./find.ts";

/** The value of an export; throws Unresolvable if there is none. */
export function imported(stage: Stage, place: Place, name: string): string {
  const found = exportNamed(stage.world, place, name);
  if (!found) throw new Unresolvable(`No export named ${name} found.`);
  return found.value;
}

/** `Fn::GetStackOutput`: an output of a live stack, of another region or account too. */
export function stackOutput(stage: Stage, place: Place, reference: JsonObject): string {
  const { StackName, OutputName, Region, RoleArn } = reference;
  if (typeof StackName !== "string" || typeof OutputName !== "string") {
    throw invalid("Template error: Fn::GetStackOutput requires the string parameters StackName and OutputName");
  }
  const region = typeof Region === "string" ? Region : place.region;
  const account = typeof RoleArn === "string" ? (RoleArn.split(":")[4] ?? place.account) : place.account;
  const what = `Template error: Fn::GetStackOutput references`;
  const stack = stackCalled(stage.world, { account, region }, StackName);
  if (!stack?.deployed) throw new Unresolvable(`${what} stack ${StackName} in ${region}, which does not exist`);
  const output = stack.outputs.find(({ key }) => key === OutputName);
  if (output) return output.value;
  throw new Unresolvable(`${what} output ${OutputName}, which stack ${StackName} in ${region} does not have`);
}

/** The value of an SSM parameter that a template parameter names. */
export function ssmValue(stage: Stage, place: Place, name: string): string {
  const value = ssm(stage, place, name);
  if (value !== undefined) return value;
  throw invalid(`Unable to fetch parameters [${name}] from parameter store for this account.`);
}

function ssm(stage: Stage, place: Place, name: string): string | undefined {
  const value = thingAt(stage.world, "AWS::SSM::Parameter", place, name)?.properties.Value;
  return value === undefined ? undefined : String(value);
}

/** What a `{{resolve:…}}` reference stands for. A secret stays a reference: its value belongs in no state file. */
export function dynamicValue(stage: Stage, place: Place, text: string): string {
  if (text.includes(UNKNOWN)) return text;
  const body = text.slice("{{resolve:".length, -2);
  const [service = "", name = ""] = body.split(":");
  if (service === "secretsmanager") checkSecret(stage, place, body.slice("secretsmanager:".length));
  if (!service.startsWith("ssm")) return text;
  const value = ssm(stage, place, name);
  if (value === undefined) throw new Unresolvable(`Parameters: [${body}] cannot be found.`);
  return service === "ssm" ? value : text;
}

function checkSecret(stage: Stage, place: Place, body: string): void {
  const id = body.split(/:Secret(?:String|Binary)/)[0] ?? body;
  const found = thingsAt(stage.world, "AWS::SecretsManager::Secret", place).some(
    (secret) =>
      secret.state.deleted === undefined &&
      (secret.id === id || secret.state.name === id || secret.id.slice(0, -"-ABCDEF".length) === id),
  );
  if (!found) throw new Unresolvable("Secrets Manager can't find the specified secret.");
}
