import { buildApp, ownConfig } from "../lib/app";

buildApp(ownConfig()).synth();
