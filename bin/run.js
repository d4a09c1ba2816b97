#!/usr/bin/env node
// The SDK warns on Node 20 about a support date that is ours to watch, not the user's; it reads this as it loads.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

import { execute } from "@oclif/core";

await execute({ dir: import.meta.url });
