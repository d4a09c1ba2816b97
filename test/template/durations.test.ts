import { describe, expect, it } from "vitest";
import { correctedBy, secondsFor, type Timings, timingKeyOf, withTiming } from "../../src/template/durations.ts";

const DATABASE = { Type: "AWS::RDS::DBInstance" };
const STANDBY = { ...DATABASE, Properties: { MultiAZ: true } };

describe("how long a resource takes", () => {
  it("is AWS's usual pace as long as nothing else is known", () => {
    expect(correctedBy({})(DATABASE, "create")).toBe(secondsFor(DATABASE, "create"));
  });

  it("is the median of one's own runs, operation by operation", () => {
    const seconds = correctedBy({ [DATABASE.Type]: { create: [400, 900, 420, 410] } });
    expect(seconds(DATABASE, "create")).toBe(415);
    expect(seconds(DATABASE, "update")).toBe(secondsFor(DATABASE, "update"));
  });

  it("tells a database with a standby from one without", () => {
    expect(timingKeyOf(STANDBY)).not.toBe(timingKeyOf(DATABASE));
    const seconds = correctedBy({ [timingKeyOf(DATABASE)]: { create: [400] } });
    expect(seconds(STANDBY, "create")).toBe(secondsFor(STANDBY, "create"));
  });

  it("forgets old runs", () => {
    const many = Array.from({ length: 30 }, (_, index) => index);
    const timings = many.reduce<Timings>((all, seconds) => withTiming(all, "T", "create", seconds), {});
    expect(timings.T?.create).toEqual([21, 22, 23, 24, 25, 26, 27, 28, 29]);
  });
});
