import { NotChecked } from "./finding.ts";
import type { LookUps } from "./look-ups.ts";

/** Look-ups on an emulator of AWS: what AWS gives, offers and has delegated, an emulator knows nothing of. */
export function emulated<T extends LookUps>(look: T): T {
  const untold = () => Promise.reject(new NotChecked("only AWS itself can tell"));
  return {
    ...look,
    accountPlan: untold,
    quota: untold,
    linkedRoles: untold,
    databaseVersion: untold,
    databaseOffers: untold,
    cacheVersions: untold,
    hostedZone: untold,
    zonesNamed: untold,
    zoneIds: untold,
    endpointZones: untold,
    instanceZones: untold,
  };
}
