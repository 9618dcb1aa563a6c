/** The version that `thc --version` prints; a test compares it with the package's. */
export const VERSION = "0.1.0";
