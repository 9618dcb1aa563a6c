import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source"] } },
  // every core: left to itself vitest leaves one free, which is half of a small machine
  test: { include: ["test/**/*.test.ts"], testTimeout: 120_000, maxWorkers: "100%" },
});
