import { testLaws } from "./laws-of.ts";

// The laws are fair: what the semantics itself says keeps them. Its mutants are tried as often as the kernel's (`npm run mutants`).
testLaws("reference", 1 / 3);
