import { dispatcherSuite } from "./dispatcher.suite.ts";
import { createLocalDispatcher } from "./local.ts";

dispatcherSuite("local", createLocalDispatcher);
