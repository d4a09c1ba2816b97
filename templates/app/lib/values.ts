import { CfnParameter, Fn, type IResolvable, type IResolveContext, Stack, Token } from "aws-cdk-lib";
import * as ssm from "aws-cdk-lib/aws-ssm";

/** Where a value is stored: its stack, its name there, that in Parameter Store, and that in the templates of readers. */
type StoredValue = { owner: Stack; name: string; path: string; id: string };

/**
 * A value of one stack that others read. The owner itself uses it as it is. Every other stack of the region takes it from
 * Parameter Store, by a parameter of its template, which CloudFormation looks up as it makes a change set: so a value that
 * moved is seen, and no stack is locked because another reads from it (CloudFormation User Guide, "Specify existing
 * resources at runtime with CloudFormation-supplied parameter types"). The reader comes after the owner, in `astro` and
 * in `cdk`.
 */
class Shared implements IResolvable {
  readonly creationStack = [];

  constructor(
    private readonly stored: StoredValue,
    private readonly type: "String" | "List<String>",
    private readonly value: string | string[],
  ) {}

  resolve({ scope }: IResolveContext): unknown {
    const reader = Stack.of(scope);
    const { owner, path, id } = this.stored;
    // Parameter Store is a region's own: what crosses regions is CDK's weak reference, see the README.
    if (reader === owner || reader.region !== owner.region) return this.value;
    const found = reader.node.tryFindChild(id);
    if (found instanceof CfnParameter) return found.value;
    outermost(reader).addStackDependency(owner, path);
    return new CfnParameter(reader, id, { type: `AWS::SSM::Parameter::Value<${this.type}>`, default: path }).value;
  }

  toString(): string {
    return Token.asString(this);
  }
}

/** Keeps a text in Parameter Store; what is returned is to be read by any stack. */
export function shareText(stored: StoredValue, value: string): string {
  keep(stored, "String", value);
  return Token.asString(new Shared(stored, "String", value));
}

/** Keeps a list of texts without commas, all of them together at most 4096 characters (AWS::SSM::Parameter, Value). */
export function shareList(stored: StoredValue, value: string[]): string[] {
  keep(stored, "StringList", Fn.join(",", value));
  return Token.asList(new Shared(stored, "List<String>", value));
}

function keep({ owner, name, path }: StoredValue, type: string, value: string): void {
  new ssm.CfnParameter(owner, `${name}Parameter`, { name: path, type, value });
}

/** A nested stack's dependencies are those of the stack around it. */
function outermost(stack: Stack): Stack {
  return stack.nestedStackParent === undefined ? stack : outermost(stack.nestedStackParent);
}
