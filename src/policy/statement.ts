/** The condition operators our statements use (IAM User Guide, "IAM JSON policy elements: Condition operators"). */
type Operator =
  | "ArnLike"
  | "ForAllValues:StringEquals"
  | "ForAllValues:StringLike"
  | "ForAllValues:StringNotEquals"
  | "ForAnyValue:StringEquals"
  | "Null"
  | "StringEquals"
  | "StringEqualsIfExists"
  | "StringLike";

/** All conditions of a statement: each key of each operator has to hold. */
export type Condition = {
  readonly [operator in Operator]?: { readonly [key: string]: string | readonly string[] };
};

/** One statement of an IAM policy; what a denial names no other statement allows. */
export type Statement = {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
};

/** A policy document (IAM User Guide, "IAM JSON policy elements reference"). */
export type PolicyDocument = { readonly Version: "2012-10-17"; readonly Statement: readonly Statement[] };

/** A managed policy may have so many characters, white space not counted (IAM User Guide, "IAM and AWS STS quotas"). */
export const MOST_CHARACTERS = 6144;

/** How many of its characters a policy uses up. */
export function sizeOf(document: PolicyDocument): number {
  return JSON.stringify(document).length;
}

/** A statement; none where it would allow nothing, or nowhere. */
export function allow(
  Sid: string,
  actions: readonly string[],
  resources: readonly string[],
  condition?: Condition,
): readonly Statement[] {
  const [Action, Resource] = [actions, resources].map((list) => [...new Set(list)].sort()) as [string[], string[]];
  if (Action.length === 0 || Resource.length === 0) return [];
  return [{ Sid, Effect: "Allow", Action, Resource, ...(condition && { Condition: condition }) }];
}

/** A statement that takes away whatever others allow (IAM User Guide, "Policy evaluation logic": an explicit deny). */
export function deny(Sid: string, actions: readonly string[], resources: readonly string[]): readonly Statement[] {
  return allow(Sid, actions, resources).map((statement) => ({ ...statement, Effect: "Deny" }));
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

/** A statement that is too large for a whole document, in halves of its longer list. */
function inPieces(statement: Statement): readonly Statement[] {
  const { Sid, Action, Resource } = statement;
  if (sizeOf({ Version: "2012-10-17", Statement: [statement] }) <= MOST_CHARACTERS) return [statement];
  const member = lengthOf(Action) >= lengthOf(Resource) ? "Action" : "Resource";
  const list = statement[member];
  if (list.length < 2) return [statement];
  const middle = Math.ceil(list.length / 2);
  return [list.slice(0, middle), list.slice(middle)].flatMap((half, index) =>
    inPieces({ ...statement, Sid: `${Sid}${"AB"[index]}`, [member]: half }),
  );
}

function lengthOf(list: readonly string[]): number {
  return list.length < 2 ? 0 : JSON.stringify(list).length;
}

function withOne({ Version, Statement }: PolicyDocument, one: Statement): PolicyDocument {
  return { Version, Statement: [...Statement, one] };
}
