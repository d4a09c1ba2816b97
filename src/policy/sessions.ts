import { partitionOf } from "../template/partition.ts";
import { called } from "./actions.ts";
import type { PolicyResource } from "./resources.ts";
import { allow, type Statement } from "./statement.ts";
import { arnsIn, type PolicyScope } from "./where.ts";

/** The document by which a port is forwarded to another host (AWS Systems Manager User Guide, "Starting a session"). */
const DOCUMENT = "AWS-StartPortForwardingSessionToRemoteHost";

/** The tag by which Session Manager tells who began a session: an IAM user's id, or a role's and the name it was taken under. */
const BEGUN_BY = "ssm:resourceTag/aws:ssmmessages:session-id";

/**
 * Sessions in the environment's own tasks, by the one document that forwards a port; a person's own sessions to be ended
 * (Service Authorization Reference, "AWS Systems Manager"; User Guide, "Quickstart end user policies for Session Manager":
 * they are named by who began them, and "Additional sample IAM policies for Session Manager", example 4: of a role, as which
 * people sign in, the name says less than the variable, and the tag is theirs).
 */
export function taskSessions(resources: readonly PolicyResource[], place: PolicyScope): readonly Statement[] {
  const tasks = resources.flatMap(({ arns }) => arns.filter((arn) => /^arn:[\w-]+:ecs:.*:task\//.test(arn)));
  if (tasks.length === 0) return [];
  const regions = [...new Set(tasks.map((arn) => arn.split(":")[3] ?? ""))].sort();
  const documents = regions.map((region) => `arn:${partitionOf(region)}:ssm:${region}::document/${DOCUMENT}`);
  const own = ["userid", "username"].flatMap((who) => arnsIn(regions, `ssm:HERE:session/\${aws:${who}}-*`, place));
  const actions = called("apart", "ssm");
  return [
    ...allow(
      "TaskSessions",
      actions.filter((action) => action === "ssm:StartSession"),
      [...tasks, ...documents],
    ),
    ...allow(
      "OwnSessions",
      actions.filter((action) => action !== "ssm:StartSession"),
      own,
    ),
    ...allow(
      "OwnSessionsByTag",
      actions.filter((action) => action === "ssm:TerminateSession"),
      arnsIn(regions, "ssm:HERE:session/*", place),
      { StringLike: { [BEGUN_BY]: "${aws:userid}" } },
    ),
  ];
}
