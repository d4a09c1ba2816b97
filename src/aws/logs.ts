import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  paginateDescribeLogGroups,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Logs } from "../release/port-logs.ts";
import { call, callOptional, codeOf } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** Lines of the environment's log groups (CloudWatch Logs API Reference, "FilterLogEvents"). */
export function logsOn(session: AwsSession): Logs {
  const logs = session.client((settings) => new CloudWatchLogsClient(settings));
  return {
    logGroups: (region, logGroupNamePrefix) =>
      call("logs:DescribeLogGroups", async () => {
        const names: string[] = [];
        for await (const page of paginateDescribeLogGroups({ client: logs(region) }, { logGroupNamePrefix }))
          names.push(...(page.logGroups ?? []).flatMap(({ logGroupName }) => logGroupName ?? []));
        return names;
      }),
    logEvents: async (region, { group, streams, from, pattern, next }) => {
      const command = new FilterLogEventsCommand({
        logGroupName: group,
        startTime: Math.max(0, Math.floor(from)),
        ...(streams !== undefined && { logStreamNamePrefix: streams }),
        ...(pattern !== undefined && { filterPattern: pattern }),
        ...(next !== undefined && { nextToken: next }),
      });
      const isMissing = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
      const page = await callOptional("logs:FilterLogEvents", () => logs(region).send(command), isMissing);
      if (page === undefined) return undefined;
      const { events = [], nextToken } = page;
      return {
        events: events.map(({ eventId = "", timestamp = 0, message = "", logStreamName = "" }) => ({
          id: eventId,
          at: timestamp,
          message,
          stream: logStreamName,
        })),
        ...(nextToken !== undefined && { next: nextToken }),
      };
    },
  };
}
