import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  type Invalidation as InvalidationAnswer,
} from "@aws-sdk/client-cloudfront";
import type { FrontendCloud, Invalidation } from "../release/port-frontend.ts";
import { call } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** CloudFront's invalidations (Amazon CloudFront API Reference). */
export function invalidations(session: AwsSession): Pick<FrontendCloud, "invalidate" | "invalidation"> {
  const client = session.client((settings) => new CloudFrontClient(settings));
  return {
    invalidate: async (region, DistributionId, Items, CallerReference) => {
      const InvalidationBatch = { Paths: { Quantity: Items.length, Items: [...Items] }, CallerReference };
      const command = new CreateInvalidationCommand({ DistributionId, InvalidationBatch });
      const answer = await call("cloudfront:CreateInvalidation", () => client(region).send(command));
      return asInvalidation(answer.Invalidation);
    },
    invalidation: async (region, DistributionId, Id) => {
      const command = new GetInvalidationCommand({ DistributionId, Id });
      const answer = await call("cloudfront:GetInvalidation", () => client(region).send(command));
      return asInvalidation(answer.Invalidation);
    },
  };
}

function asInvalidation({ Id = "", Status }: Partial<InvalidationAnswer> = {}): Invalidation {
  return { id: Id, status: Status === "Completed" ? Status : "InProgress" };
}
