/**
 * Framework packs: ids that a rule may say it maps to, with version, licence and source.
 *
 * Ids and short names only; where a licence forbids titles (ISO, AICPA, PCI SSC), ids alone. A rule *maps to* an id: no
 * pack, and nothing that is made from one, says that anybody complies.
 */

import { MITRE_ATLAS } from "./mitre-atlas.gen.ts";
import { NIST_800_53 } from "./nist-800-53.gen.ts";

export interface FrameworkPack {
  /** What `--framework` names. */
  readonly id: string;
  readonly version: string;
  readonly title: string;
  readonly licence: string;
  readonly source: string;
  /** In front of every id in a tag, with a colon: `SOC2` in `SOC2:CC6.1`. Ids of a pack without one are written bare. */
  readonly prefix?: string;
  /** Id to short name, in the framework's order; an empty name where the licence forbids it or none is known. */
  readonly ids: ReadonlyMap<string, string>;
  readonly withdrawn: ReadonlySet<string>;
  /** Ids may be made more precise: `Art.14(4)` below `Art.14`, `8.3.1` below `8`. */
  readonly deeper?: "brackets" | "dots";
}

/** `id name` a line; `!` in front: withdrawn. */
function table(text: string): Pick<FrameworkPack, "ids" | "withdrawn"> {
  const ids = new Map<string, string>();
  const withdrawn = new Set<string>();
  for (const line of text.trim().split("\n")) {
    const [, mark, id = "", name = ""] = /^(!?)(\S+) ?(.*)$/.exec(line) ?? [];
    ids.set(id, name);
    if (mark === "!") withdrawn.add(id);
  }
  return { ids, withdrawn };
}

function bare(text: string): Pick<FrameworkPack, "ids" | "withdrawn"> {
  return {
    ids: new Map(
      text
        .trim()
        .split(/\s+/)
        .map((id) => [id, ""]),
    ),
    withdrawn: new Set(),
  };
}

const upTo = (count: number, id: (at: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, at) => id(at + 1));

const ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII".split(" ");

/** Articles with the names of those that contracts are about. */
function articles(count: number, names: Readonly<Record<number, string>>, annexes: readonly string[] = []) {
  const ids = new Map(upTo(count, (at) => `Art.${at}`).map((id, at) => [id, names[at + 1] ?? ""]));
  for (const annex of annexes) ids.set(`Annex ${annex}`, "");
  return { ids, withdrawn: new Set<string>() };
}

/** Functions of the AI RMF: how many subcategories each of their categories has. */
const AI_RMF = {
  GOVERN: [7, 3, 2, 3, 2, 2],
  MAP: [6, 3, 5, 2, 2],
  MEASURE: [3, 13, 3, 3],
  MANAGE: [4, 4, 2, 3],
};

const aiRmf = (): readonly string[] =>
  Object.entries(AI_RMF).flatMap(([name, categories]) => [
    name,
    ...categories.flatMap((count, at) => [`${name} ${at + 1}`, ...upTo(count, (sub) => `${name} ${at + 1}.${sub}`)]),
  ]);

const EU_LAW = "EU law text, reusable under Decision 2011/833/EU";
const ISO = "ISO copyright: ids only, no titles";

