import type { FrontendCloud } from "./port-frontend.ts";
import type { ImagesPort } from "./port-images.ts";
import type { Logs } from "./port-logs.ts";
import type { Providers } from "./port-providers.ts";
import type { AppSecret } from "./port-secret.ts";
import type { Sessions } from "./port-sessions.ts";
import type { Tasks } from "./port-tasks.ts";

/** What releases and the commands around them ask of AWS beside what the engine asks. Every failure is an AstroError. */
export type AppCloud = Tasks & ImagesPort & FrontendCloud & Logs & Sessions & AppSecret & Providers;
