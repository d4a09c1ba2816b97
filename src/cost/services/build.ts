import { type Billed, type CostFinding, line, text, unpriced, values } from "../finding.ts";

/** A CodeBuild project: the minutes it builds, by the kind and size of its machine (AWS CodeBuild pricing). */
export function* buildProject(it: Billed): Iterable<CostFinding> {
  const { ComputeType, Type } = values(it.properties().Environment);
  const minutes = it.usage.get("buildMinutes");
  const kind = KINDS[text(Type) ?? ""];
  const [, size] = /^BUILD_GENERAL1_(\w+)$/.exec(text(ComputeType) ?? "") ?? [];
  if (minutes === 0) return;
  if (kind === undefined || size === undefined)
    yield unpriced(`no price for builds on ${text(ComputeType) ?? "a machine"}, ${text(Type) ?? "of an unknown kind"}`);
  else
    yield line(
      "Other",
      `builds, ${kind} ${size.toLowerCase()}`,
      `codebuild.${kind}.${size.toLowerCase()}.minute`,
      minutes,
    );
}

/** AWS CodeBuild User Guide, "Build environment compute modes and types". */
const KINDS: { readonly [type: string]: string | undefined } = {
  LINUX_CONTAINER: "linux",
  ARM_CONTAINER: "arm",
  WINDOWS_SERVER_2019_CONTAINER: "windows",
  WINDOWS_SERVER_2022_CONTAINER: "windows",
};