export const FRAMEWORK_PACKS: readonly FrameworkPack[] = [
  {
    id: "owasp-asi",
    version: "2026",
    title: "OWASP Top 10 for Agentic Applications",
    licence: "CC BY-SA 4.0, OWASP Foundation",
    source: "github.com/OWASP/www-project-top-10-for-large-language-model-applications at 0205957",
    ...table(`ASI01 Agent Goal Hijack
ASI02 Tool Misuse & Exploitation
ASI03 Identity & Privilege Abuse
ASI04 Agentic Supply Chain Vulnerabilities
ASI05 Unexpected Code Execution (RCE)
ASI06 Memory & Context Poisoning
ASI07 Insecure Inter-Agent Communication
ASI08 Cascading Failures
ASI09 Human-Agent Trust Exploitation
ASI10 Rogue Agents`),
  },
  {
    id: "owasp-llm",
    version: "2025",
    title: "OWASP Top 10 for LLM Applications",
    licence: "CC BY-SA 4.0, OWASP Foundation",
    source: "github.com/OWASP/www-project-top-10-for-large-language-model-applications, 2_0_vulns",
    ...table(`LLM01 Prompt Injection
LLM02 Sensitive Information Disclosure
LLM03 Supply Chain
LLM04 Data and Model Poisoning
LLM05 Improper Output Handling
LLM06 Excessive Agency
LLM07 System Prompt Leakage
LLM08 Vector and Embedding Weaknesses
LLM09 Misinformation
LLM10 Unbounded Consumption`),
  },
  {
    id: "mitre-atlas",
    version: "5.6.0",
    title: "MITRE ATLAS",
    licence: "Apache-2.0, (c) MITRE",
    source: "github.com/mitre-atlas/atlas-data, dist/ATLAS.yaml",
    ...table(MITRE_ATLAS),
  },
  {
    id: "nist-800-53",
    version: "r5, release 5.2.0",
    title: "NIST SP 800-53",
    licence: "US public domain",
    source: "github.com/usnistgov/oscal-content, SP800-53 rev5 catalogue",
    ...table(NIST_800_53),
  },
  {
    id: "nist-ai-rmf",
    version: "1.0",
    title: "NIST AI Risk Management Framework (AI 100-1)",
    licence: "US public domain",
    source: "doi.org/10.6028/NIST.AI.100-1",
    ids: new Map(aiRmf().map((id) => [id, ""])),
    withdrawn: new Set(),
  },
  {
    id: "eu-ai-act",
    version: "2024/1689",
    title: "Regulation (EU) 2024/1689, AI Act",
    licence: EU_LAW,
    source: "EUR-Lex CELEX:32024R1689",
    prefix: "EU-AIA",
    deeper: "brackets",
    ...articles(
      113,
      {
        4: "AI literacy",
        5: "Prohibited AI practices",
        9: "Risk management system",
        10: "Data and data governance",
        11: "Technical documentation",
        12: "Record-keeping",
        13: "Transparency and provision of information to deployers",
        14: "Human oversight",
        15: "Accuracy, robustness and cybersecurity",
        17: "Quality management system",
        18: "Documentation keeping",
        19: "Automatically generated logs",
        20: "Corrective actions and duty of information",
        26: "Obligations of deployers of high-risk AI systems",
        27: "Fundamental rights impact assessment",
        50: "Transparency obligations",
        72: "Post-market monitoring",
        73: "Reporting of serious incidents",
      },
      ROMAN,
    ),
  },
  {
    id: "dora",
    version: "2022/2554",
    title: "Regulation (EU) 2022/2554, DORA",
    licence: EU_LAW,
    source: "EUR-Lex CELEX:32022R2554",
    prefix: "DORA",
    deeper: "brackets",
    ...articles(64, {
      5: "Governance and organisation",
      6: "ICT risk management framework",
      8: "Identification",
      9: "Protection and prevention",
      10: "Detection",
      11: "Response and recovery",
      12: "Backup, restoration and recovery",
      13: "Learning and evolving",
      17: "ICT-related incident management process",
      18: "Classification of ICT-related incidents",
      19: "Reporting of major ICT-related incidents",
      24: "Digital operational resilience testing",
      28: "ICT third-party risk: general principles",
      30: "Key contractual provisions",
    }),
  },
  {
    id: "hipaa",
    version: "45 CFR 164 Subpart C",
    title: "HIPAA Security Rule",
    licence: "US public domain (eCFR)",
    source: "ecfr.gov, title 45 part 164",
    prefix: "HIPAA",
    deeper: "brackets",
    ...bare(`164.308 164.308(a)(1) 164.308(a)(2) 164.308(a)(3) 164.308(a)(4) 164.308(a)(5) 164.308(a)(6) 164.308(a)(7)
      164.308(a)(8) 164.308(b)(1) 164.310 164.310(a) 164.310(b) 164.310(c) 164.310(d) 164.312 164.312(a) 164.312(b)
      164.312(c) 164.312(d) 164.312(e)(1) 164.314 164.314(a) 164.314(b) 164.316 164.316(a) 164.316(b)`),
  },
  {
    id: "soc2",
    version: "TSC 2017, points of focus 2022",
    title: "SOC 2 Trust Services Criteria",
    licence: "AICPA copyright: ids only, no titles",
    source: "aicpa-cima.com, Trust Services Criteria",
    prefix: "SOC2",
    ...bare(`CC1.1 CC1.2 CC1.3 CC1.4 CC1.5 CC2.1 CC2.2 CC2.3 CC3.1 CC3.2 CC3.3 CC3.4 CC4.1 CC4.2 CC5.1 CC5.2 CC5.3 CC6.1
      CC6.2 CC6.3 CC6.4 CC6.5 CC6.6 CC6.7 CC6.8 CC7.1 CC7.2 CC7.3 CC7.4 CC7.5 CC8.1 CC9.1 CC9.2 A1.1 A1.2 A1.3 C1.1
      C1.2 PI1.1 PI1.2 PI1.3 PI1.4 PI1.5 P1.1 P2.1 P3.1 P3.2 P4.1 P4.2 P4.3 P5.1 P5.2 P6.1 P6.2 P6.3 P6.4 P6.5 P6.6
      P6.7 P7.1 P8.1`),
  },
  {
    id: "iso-27001",
    version: "2022, Annex A",
    title: "ISO/IEC 27001",
    licence: ISO,
    source: "iso.org/standard/27001",
    prefix: "ISO27001",
    ...bare([37, 8, 14, 34].flatMap((count, at) => upTo(count, (control) => `A.${at + 5}.${control}`)).join(" ")),
  },
  {
    id: "iso-42001",
    version: "2023, Annex A",
    title: "ISO/IEC 42001",
    licence: ISO,
    source: "iso.org/standard/42001",
    prefix: "ISO42001",
    ...bare(`A.2.2 A.2.3 A.2.4 A.3.2 A.3.3 A.4.2 A.4.3 A.4.4 A.4.5 A.4.6 A.5.2 A.5.3 A.5.4 A.5.5 A.6.1.2 A.6.1.3 A.6.2.2
      A.6.2.3 A.6.2.4 A.6.2.5 A.6.2.6 A.6.2.7 A.6.2.8 A.7.2 A.7.3 A.7.4 A.7.5 A.7.6 A.8.2 A.8.3 A.8.4 A.8.5 A.9.2 A.9.3
      A.9.4 A.10.2 A.10.3 A.10.4`),
  },
  {
    id: "pci-dss",
    version: "4.0",
    title: "PCI DSS",
    licence: "PCI SSC copyright: ids only, no titles",
    source: "pcisecuritystandards.org",
    prefix: "PCI",
    deeper: "dots",
    ...bare("1 2 3 4 5 6 7 8 9 10 11 12"),
  },
];
