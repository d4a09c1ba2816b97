/** Loaded before the SDK, which warns on Node 20 about a support date that is ours to watch. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
