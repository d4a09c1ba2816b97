/** What the questions before the list are about, for people who have not met their words yet. */
export const NAME_HELP = [
  "Every resource on AWS is called after it: shop-dev-database. It cannot be",
  "changed later without making everything anew.",
].join("\n");

export const ENV_HELP = [
  "An environment is one complete copy of everything: network, database, app.",
  "Most teams have dev to try things in and prod for their users. Each has its",
  "own price, and can be removed without the other noticing.",
].join("\n");

export const REGION_HELP = [
  "The place where AWS's machines stand. Near your users is fast; some data must",
  "stay in a country; prices differ. An environment cannot move to another one.",
].join("\n");

export const PRESET_HELP = [
  "A preset is where you begin: every value of it can be changed before anything",
  "is written, and later. In one zone, an outage of that zone stops everything;",
  "with a standby, the database goes on in another one. Spot is cheap capacity",
  "that AWS may take back. NAT is the tasks' way to the internet.",
].join("\n");
