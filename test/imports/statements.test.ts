/** `use tools`, `classify`, `refine`, and the drift of a pinned definition. */
import { describe, expect, test } from "vitest";
import { listOf, optional, T } from "../contracts/build.ts";
import { asker, checkWith, codesOf, contractWith, tool } from "./lists.ts";

const text = { type: "string" };
const LIST = [
  tool("get_order", { id: text, paths: { type: "array", items: text } }, ["id"], {
    annotations: { readOnlyHint: true },
  }),
  tool("get-all", { id: text }),
  tool("drop", { id: text, to: text }, ["id"]),
];

describe("an imported tool", () => {
  test("is the worst that a tool can be until it is classified, whatever it says of itself", () => {
    const { tools } = contractWith(LIST, ["r: allow srv.*"]);
    for (const each of tools)
      expect(each).toMatchObject({ levels: ["execute"], external: true, irreversible: true, risk: "critical" });
  });

  test("is what its classification says, and globs, braces and backquotes name it", () => {
    const { tools } = contractWith(LIST, [
      "classify srv.{get_*, `get-all`} read",
      "classify srv.drop delete external irreversible",
      "r: allow srv.*",
    ]);
    const said = tools.map(({ name, levels, external, irreversible, risk }) => [
      name,
      levels[0],
      external,
      irreversible,
      risk,
    ]);
    expect(said).toEqual([
      ["srv.drop", "delete", true, true, "critical"],
      ["srv.get-all", "read", false, false, "read"],
      ["srv.get_order", "read", false, false, "read"],
    ]);
  });

  test("a classification may say its risk, or which cloud action it is one of", () => {
    const [each] = contractWith([tool("a")], ["classify srv.a write risk critical", "r: allow srv.a"]).tools;
    expect(each).toMatchObject({ levels: ["write"], risk: "critical", severity: 880 });
    const lines = [
      "refine srv.b.action: CloudAction",
      "classify srv.b level of action risk of action",
      "r: allow srv.b",
    ];
    const list = [tool("b", { action: text }, ["action"])];
    expect(contractWith(list, lines).tools[0]!.action).toEqual({ kind: "named", param: 0, level: true, risk: true });
  });

  test("its arguments are refined: by name, by glob, by braces, as destinations, below lists", () => {
    const { tools } = contractWith(LIST, [
      "classify srv.* read",
      "refine srv.*.id: Id",
      "refine srv.get_order.paths: List<Path>",
      "refine srv.{drop}.to: Email dest",
      "r: allow srv.*",
    ]);
    const params = Object.fromEntries(tools.map((each) => [each.name, each.params]));
    expect(params["srv.get_order"]).toEqual([
      { name: "id", type: T.id, dest: false },
      { name: "paths", type: optional(listOf(T.path)), dest: false },
    ]);
    expect(params["srv.drop"]![1]).toEqual({ name: "to", type: optional(T.email), dest: true });
  });

  test("the order of refinements and classifications means nothing", () => {
    const lines = [
      "classify srv.get_* read",
      "classify srv.{drop, `get-all`} write",
      "refine srv.*.id: Id",
      "r: allow srv.*",
    ];
    const one = contractWith(LIST, lines);
    expect(contractWith([...LIST].reverse(), [...lines].reverse()).tools.map((t) => ({ ...t, span: 0 }))).toEqual(
      one.tools.map((t) => ({ ...t, span: 0 })),
    );
  });
});

