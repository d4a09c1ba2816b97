import { distance } from "fastest-levenshtein";

/** The candidate a person most likely meant by `word`; undefined if none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const reach = Math.max(1, Math.floor(word.length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= reach || (far === 2 && letters(word) === letters(candidate)))
    .sort((left, right) => left.far - right.far);
  return ranked[0]?.candidate;
}

/** The candidate that is the least far from `word`, however far; undefined where there is none. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const [first] = candidates
    .map((candidate) => ({ candidate, far: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((left, right) => left.far - right.far);
  return first?.candidate;
}

/** The same for two words in which neighbours are swapped. */
function letters(word: string): string {
  return [...word.toLowerCase()].sort().join("");
}
