import type { JsonObject } from "../../template/types.ts";
import { listOf, partOf } from "../resources/properties.ts";
import { fraction, hex } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestCall, RestService } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";

/** An invalidation of a distribution. Times are simulated milliseconds. */
type StoredInvalidation = {
  readonly id: string;
  readonly reference: string;
  readonly paths: readonly string[];
  readonly at: number;
  /** When every edge has forgotten what it means. */
  readonly done: number;
};

/** Milliseconds one takes, varied by a third either way: AWS publishes no figure. */
const TAKES = 60_000;

/** Paths under way at a time, and those of them with a wildcard (Developer Guide, "Concurrent invalidation request maximum"). */
const MOST = 3000;
const MOST_WILD = 15;

/** Invalidations that are shown of a distribution. */
const REMEMBERED = 100;

/** The invalidations of a distribution, oldest first. */
export function invalidationsOf(distribution: ServiceResource): readonly StoredInvalidation[] {
  return (distribution.state.invalidations ?? []) as unknown as readonly StoredInvalidation[];
}

/** Those that are not complete. */
export function underWay({ state }: Simulator, distribution: ServiceResource): readonly StoredInvalidation[] {
  return invalidationsOf(distribution).filter(({ done }) => done > state.now);
}

const statusOf = ({ state }: Simulator, { done }: StoredInvalidation) =>
  done > state.now ? "InProgress" : "Completed";

function shown(simulator: Simulator, one: StoredInvalidation): CallResult {
  return {
    Id: one.id,
    Status: statusOf(simulator, one),
    CreateTime: new Date(one.at).toISOString(),
    InvalidationBatch: {
      Paths: { Quantity: one.paths.length, Items: named("Path", one.paths) },
      CallerReference: one.reference,
    },
  };
}

type Finder = (simulator: Simulator, call: RestCall) => ServiceResource;

/** Throws CloudFront's error for a batch that it refuses (API Reference, "CreateInvalidation": Errors). */
function checkBatch(
  simulator: Simulator,
  distribution: ServiceResource,
  paths: readonly string[],
  quantity: number,
): void {
  if (paths.length === 0 || paths.length !== quantity) {
    throw new AwsError("InconsistentQuantities", "The value of Quantity and the size of Items don't match.");
  }
  const wrong = paths.find((path) => !path.startsWith("/") || /\*(?!$)/.test(path) || path.length > 4000);
  if (wrong !== undefined) {
    throw new AwsError("InvalidArgument", "Your request contains one or more invalid invalidation paths.");
  }
  const all = [...underWay(simulator, distribution).flatMap((one) => one.paths), ...paths];
  const wild = all.filter((path) => path.endsWith("*")).length;
  if (all.length - wild > MOST || wild > MOST_WILD) {
    const words =
      "Processing your request will cause you to exceed the maximum number of in-progress wildcard invalidations.";
    throw new AwsError("TooManyInvalidationsInProgress", words);
  }
}

/** Invalidations: made, in progress for about a minute, completed. */
export function invalidationRoutes(theDistribution: Finder): RestService["routes"] {
  return [
    {
      route: "POST distribution/*/invalidation",
      operation: "CreateInvalidation",
      handler: (simulator, call) => {
        const distribution = theDistribution(simulator, call);
        const batch = call.body as JsonObject;
        const reference = String(batch.CallerReference ?? "");
        const paths = listOf(partOf(partOf(batch.Paths).Items), "Path");
        checkBatch(simulator, distribution, paths, Number(partOf(batch.Paths).Quantity));
        const before = invalidationsOf(distribution);
        const same = before.find((one) => one.reference === reference);
        if (same && JSON.stringify(same.paths) !== JSON.stringify(paths)) {
          throw new AwsError(
            "InvalidationBatchAlreadyExists",
            "Invalidation batch already exists with different paths.",
          );
        }
        const { seed, now } = simulator.state;
        const id = `I${hex(13, seed, distribution.id, reference).toUpperCase()}`;
        const done = now + Math.round(TAKES * (2 / 3 + (fraction(seed, id) * 2) / 3));
        const one = same ?? { id, reference, paths, at: now, done };
        if (!same) {
          distribution.state.invalidations = [...before, one].slice(-REMEMBERED) as unknown as readonly JsonObject[];
        }
        return {
          root: "Invalidation",
          status: 201,
          headers: {
            location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${distribution.id}/invalidation/${id}`,
          },
          value: shown(simulator, one),
        };
      },
    },
    {
      route: "GET distribution/*/invalidation/*",
      operation: "GetInvalidation",
      handler: (simulator, call) => {
        const one = invalidationsOf(theDistribution(simulator, call)).find(({ id }) => id === call.parts[1]);
        if (!one) throw new AwsError("NoSuchInvalidation", "The specified invalidation does not exist.", 404);
        return { root: "Invalidation", value: shown(simulator, one) };
      },
    },
    {
      route: "GET distribution/*/invalidation",
      operation: "ListInvalidations",
      handler: (simulator, call) => {
        const all = invalidationsOf(theDistribution(simulator, call)).toReversed();
        const most = Number(call.query.get("MaxItems") ?? 100);
        const from = all.findIndex(({ id }) => id === call.query.get("Marker")) + 1;
        const page = all.slice(from, from + most);
        const rows = page.map((one) => ({
          Id: one.id,
          CreateTime: new Date(one.at).toISOString(),
          Status: statusOf(simulator, one),
        }));
        const isTruncated = from + most < all.length;
        return {
          root: "InvalidationList",
          value: {
            Marker: call.query.get("Marker") ?? "",
            NextMarker: isTruncated ? page.at(-1)?.id : undefined,
            MaxItems: most,
            IsTruncated: isTruncated,
            Quantity: rows.length,
            Items: rows.length === 0 ? undefined : named("InvalidationSummary", rows),
          },
        };
      },
    },
  ];
}
