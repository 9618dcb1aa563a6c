// How the kernel is compiled: by the build, and by test/mutants when it plants a mutant in it.

/** Flags that were measured (docs/architecture.md): no runtime, no allocation, no imports. */
export const KERNEL_FLAGS = [
  "--runtime",
  "stub",
  "--enable",
  "simd",
  "-O3",
  "--noAssert",
  "--use",
  "abort=",
  "--memoryBase",
  "1024",
  "--initialMemory",
  "4",
];
