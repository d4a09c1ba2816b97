/** Numbers between 0 and 1, the same in every run (a linear congruential generator, Numerical Recipes' constants). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One of `all`. */
export function oneOf<T>(roll: () => number, all: readonly [T, ...T[]]): T {
  return all[Math.floor(roll() * all.length)] ?? all[0];
}