test.each([
  ["a glob that matches nothing", "classify srv.put_* read", "THC2001"],
  ["one of several choices that matches nothing", "classify srv.{get_*, lst_*} read", "THC2001"],
  ["a name that is not there", "classify srv.get_ordr read", "THC2001"],
  ["a classification without a level", "classify srv.drop external", "THC1014"],
  ["`returns` in a classification", "classify srv.drop read returns { a: Id }", "THC1012"],
  ["two that disagree", "classify srv.drop read\nclassify srv.d* write", "THC2024"],
  ["an argument that is not there", "refine srv.drop.idd: Id", "THC2004"],
  ["an argument that none of several has", "refine srv.*.nothing: Id", "THC2004"],
  ["another kind of JSON", "refine srv.drop.id: Int", "THC3030"],
  ["one value for a list", "refine srv.get_order.paths: Path", "THC3030"],
  ["optional where it is required", "refine srv.drop.id: Id?", "THC3030"],
  ["two refinements that differ", "refine srv.drop.id: Id\nrefine srv.*.id: Email", "THC3031"],
  ["a record as a destination", "refine srv.drop.id: Idd", "THC2006"],
])("%s is an error", (_what, line, code) => {
  const own = line.startsWith("classify") ? [] : ["classify srv.* read"];
  const rest = line.startsWith("classify") ? ["classify srv.`get-all` read"] : [];
  const codes = codesOf(checkWith(LIST, [...own, ...rest, line, "r: allow srv.*"]));
  expect(codes.filter((each) => !each.startsWith("THC4"))).toEqual([code]);
});

test("the same said twice is no error, and says nothing twice", () => {
  const lines = [
    "classify srv.* read",
    "classify srv.drop read",
    "refine srv.drop.id: Id",
    "refine srv.*.id: Id",
    "r: allow srv.*",
  ];
  expect(codesOf(checkWith(LIST, lines))).toEqual([]);
});

test("tools that nothing classifies are named in one warning", () => {
  const { diagnostics } = checkWith(LIST, ["classify srv.drop write", "r: allow srv.*"]);
  expect(diagnostics.map(({ code, severity, message }) => [code, severity, message])).toEqual([
    ["THC4010", "warning", "nothing classifies `srv.get-all` and `srv.get_order`"],
  ]);
});

test("names of imported tools that are taken for each other are warned about", () => {
  const codes = codesOf(checkWith([tool("pay"), tool("Pay")], ["classify srv.* write", "r: allow srv.*"]));
  expect(codes).toEqual(["THC4005"]);
});

describe("a call of an imported tool", () => {
  const contract = contractWith(LIST, [
    "classify srv.* read",
    "r: allow srv.get_order",
    "tool own(id: Id) read",
    "s: allow own",
  ]);
  const ask = asker(contract);
  const pinned = contract.tools.find(({ name }) => name === "srv.get_order")!.definition!;

  test("under the pinned definition, or one that the host does not tell, is decided by the rules", () => {
    expect(ask("srv.get_order", { id: "A1" }).outcome).toBe("allow");
    expect(ask("srv.get_order", { id: "A1" }, { digest: pinned }).outcome).toBe("allow");
    expect(ask("srv.get_order", { id: "A1" }, { digest: null }).outcome).toBe("allow");
    expect(
      ask("srv.get-all", {}, { digest: contract.tools.find((t) => t.name === "srv.get-all")!.definition }).reason,
    ).toBe("no_allow");
  });

  test.each([
    ["another digest", "0".repeat(64)],
    ["that of another tool", "PINNED_OF_DROP"],
    ["the same in capitals", pinned.toUpperCase()],
    ["a part of it", pinned.slice(0, 63)],
    ["nothing in quotes", ""],
  ])("under another definition is denied before any rule: %s", (_what, digest) => {
    const other = contract.tools.find(({ name }) => name === "srv.drop")!.definition!;
    const sent = digest === "PINNED_OF_DROP" ? other : digest;
    expect(ask("srv.get_order", { id: "A1" }, { digest: sent }).reason).toBe("tool_drift");
    // drift is said first: a new definition explains new arguments
    expect(ask("srv.get_order", { other: 1 }, { digest: sent }).reason).toBe("tool_drift");
  });

  test("a digest that is no text is no request, and of a declared tool it means nothing", () => {
    expect(ask("srv.get_order", { id: "A1" }, { digest: 5 }).reason).toBe("bad_request");
    expect(ask("own", { id: "A1" }, { digest: "0".repeat(64) }).outcome).toBe("allow");
  });
});

test("the digests are part of the contract: another definition is another contract", () => {
  const digest = (list: unknown) => contractWith(list, ["r: allow srv.*"]).tools.map(({ definition }) => definition);
  expect(digest(LIST)).not.toEqual(digest([...LIST.slice(0, 2), { ...LIST[2], description: "new words" }]));
});
