/** A place text is shown: what a view needs to know of stdout or stderr, and nothing of the process. */
export type Terminal = {
  readonly write: (text: string) => void;
  /** Width in characters; 80 where nobody knows. */
  readonly columns: number;
  /** Height in lines; left out where nobody knows. */
  readonly rows?: number;
  /** True if a person looks at it and lines may be redrawn. */
  readonly interactive: boolean;
  readonly colour: boolean;
  /** True if ✔ and box lines can be drawn; otherwise plain ASCII. */
  readonly unicode: boolean;
};
