import { testLaws } from "./laws-of.ts";

testLaws("kernel", 1);
