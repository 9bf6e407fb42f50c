import { type Answer, asked, type Script } from "../support/model-server/index.ts";

/** What the played models say, by the first word of what they are asked. */
export function createScript(): Script {
  const failed = new Set<string>();
  return (request) => {
    const { prompt, results } = asked(request);
    const [word = ""] = prompt.split(" ");
    const say: Record<string, () => Answer> = {
      hang: () => ({ text: "I am still thinking", ending: "hang" }),
      broken: () => ({ status: 400, error: { type: "invalid_request_error", message: "No such thing." } }),
      shaky: () => {
        if (failed.has(prompt)) return { text: "At last." };
        failed.add(prompt);
        return { status: 500, error: { type: "server_error", message: "Not now." } };
      },
      large: () => ({ text: "long ".repeat(5000), chunk: 4000 }),
      tools: () =>
        results.length > 0
          ? { text: `It is ${results[0]}.` }
          : {
              toolCalls: [
                { name: "count", arguments: { input: [1, 2] } },
                { name: "helper", arguments: { task: "say" } },
                { name: "nobody", arguments: {} },
              ],
            },
    };
    return say[word]?.() ?? { text: `You said ${prompt}.`, chunk: 5 };
  };
}
