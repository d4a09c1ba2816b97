import { Args, Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS, wholeNumber } from "../src/command.ts";
import { tunnel } from "../src/operation/everyday/tunnel.ts";

export default class Tunnel extends AstroCommand {
  static override summary = "Reach the database or the cache from this machine, through a running task.";
  static override description =
    "Uses Session Manager: needs AWS's plugin on this machine, and says how to get it. Prints a line for psql or redis-cli that reads the password as it runs; after -- it runs a client itself, with everything in its environment.";
  static override examples = [
    "<%= config.bin %> tunnel database --env dev",
    "<%= config.bin %> tunnel database -- psql",
    "<%= config.bin %> tunnel cache --port 6380 -- redis-cli",
  ];
  static override strict = false;
  static override args = {
    to: Args.string({ description: "where it leads", options: ["database", "cache"], required: true }),
  };
  static override flags = {
    ...OPERATION_FLAGS,
    ...PLACE_FLAGS,
    port: wholeNumber("port", 65_535, 1)({ description: "port on 127.0.0.1 (default: 15432, for the cache 16379)" }),
    "show-password": Flags.boolean({ description: "print the password too" }),
  };

  async run(): Promise<void> {
    const { argv, args, flags } = await this.parse(Tunnel);
    const to = args.to === "cache" ? "cache" : "database";
    this.exit(await tunnel(this.context, to, argv.slice(1).map(String), inputOf(flags)));
  }
}
