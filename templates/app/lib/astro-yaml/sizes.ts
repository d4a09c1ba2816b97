// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/**
 * Fargate's legal sizes: CPU units → memory in MB (Amazon ECS Developer Guide, "Task CPU and memory" for Fargate).
 */
const FARGATE_SIZES: { readonly [cpu: number]: readonly number[] } = {
  256: [512, 1024, 2048],
  512: steps(1024, 4096, 1024),
  1024: steps(2048, 8192, 1024),
  2048: steps(4096, 16_384, 1024),
  4096: steps(8192, 30_720, 1024),
  8192: steps(16_384, 61_440, 4096),
  16384: steps(32_768, 122_880, 8192),
};

/** Every legal CPU size in CPU units, smallest first. */
export const FARGATE_CPUS: readonly number[] = Object.keys(FARGATE_SIZES).map(Number);

/** The legal memory sizes in MB beside `cpu` units; empty if the CPU size itself is not legal. */
export function memoriesOf(cpu: number): readonly number[] {
  return FARGATE_SIZES[cpu] ?? [];
}

function steps(from: number, to: number, by: number): readonly number[] {
  return Array.from({ length: (to - from) / by + 1 }, (_, index) => from + index * by);
}

/** The largest gp3 storage in GB (Amazon RDS User Guide, "Amazon RDS DB instance storage"). */
export const MOST_STORAGE = 65_536;

/** The lowest autoscaling limit in GB of `size` GB of storage (Amazon RDS User Guide, "Managing capacity automatically"). */
export function leastLimitOf(size: number): number {
  return Math.ceil((size * 11) / 10);
}
