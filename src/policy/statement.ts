/** One statement of an IAM policy; all of ours allow something. */
export type Statement = {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: {
    readonly [Operator in "StringEquals" | "ForAllValues:StringEquals"]?: {
      readonly [key: string]: string | readonly string[];
    };
  };
};

/** A policy document (IAM User Guide, "IAM JSON policy elements reference"). */
export type PolicyDocument = { readonly Version: "2012-10-17"; readonly Statement: readonly Statement[] };

/** A managed policy may have so many characters, white space not counted (IAM User Guide, "IAM and AWS STS quotas"). */
export const MOST_CHARACTERS = 6144;

/** How many of its characters a policy uses up. */
export function sizeOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

/** Puts statements into as few documents as they fit in, their order kept within each. */
export function documentsOf(statements: readonly Statement[]): readonly PolicyDocument[] {
  let documents: readonly PolicyDocument[] = [];
  for (const statement of statements.flatMap(inPieces)) {
    const fits = (document: PolicyDocument) => sizeOf(withOne(document, statement)) <= MOST_CHARACTERS;
    const at = documents.findIndex(fits);
    documents =
      at < 0
        ? [...documents, withOne({ Version: "2012-10-17", Statement: [] }, statement)]
        : documents.map((document, index) => (index === at ? withOne(document, statement) : document));
  }
  return documents;
}

/** A statement that is too large for a whole document, in halves of its actions. */
function inPieces(statement: Statement): readonly Statement[] {
  const { Sid, Action } = statement;
  if (sizeOf({ Version: "2012-10-17", Statement: [statement] }) <= MOST_CHARACTERS || Action.length < 2)
    return [statement];
  const middle = Math.ceil(Action.length / 2);
  return [Action.slice(0, middle), Action.slice(middle)].flatMap((half, index) =>
    inPieces({ ...statement, Sid: `${Sid}${"AB"[index]}`, Action: half }),
  );
}

function withOne({ Version, Statement }: PolicyDocument, one: Statement): PolicyDocument {
  return { Version, Statement: [...Statement, one] };
}
