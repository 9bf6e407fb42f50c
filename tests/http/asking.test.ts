import type { Approval, Question, RunSummary } from "@signalbox/shared/api";
import type { Json } from "@signalbox/shared/json";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawing, edge, node } from "../support/drawing.ts";
import { databaseKinds, startEngine, type TestEngine } from "../support/engine.ts";
import { asked, type ModelServer, startModelServer } from "../support/model-server/index.ts";

const uses = (agent: string, tool: string) => edge(agent, tool, "uses");
/** Doubles `input`, and shows by its events with what it was called. */
const doubling = { tool: "code.javascript", arguments: { code: "return input * 2" } };
const agentWith = (tool: object, agent: object = {}) =>
  drawing(
    [
      node("start", "start"),
      node("clerk", "agent", { model: "openai:any", prompt: "{{ input }}", ...agent }),
      node("twice", "tool", { ...doubling, ...tool }),
      node("stop", "end", { output: "{{ clerk.text }}" }),
    ],
    [edge("start", "clerk"), edge("clerk", "stop"), uses("clerk", "twice")],
  );

describe.each(databaseKinds)("what an agent must ask first, on %s", (kind) => {
  let engine: TestEngine;
  let models: ModelServer;
  beforeAll(async () => {
    models = await startModelServer({
      script: (request) => {
        const { prompt, results } = asked(request);
        const calls = JSON.parse(prompt) as { name: string; arguments: Json }[];
        // every call of the prompt in one turn, then what they gave
        return results.length === 0 ? { toolCalls: calls } : { text: results.join(" | ") };
      },
    });
    engine = await startEngine(kind, { OPENAI_BASE_URL: models.openAiUrl });
  });
  afterAll(async () => {
    await engine.stop(0);
    await models.close();
    expect(engine.errors).toEqual([]);
  });

  const start = (graph: object, calls: object[]) => engine.run(graph, JSON.stringify(calls));
  const waiting = (run: string) => engine.follow(run, ({ type }) => type === "run.waiting");
  const approvalsOf = async (run: string) =>
    (await engine.call<{ items: Approval[] }>("GET", `approvals?status=pending&run=${run}`)).body.items;
  const questionsOf = async (run: string) =>
    (await engine.call<{ items: Question[] }>("GET", `questions?status=pending&run=${run}`)).body.items;
  const outputOf = async (run: string) => {
    await engine.follow(run);
    return (await engine.call<RunSummary>("GET", `runs/${run}`)).body.output;
  };
  const callsMade = async (run: string) =>
    (await engine.follow(run)).flatMap((event) => (event.type === "tool.called" ? [event.arguments] : []));

  test("a call that needs a person's word is made with the arguments that they saw, once, and the model is not asked again", async () => {
    const requests = models.requests.length;
    const run = await start(agentWith({ approval: "always" }), [{ name: "twice", arguments: { input: 21 } }]);
    await waiting(run);
    const [approval] = await approvalsOf(run);
    expect(approval).toMatchObject({
      node: "twice",
      activation: "twice@clerk#1",
      show: { tool: "code.javascript", arguments: { input: 21 } },
    });
    await engine.call("POST", `approvals/${approval?.id}`, { decision: "approve" });
    expect(await outputOf(run)).toBe("42");
    expect(await callsMade(run)).toEqual([{ input: 21, code: "return input * 2" }]);
    expect(models.requests.length - requests).toBe(2);
  });

  test("a person may change the arguments that are not fixed on the canvas", async () => {
    const run = await start(agentWith({ approval: "always" }), [{ name: "twice", arguments: { input: 21 } }]);
    await waiting(run);
    const [approval] = await approvalsOf(run);
    const fixed = { decision: "approve", values: { arguments: { code: "return 'mine'" } } };
    expect((await engine.call("POST", `approvals/${approval?.id}`, fixed)).status).toBe(400);
    const values = { arguments: { input: 4 } };
    await engine.call("POST", `approvals/${approval?.id}`, { decision: "approve", values });
    expect(await outputOf(run)).toBe("8");
  });

  test("a call that a person does not allow is not made, and the model hears why", async () => {
    const run = await start(agentWith({ approval: "always" }), [{ name: "twice", arguments: { input: 21 } }]);
    await waiting(run);
    const [approval] = await approvalsOf(run);
    await engine.call("POST", `approvals/${approval?.id}`, { decision: "reject", comment: "too much" });
    expect(await outputOf(run)).toContain("too much");
    expect(await callsMade(run)).toEqual([]);
  });

  test("an expression says which calls need asking; those of one turn wait for themselves alone", async () => {
    const graph = agentWith({ approval: "args.input > 10" });
    const calls = [1, 20, 30].map((input) => ({ name: "twice", arguments: { input } }));
    const run = await start(graph, calls);
    await waiting(run);
    const asking = await approvalsOf(run);
    expect(asking.map(({ activation }) => activation).sort()).toEqual(["twice@clerk#2", "twice@clerk#3"]);
    await engine.call("POST", `approvals/${asking[0]?.id}`, { decision: "approve" });
    await engine.call("POST", `approvals/${asking[1]?.id}`, { decision: "approve" });
    expect(await outputOf(run)).toBe("2 | 40 | 60");
  });

  test("a tool in the flow asks too, and goes by its error way when it is not allowed", async () => {
    const graph = drawing(
      [
        node("start", "start"),
        node("twice", "tool", { ...doubling, arguments: { ...doubling.arguments, input: 3 }, approval: "always" }),
        node("stop", "end", { output: "{{ twice }}" }),
        node("sorry", "end", { output: "{{ twice.code }}" }),
      ],
      [edge("start", "twice"), edge("twice", "stop"), edge("twice", "sorry", "error")],
    );
    for (const [decision, output] of [
      ["approve", 6],
      ["reject", "tool_refused"],
    ]) {
      const run = await engine.run(graph);
      await waiting(run);
      const [approval] = await approvalsOf(run);
      await engine.call("POST", `approvals/${approval?.id}`, { decision });
      expect(await outputOf(run)).toBe(output);
    }
  });

  test("an agent's question waits for people, is answered once, and no earlier call is made again", async () => {
    const requests = models.requests.length;
    const run = await start(agentWith({}), [
      { name: "twice", arguments: { input: 5 } },
      { name: "askPerson", arguments: { question: "Which colour?", options: ["red", "blue"] } },
    ]);
    await waiting(run);
    const [question] = await questionsOf(run);
    expect(question).toMatchObject({ node: "clerk", text: "Which colour?", options: ["red", "blue"], run });
    const answers = await Promise.all(
      ["red", "blue"].map((answer) => engine.call("POST", `questions/${question?.id}`, { answer })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await outputOf(run)).toMatch(/^10 \| .*"answer":"(red|blue)"/);
    expect(await callsMade(run)).toHaveLength(1);
    expect(models.requests.length - requests).toBe(2);
    expect(await questionsOf(run)).toEqual([]);
  });

  test("an agent that may not ask is not offered to, and a run that is cancelled asks no longer", async () => {
    const silent = await start(agentWith({}, { mayAsk: false }), [{ name: "askPerson", arguments: { question: "?" } }]);
    expect(await outputOf(silent)).toContain("There is no tool");
    const run = await start(agentWith({ approval: "always" }), [
      { name: "twice", arguments: { input: 1 } },
      { name: "askPerson", arguments: { question: "?" } },
    ]);
    await waiting(run);
    await engine.call("POST", `runs/${run}/cancel`);
    await engine.follow(run);
    expect([await approvalsOf(run), await questionsOf(run)]).toEqual([[], []]);
  });
});
