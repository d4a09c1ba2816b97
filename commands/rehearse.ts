import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, inputOf, REHEARSAL_FLAGS, wholeNumber } from "../src/command.ts";
import { serve } from "../src/operation/serve.ts";

export default class Rehearse extends AstroCommand {
  static override summary = "Serve a simulated AWS to any AWS client until stopped.";
  static override description =
    "In a project it serves the account that astro provision --rehearse uses; elsewhere a new one. Prints the environment variables for the aws or cdk client. Refused and unknown calls, injected faults and the stacks' results are logged to stderr, with the simulated time.";
  static override examples = [
    "<%= config.bin %> rehearse --port 4600",
    "<%= config.bin %> rehearse --speed max --seed 7 --json",
    "<%= config.bin %> rehearse --fault stuck:AWS::RDS::DBInstance --fault throttled:cloudformation:DescribeStacks#1-3",
    "<%= config.bin %> rehearse --fault @faults.yaml --verbose",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    port: wholeNumber("port", 65_535)({ description: "port on 127.0.0.1 (default: any free port)" }),
    verbose: Flags.boolean({ description: "log every call to stderr", helpGroup: "REHEARSAL" }),
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Rehearse);
    await serve(this.context, inputOf(flags));
  }
}
