import type { Sandbox } from "../../sandbox/sandbox.ts";
import type { Tool } from "../tool.ts";

/** Code that people write: a function of its input, in the sandbox. */
export function codeJavascript(sandbox: Sandbox): Tool {
  return {
    name: "code.javascript",
    title: "JavaScript",
    description:
      "Runs a piece of JavaScript on a value and gives back what it returns. It reaches no files and no network.",
    input: {
      type: "object",
      properties: {
        code: {
          type: "string",
          title: "Code",
          description: "The body of a function of `input` that returns JSON.",
          maxLength: 100_000,
        },
        input: { title: "Input", description: "What the code works on, as JSON." },
      },
      required: ["code"],
      additionalProperties: false,
    },
    output: {},
    idempotent: true,
    outside: false,
    call: (args, { signal }) =>
      sandbox.run(typeof args.code === "string" ? args.code : "", args.input ?? null, { signal }),
  };
}
