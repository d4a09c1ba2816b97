import { describe, expect, it } from "vitest";
import { config } from "../../../src/config/schema.ts";
import type { JsonObject } from "../../../src/template/types.ts";
import { designs } from "./designs.ts";

/** An image of a repository, the oldest first; it runs by its digest whatever its tags say. */
type Image = { readonly name: string; readonly tags: readonly string[] };

type Selection = {
  readonly tagStatus: "tagged" | "untagged" | "any";
  readonly tagPatternList?: readonly string[];
  readonly countType: "imageCountMoreThan" | "sinceImagePushed";
  readonly countNumber: number;
};
type Rule = { readonly rulePriority: number; readonly selection: Selection };

/**
 * What a lifecycle policy lets go, all images being older than any age it names: rules in their order, what matches one is no
 * later one's, and the newest count (Amazon ECR User Guide, "Automate the cleanup of images by using lifecycle policies").
 */
function expired(rules: readonly Rule[], images: readonly Image[]): readonly string[] {
  const judged = new Set<Image>();
  const gone: string[] = [];
  for (const { selection } of rules.toSorted((a, b) => a.rulePriority - b.rulePriority)) {
    const matching = images.filter((image) => !judged.has(image) && matches(selection, image)).toReversed();
    for (const image of matching) judged.add(image);
    const kept = selection.countType === "imageCountMoreThan" ? selection.countNumber : 0;
    gone.push(...matching.slice(kept).map(({ name }) => name));
  }
  return gone;
}

function matches({ tagStatus, tagPatternList = [] }: Selection, { tags }: Image): boolean {
  if (tagStatus !== "tagged") return tagStatus === "any" || tags.length === 0;
  return tagPatternList.every((pattern) => {
    const words = new RegExp(`^${pattern.replaceAll("*", ".*")}$`);
    return tags.some((tag) => words.test(tag));
  });
}

const many = (count: number, tag: (number: number) => readonly string[]): readonly Image[] =>
  Array.from({ length: count }, (_, index) => ({ name: `pushed ${index + 1}`, tags: tag(index + 1) }));

describe.each(designs)("the repository's lifecycle policy in %s", (_, { at }) => {
  const policy = at("registry", "Repository").LifecyclePolicy as JsonObject;
  const { rules } = JSON.parse(String(policy.LifecyclePolicyText)) as { rules: readonly Rule[] };

  it.each([
    ["a release, and the one before it, however many came after", ["v1"], ["v2"], (n: number) => [`v${n + 2}`]],
    ["a commit's image", ["4f2a9c1"], ["77b0d3e"], (n: number) => [`c${n}`]],
    ["one that runs by its digest, its tag pushed anew", [], [], () => ["latest"]],
    ["a build that became a release", ["build-1", "v1"], ["build-2", "v2"], (n: number) => [`build-${n + 2}`]],
  ])("keeps %s", (_what, before, running, later) => {
    const images = [{ name: "before", tags: before }, { name: "running", tags: running }, ...many(500, later)];
    const gone = expired(rules, images);
    expect(gone).not.toContain("before");
    expect(gone).not.toContain("running");
  });

  it("lets go of all but the twenty newest of what was only built", () => {
    expect(
      expired(
        rules,
        many(30, (number) => [`build-${number}`]),
      ),
    ).toHaveLength(10);
  });
});

describe("astro.yaml", () => {
  const refused = (image: string) => {
    const environments = { dev: { region: "eu-west-1", service: { image } } };
    return config
      .safeParse({ name: "shop", environments })
      .error?.issues.map(({ path, message }) => ({ path, message }));
  };
  const registry = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

  it.each(["build-7", `${registry}/shop-dev:build-7`])("does not run %s, which the repository lets go of", (image) => {
    expect(refused(image)).toEqual([
      {
        path: ["environments", "dev", "service", "image"],
        message:
          "the repository keeps only the 20 newest images tagged build-…: give the one that is to run another tag",
      },
    ]);
  });

  it.each(["v7", "rebuild-7", `${registry}/other:build-7`, "ghcr.io/shop-dev:build-7"])("runs %s", (image) => {
    expect(refused(image)).toBeUndefined();
  });
});
