/** Frameworks that rules map to: packs of ids, tag checking, coverage maps. Pure. */

export {
  type CoverageMap,
  type CoverageRow,
  type CoverageState,
  coverageMap,
  type MappedRule,
} from "./coverage.ts";
export { FRAMEWORK_PACKS, type FrameworkPack } from "./packs.ts";
export { COVERAGE_FORMATS, type CoverageFormat, renderCoverage } from "./render.ts";
export { checkTag, type TagCheck } from "./tag.ts";
