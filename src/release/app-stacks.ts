import type { DeployedTemplate } from "../plan/deployed.ts";
import { type ImageParameter, imageParameterOf } from "../template/image-parameter.ts";
import type { Resource } from "../template/types.ts";

/** What of an app runs an image: the service behind the load balancer, the worker beside it, tasks at set times. */
export type AppPart = "api" | "worker" | "schedule";

/** The order in which a release reaches them: whoever answers people comes last. */
const ORDER: readonly AppPart[] = ["schedule", "worker", "api"];

/** A deployed stack that is told by a parameter which image to run. */
export type AppStack = ImageParameter & {
  readonly part: AppPart;
  readonly stack: DeployedTemplate;
  /** What the parameter says now; empty while nothing of one's own is deployed. */
  readonly image: string;
};

const SERVICE = "AWS::ECS::Service";

/** Those of an environment's stacks that run its image, in the order in which a release reaches them. */
export function appStacksOf(deployed: readonly DeployedTemplate[]): readonly AppStack[] {
  const found = deployed.flatMap((stack): readonly AppStack[] => {
    const said = imageParameterOf(stack.template);
    if (said === undefined) return [];
    return [{ ...said, stack, part: partOf(stack), image: stack.parameters?.[said.parameter] ?? "" }];
  });
  return found.toSorted((a, b) => ORDER.indexOf(a.part) - ORDER.indexOf(b.part));
}

function partOf({ template }: DeployedTemplate): AppPart {
  const services = Object.values(template.Resources).filter(({ Type }) => Type === SERVICE);
  if (services.length === 0) return "schedule";
  return services.some(isBalanced) ? "api" : "worker";
}

function isBalanced({ Properties }: Resource): boolean {
  return Array.isArray(Properties?.LoadBalancers);
}
