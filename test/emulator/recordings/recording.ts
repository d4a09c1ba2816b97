/**
 * One answer of AWS that somebody recorded, told in our words: the calls, and of each answer the facts that matter. A
 * pattern stands for what is another each time.
 */
export type Recording = {
  /** A sentence on what AWS does. */
  readonly says: string;
  /** The repository's test whose answers were recorded, and the day (year-month-day; `unknown` where it is not kept). */
  readonly where: string;
  readonly recorded: string;
  readonly steps: readonly Step[];
  /** What AWS has changed since, and the document or later recording that says so; the facts are today's. */
  readonly since?: string;
};

/** A call of an account that is the recording's own, and what comes of it. */
export type Step = {
  /** `service:Operation`. */
  readonly call: string;
  readonly with?: { readonly [name: string]: unknown };
  /** Facts of the answer; more may be in it. */
  readonly gives?: Facts;
  /** What the answer has not, as paths with dots between the names. */
  readonly lacks?: readonly string[];
  /** The refusal instead, `Code: message`. */
  readonly refused?: string | RegExp;
  /** The stack whose operation is waited for afterwards. */
  readonly awaits?: string;
};

/** Any part of an answer; lists are told whole. */
export type Facts = string | number | boolean | RegExp | readonly Facts[] | { readonly [name: string]: Facts };

/** A template as text, of resources and whatever else it has. */
export function template(Resources: object, more: object = {}): string {
  return JSON.stringify({ Resources, ...more });
}

/** Two resources that are made in a moment. */
export const topic = (Properties: object = {}, more: object = {}) => ({ Type: "AWS::SNS::Topic", Properties, ...more });
export const parameter = (Value: unknown, more: object = {}) => ({
  Type: "AWS::SSM::Parameter",
  Properties: { Type: "String", Value },
  ...more,
});

/** A stack made by one call, and waited for. */
export function made(TemplateBody: string, more: object = {}): Step {
  return { call: "cloudformation:CreateStack", with: { StackName: "one", TemplateBody, ...more }, awaits: "one" };
}

/** A change set for it, looked at with all that can be told of it. */
export function changed(
  TemplateBody: string,
  gives: Facts,
  more: Partial<Step> & { readonly with?: object } = {},
): readonly Step[] {
  const { with: further, ...rest } = more;
  return [
    {
      call: "cloudformation:CreateChangeSet",
      with: { StackName: "one", ChangeSetName: "change", TemplateBody, ...further },
      awaits: "one change",
    },
    { ...looked(true), gives, ...rest },
  ];
}

/** A look at that change set, with the values of properties or without. */
export function looked(IncludePropertyValues: boolean, gives: Facts = {}): Step {
  return {
    call: "cloudformation:DescribeChangeSet",
    with: { StackName: "one", ChangeSetName: "change", IncludePropertyValues },
    gives,
  };
}

/** That change set carried out. */
export const executed: Step = {
  call: "cloudformation:ExecuteChangeSet",
  with: { StackName: "one", ChangeSetName: "change" },
  awaits: "one",
};

/** A look at the stack. */
export function described(gives: Facts, lacks: readonly string[] = []): Step {
  return {
    call: "cloudformation:DescribeStacks",
    with: { StackName: "one" },
    gives: { Stacks: [gives] },
    lacks: lacks.map((path) => `Stacks.0.${path}`),
  };
}
