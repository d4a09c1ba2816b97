/** A line of a log group (FilterLogEvents). */
export type LogEvent = {
  /** AWS's own name for it: the same line has the same one, however often it is asked for. */
  readonly id: string;
  /** When it was written, in milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
  /** The name of its stream; of a container's, PREFIX/CONTAINER/TASK. */
  readonly stream: string;
};

/** What of a log group is asked for. */
export type LogQuery = {
  readonly group: string;
  /** What the names of the streams begin with; all of them without it. */
  readonly streams?: string;
  /** Lines written then and later, in milliseconds since 1970. */
  readonly from: number;
  /** A filter pattern in CloudWatch's own syntax. */
  readonly pattern?: string;
  /** Where a page ended. */
  readonly next?: string;
};

/** Lines in CloudWatch Logs, as the everyday commands ask for them. Throws AstroError. */
export type Logs = {
  /** Names of the log groups that begin so. */
  readonly logGroups: (region: string, prefix: string) => Promise<readonly string[]>;
  /**
   * A page of a group's lines, and where the next one begins: a page may be empty and yet not be the last one. `undefined`
   * for a group that is not there.
   */
  readonly logEvents: (
    region: string,
    query: LogQuery,
  ) => Promise<{ readonly events: readonly LogEvent[]; readonly next?: string } | undefined>;
};
