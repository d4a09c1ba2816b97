import { isObject } from "./json.ts";
import type { Template } from "./types.ts";

/** What a stack's tasks run on; without a word of it that is x86_64 (Amazon ECS API Reference, RuntimePlatform). */
export function taskArchitecture({ Resources }: Template): "x86_64" | "arm64" {
  const platforms = Object.values(Resources).flatMap(({ Type, Properties }) =>
    Type === "AWS::ECS::TaskDefinition" && isObject(Properties?.RuntimePlatform) ? [Properties.RuntimePlatform] : [],
  );
  return platforms.some(({ CpuArchitecture }) => CpuArchitecture === "ARM64") ? "arm64" : "x86_64";
}
